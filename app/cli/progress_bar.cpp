#include "app/cli/progress_bar.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace ringside::cli {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr int kWidth = 30;

}  // namespace

ProgressBar::ProgressBar(Progress progress)
    : enabled_(progress == Progress::Shown && ::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (drawn_) fmt::print(stderr, "\r\033[K");
}

bool ProgressBar::due() {
  return enabled_ && std::chrono::steady_clock::now() - last_ >= kInterval;
}

void ProgressBar::show(double part, std::string_view note) {
  if (!enabled_) return;
  last_ = std::chrono::steady_clock::now();
  drawn_ = true;
  const double within = std::clamp(part, 0.0, 1.0);
  const auto filled = static_cast<int>(within * kWidth);
  fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {:3.0f} %  {}\033[K", "", filled, "", kWidth - filled,
             within * 100, note);
  std::fflush(stderr);
}

}  // namespace ringside::cli
