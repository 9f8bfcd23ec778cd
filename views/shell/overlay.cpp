#include "views/shell/overlay.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

#include "views/shell/theme.h"

namespace ringside::views {

Overlay::Overlay(const Theme& theme, QWidget* window, Place place)
    : QWidget(window), theme_(theme), place_(place), panel_(new QFrame(this)) {
  panel_->installEventFilter(this);
  window->installEventFilter(this);
  hide();
}

void Overlay::open() {
  before_ = QApplication::focusWidget();
  arrange();
  show();
  raise();
  setFocus();
  focusNextPrevChild(true);
}

void Overlay::close() {
  if (!isVisible()) return;
  hide();
  if (before_ && before_->isVisible()) before_->setFocus();
  Q_EMIT closed();
}

void Overlay::arrange() {
  const QSize area = parentWidget()->size();
  setGeometry(QRect(QPoint(), area));
  const QSize wanted = panel_->sizeHint().boundedTo(area - QSize(32, 64));
  const int left = (area.width() - wanted.width()) / 2;
  const int top = place_ == Place::Top ? 52 : (area.height() - wanted.height()) / 2;
  panel_->setGeometry(left, top, wanted.width(),
                      std::min(wanted.height(), area.height() - top - 8));
}

void Overlay::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QColor scrim = Qt::black;
  scrim.setAlpha(theme_.tokens().dark ? 110 : 70);
  painter.fillRect(rect(), scrim);
}

void Overlay::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close();
  } else {
    event->accept();  // Nothing typed here reaches what lies beneath.
  }
}

void Overlay::mousePressEvent(QMouseEvent* event) {
  if (!panel_->geometry().contains(event->pos())) close();
}

bool Overlay::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) arrange();
  if (watched == panel_ && event->type() == QEvent::Paint) {
    QPainter painter(panel_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme_.tokens().borderStrong);
    painter.setBrush(theme_.tokens().panel);
    painter.drawRoundedRect(QRectF(panel_->rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

bool Overlay::focusNextPrevChild(bool next) {
  QList<QWidget*> stops;
  for (QWidget* child : panel_->findChildren<QWidget*>()) {
    const bool takes = (child->focusPolicy() & Qt::TabFocus) != 0 && child->focusProxy() == nullptr;
    if (takes && child->isVisibleTo(this) && child->isEnabled()) stops << child;
  }
  if (stops.isEmpty()) return true;
  const auto at = stops.indexOf(QApplication::focusWidget());
  const auto step = next ? 1 : -1;
  const auto to = at < 0 ? 0 : (at + step + stops.size()) % stops.size();
  stops[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
  return true;
}

}  // namespace ringside::views
