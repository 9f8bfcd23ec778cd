// ProgressBar: one line on stderr that says how far a run is; nothing unless that is a terminal.
//
// Cost      Looks at the clock on each call and writes at most ten times a second.
#pragma once

#include <chrono>
#include <string_view>

namespace ringside::cli {

enum class Progress { Shown, Silent };

class ProgressBar {
 public:
  explicit ProgressBar(Progress progress);
  ~ProgressBar();  // Wipes the line.
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  [[nodiscard]] bool due();  // True where an update would be written now.
  void show(double part, std::string_view note);

 private:
  bool enabled_ = false;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace ringside::cli
