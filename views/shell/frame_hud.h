// FrameHud: how long the GUI thread is busy each time it wakes, for whoever cares how smooth it is.
//
// Model     Busy is the processor time of the GUI thread between two sleeps of a millisecond or
//           more. Shown: median, 99th percentile and largest of the last five seconds.
// Cost      Two clock readings a turn of the event loop; nothing at all while hidden.
//
// Rejected  The time from awake() to aboutToBlock(): GLib's dispatcher, which the X platform has,
//           does its work outside of that, and shows 0.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <vector>

namespace ringside::views {

class Theme;

class FrameHud : public QWidget {
  Q_OBJECT

 public:
  FrameHud(const Theme& theme, QWidget* window);
  void toggle();
  [[nodiscard]] QString text() const { return text_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Busy {
    qint64 at;  // Nanoseconds since the start.
    qint64 nanos;
  };

  void turned();
  void refresh();

  const Theme& theme_;
  QElapsedTimer clock_;
  qint64 turnAt_ = 0;   // The last turn of the event loop, by the clock
  qint64 turnCpu_ = 0;  // and in processor time.
  qint64 working_ = 0;  // Processor time since the last sleep.
  std::vector<Busy> busy_;
  QTimer refresh_;
  QString text_;
};

}  // namespace ringside::views
