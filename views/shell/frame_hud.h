// FrameHud: how long the GUI thread is busy each time it wakes, for whoever cares how smooth it is.
//
// Model     Busy is the time from the event loop's waking to its sleeping again. Shown: median,
//           99th percentile and largest of the last five seconds.
// Cost      Two clock readings a wake; nothing at all while hidden.
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

  void woke();
  void sleeps();
  void refresh();

  const Theme& theme_;
  QElapsedTimer clock_;
  qint64 wokeAt_ = -1;
  std::vector<Busy> busy_;
  QTimer refresh_;
  QString text_;
};

}  // namespace ringside::views
