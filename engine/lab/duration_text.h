// DurationReading: a duration read from text, or the reason why it is none.
//
// Compare   fault.h has parseDuration(), whose error is a whole sentence; parameters build their
//           own sentence around the reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/time.h"

namespace ringside::lab {

struct DurationReading {
  std::optional<Duration> value;
  std::string reason;  // "has no unit"; empty when there is a value.
};

DurationReading readDuration(std::string_view text);

}  // namespace ringside::lab
