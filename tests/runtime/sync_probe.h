// Helpers of the runtime's tests: coroutines take what they use by parameter and log what they do.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/runtime/sleep.h"
#include "engine/runtime/virtual_runtime.h"

namespace ringside::probe {

using namespace std::chrono_literals;
using Log = std::vector<std::string>;

inline constexpr std::uint64_t kAll = UINT64_MAX;

// Writes to the log when it is destroyed.
struct Local {
  Log& log;
  std::string name;
  Local(Log& to, std::string as) : log(to), name(std::move(as)) {}
  Local(const Local&) = delete;
  ~Local() { log.push_back("~" + name); }
};

inline void runAll(VirtualRuntime& runtime) { runtime.advance(kNever, kAll); }

inline std::int64_t nanos(const Runtime& runtime) {
  return runtime.now().time_since_epoch().count();
}

// Returns `value` after `pause`; without a pause it ends at once.
inline Task<int> after(Runtime& runtime, Duration pause, int value) {
  if (pause > Duration::zero()) co_await sleepFor(runtime, pause);
  co_return value;
}

inline Task<void> note(Runtime& runtime, Log& log, Duration pause, std::string text) {
  const Local local(log, text);
  if (pause > Duration::zero()) co_await sleepFor(runtime, pause);
  log.push_back(text);
}

}  // namespace ringside::probe
