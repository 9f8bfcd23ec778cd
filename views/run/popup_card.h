// PopupCard: a small raised card that opens above a button and closes by Esc or a click elsewhere.
#pragma once

#include <QFrame>

namespace ringside::views {

class Theme;

class PopupCard : public QFrame {
  Q_OBJECT

 public:
  PopupCard(const Theme& theme, int width, QWidget* parent);

  // Above `anchor`, within its screen.
  void showAbove(QWidget* anchor);

 protected:
  void paintEvent(QPaintEvent* event) override;

  const Theme& theme_;
};

}  // namespace ringside::views
