#include "app/cli/long_work.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <future>
#include <string>

#include "engine/metrics/format_value.h"

namespace ringside::cli {
namespace {

using Clock = std::chrono::steady_clock;

// What a signal handler may touch.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void onInterrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

class Interruptible {
 public:
  Interruptible() {
    interrupted = false;
    std::signal(SIGINT, &onInterrupt);
    std::signal(SIGTERM, &onInterrupt);
  }
  ~Interruptible() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
};

std::string estimate(double part, double seconds) {
  if (part < 0.01 || seconds < 1) return "";
  const double left = seconds * (1 - part) / part;
  return fmt::format("about {} left", metrics::formatValue(left * 1e9, metrics::Unit::Nanoseconds));
}

}  // namespace

void watch(run::Progress& progress, Progress shown, const std::function<void()>& work) {
  const Interruptible guard;
  ProgressBar bar(shown);
  const auto start = Clock::now();
  auto working = std::async(std::launch::async, work);
  while (working.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    if (interrupted) progress.stop = true;
    if (!bar.due()) continue;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    bar.show(progress.part(), progress.stop ? "stopping" : estimate(progress.part(), seconds));
  }
  working.get();
}

}  // namespace ringside::cli
