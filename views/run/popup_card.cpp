#include "views/run/popup_card.h"

#include <QPainter>
#include <QScreen>

#include <algorithm>

#include "views/shell/theme.h"

namespace ringside::views {

PopupCard::PopupCard(const Theme& theme, int width, QWidget* parent)
    : QFrame(parent, Qt::Popup), theme_(theme) {
  setAttribute(Qt::WA_TranslucentBackground);
  setFixedWidth(width);
}

void PopupCard::showAbove(QWidget* anchor) {
  adjustSize();
  QPoint place = anchor->mapToGlobal(QPoint(0, -height() - 8));
  const QRect area = anchor->screen()->availableGeometry();
  place.setX(std::max(area.left(), std::min(place.x(), area.right() - width())));
  place.setY(std::max(area.top(), place.y()));
  move(place);
  show();
}

void PopupCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.tokens().borderStrong);
  painter.setBrush(theme_.tokens().raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

}  // namespace ringside::views
