// Lanes: spreads slices that may overlap over tracks on which they do not.
//
// Model     A slice goes to the first lane where it begins after all others ended. Slices are
//           offered in order of their start, so one pass finds the fewest lanes.
// Cost      O(lanes) a slice.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/time.h"

namespace ringside::exports {

class Lanes {
 public:
  // REQUIRES: starts do not go back from call to call, and end >= start.
  std::size_t place(Instant start, Instant end) {
    for (std::size_t lane = 0; lane < ends_.size(); ++lane) {
      if (ends_[lane] > start) continue;
      ends_[lane] = end;
      return lane;
    }
    ends_.push_back(end);
    return ends_.size() - 1;
  }

  [[nodiscard]] std::size_t count() const { return ends_.size(); }

 private:
  std::vector<Instant> ends_;
};

}  // namespace ringside::exports
