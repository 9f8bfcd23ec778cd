// Overlay: a panel laid over the window, closed by Esc or a click beside it.
//
// Model     A child of the window, not a window: it needs no window manager and photographs with
//           the rest. Tab stays within; closing gives the focus back to who had it.
// Threads   GUI thread.
#pragma once

#include <QFrame>
#include <QPointer>

namespace ringside::views {

class Theme;

class Overlay : public QWidget {
  Q_OBJECT

 public:
  enum class Place { Top, Centre };

  Overlay(const Theme& theme, QWidget* window, Place place);

  void open();
  void close();
  [[nodiscard]] bool isOpen() const { return isVisible(); }

 Q_SIGNALS:
  void closed();

 protected:
  // The panel; contents go into a layout on it. Its size hint decides how large it is.
  [[nodiscard]] QFrame* panel() const { return panel_; }
  void arrange();

  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  const Theme& theme_;
  Place place_;
  QFrame* panel_;
  QPointer<QWidget> before_;
};

}  // namespace ringside::views
