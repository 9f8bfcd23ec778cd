// Progress: how far a long piece of work is, and the wish that it stop; shared between threads.
//
// Threads   Every member may be used from any thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace ringside::run {

struct Progress {
  std::atomic<bool> stop{false};      // Set by whoever watches: the work ends soon, unfinished.
  std::atomic<std::int64_t> done{0};  // In parts, of which a run has kPartsPerRun.
  std::atomic<std::int64_t> all{0};

  static constexpr std::int64_t kPartsPerRun = 1000;

  [[nodiscard]] double part() const {
    const auto whole = static_cast<double>(std::max<std::int64_t>(all.load(), 1));
    return std::clamp(static_cast<double>(done.load()) / whole, 0.0, 1.0);
  }
};

}  // namespace ringside::run
