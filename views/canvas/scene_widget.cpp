#include "views/canvas/scene_widget.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QToolTip>

#include <algorithm>

#include "views/canvas/painting.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr qint64 kDescribeEveryMs = 500;
constexpr int kMostSentences = 24;  // A description is read aloud; the table has the rest.

}  // namespace

SceneWidget::SceneWidget(const Theme& theme, const QString& name, QWidget* parent)
    : QWidget(parent), theme_(theme) {
  setAccessibleName(name);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SceneWidget::sceneChanged() {
  if (picked_ >= itemCount()) setPicked(-1);
  const int needed = heightFor(width());
  if (needed != minimumHeight()) setMinimumHeight(needed);
  const QString now = headline();
  const bool due = !sinceDescribed_.isValid() || sinceDescribed_.elapsed() >= kDescribeEveryMs;
  if (due || now != headline_) describeAgain();
  update();
}

void SceneWidget::describeAgain() {
  headline_ = headline();
  sinceDescribed_.start();
  QStringList sentences{headline_};
  if (picked_ >= 0) sentences << tr("Current: %1.").arg(itemText(picked_));
  for (int i = 0; i < std::min(itemCount(), kMostSentences); ++i) {
    if (i != picked_) sentences << itemText(i) + QChar(u'.');
  }
  const QString text = sentences.join(QChar(u' '));
  if (text != accessibleDescription()) setAccessibleDescription(text);
}

QString SceneWidget::emptyText() const { return tr("Nothing here yet: run the experiment."); }

void SceneWidget::pick(int item) { setPicked(item >= 0 && item < itemCount() ? item : -1); }

void SceneWidget::pickNamed(const QString& name) {
  for (int i = 0; i < itemCount(); ++i) {
    if (itemName(i).compare(name, Qt::CaseInsensitive) == 0) return setPicked(i);
  }
}

void SceneWidget::setPicked(int item) {
  if (item == picked_) return;
  picked_ = item;
  pickChanged();
  describeAgain();
  update();
}

int SceneWidget::itemAt(const QPointF& point) const {
  for (int i = 0; i < itemCount(); ++i) {
    if (itemRect(i).contains(point)) return i;
  }
  return -1;
}

void SceneWidget::paintPick(QPainter& painter, const QRectF& box) const {
  const Tokens& t = theme_.tokens();
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.accentSoft);
  painter.drawRoundedRect(box, 5, 5);
  if (hasFocus()) paintFocus(painter, box.adjusted(1, 1, -1, -1), 5, t);
}

void SceneWidget::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (itemCount() == 0) {
    painter.setFont(theme_.text(13));
    painter.setPen(theme_.tokens().text2);
    paintText(painter, QRectF(rect()).adjusted(16, 0, -16, 0), emptyText(), Qt::AlignCenter);
  } else {
    paintScene(painter);
  }
  if (hasFocus() && picked_ < 0) {
    paintFocus(painter, QRectF(rect()).adjusted(2, 2, -2, -2), 6, theme_.tokens());
  }
}

void SceneWidget::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int needed = heightFor(width());
  if (needed != minimumHeight()) setMinimumHeight(needed);
}

void SceneWidget::keyPressEvent(QKeyEvent* event) {
  const int last = itemCount() - 1;
  int to = picked_;
  switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
      to = std::min(picked_ + 1, last);
      break;
    case Qt::Key_Up:
    case Qt::Key_Left:
      to = picked_ < 0 ? last : std::max(picked_ - 1, 0);
      break;
    case Qt::Key_Home:
      to = std::min(0, last);
      break;
    case Qt::Key_End:
      to = last;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (picked_ >= 0) Q_EMIT pickedByHand(itemName(picked_));
      return;
    default:
      QWidget::keyPressEvent(event);
      return;
  }
  setPicked(to);
  if (to < 0) return;
  // The view is the widget of a scroll area: its viewport is the parent.
  if (auto* area =
          qobject_cast<QScrollArea*>(parentWidget() ? parentWidget()->parentWidget() : nullptr)) {
    const QPoint middle = itemRect(to).center().toPoint();
    area->ensureVisible(middle.x(), middle.y(), 0, static_cast<int>(itemRect(to).height()));
  }
}

void SceneWidget::mouseMoveEvent(QMouseEvent* event) {
  const int item = itemAt(event->position());
  if (item == hovered_) return;
  hovered_ = item;
  setCursor(item >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
  pickChanged();
  update();
}

void SceneWidget::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  setPicked(itemAt(event->position()));
  if (picked_ >= 0) Q_EMIT pickedByHand(itemName(picked_));
}

void SceneWidget::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (hovered_ < 0) return;
  hovered_ = -1;
  pickChanged();
  update();
}

void SceneWidget::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void SceneWidget::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

bool SceneWidget::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int item = itemAt(help->pos());
    QToolTip::showText(help->globalPos(), item >= 0 ? itemText(item) : QString(), this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace ringside::views
