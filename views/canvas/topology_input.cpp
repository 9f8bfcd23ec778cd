// The hands of TopologyView: mouse, wheel and keyboard.
#include <QGraphicsScene>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

#include "views/canvas/painting.h"
#include "views/canvas/topology_items.h"
#include "views/canvas/topology_view.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

QPointF directionOf(int key) {
  switch (key) {
    case Qt::Key_Left:
      return {-1, 0};
    case Qt::Key_Right:
      return {1, 0};
    case Qt::Key_Up:
      return {0, -1};
    case Qt::Key_Down:
      return {0, 1};
    default:
      return {};
  }
}

}  // namespace

void TopologyView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  place();
}

void TopologyView::wheelEvent(QWheelEvent* event) {
  if (!event->modifiers().testFlag(Qt::ControlModifier)) {
    event->ignore();
    return;
  }
  const QPointF under = mapToScene(event->position().toPoint());
  zoomBy(std::pow(1.0015, event->angleDelta().y()));
  const QPointF now = mapToScene(event->position().toPoint());
  const QPointF slip = mapFromScene(under) - mapFromScene(now);
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(slip.x()));
  verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(slip.y()));
  event->accept();
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
  const bool plain =
      (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
  if (plain && !directionOf(event->key()).isNull()) {
    moveCurrent(event->key());
  } else if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    if (current_ < static_cast<int>(nodes_.size())) choose(current_);
  } else if (plain && event->key() == Qt::Key_0) {
    fit();
  } else if (plain && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)) {
    zoomBy(1.25);
  } else if (plain && event->key() == Qt::Key_Minus) {
    zoomBy(0.8);
  } else {
    event->ignore();
  }
}

bool TopologyView::moveCurrent(int key) {
  if (nodes_.empty()) return false;
  const QPointF direction = directionOf(key);
  const QPointF from = geometry_.cards[static_cast<std::size_t>(current_)].center();
  double best = std::numeric_limits<double>::max();
  int to = -1;
  for (int i = 0; i < static_cast<int>(nodes_.size()); ++i) {
    const QPointF way = geometry_.cards[static_cast<std::size_t>(i)].center() - from;
    const double ahead = QPointF::dotProduct(way, direction);
    if (ahead < 1) continue;
    const double aside = std::abs(way.x() * direction.y()) + std::abs(way.y() * direction.x());
    const double cost = ahead + 2 * aside;
    if (cost < best) best = cost, to = i;
  }
  if (to < 0) return false;
  setCurrent(to);
  return true;
}

bool TopologyView::focusNextPrevChild(bool next) {
  const int to = current_ + (next ? 1 : -1);
  if (!hasFocus() || to < 0 || to >= static_cast<int>(nodes_.size())) {
    return QGraphicsView::focusNextPrevChild(next);
  }
  setCurrent(to);
  return true;
}

NodeItem* TopologyView::nodeAt(const QPoint& position) const {
  const QPointF point = mapToScene(position);
  const auto under = [&](const NodeItem* node) { return node->card().contains(point); };
  const auto found = std::ranges::find_if(nodes_, under);
  return found == nodes_.end() ? nullptr : *found;
}

QString TopologyView::nodeIdAt(const QPoint& position) const {
  const NodeItem* node = nodeAt(position);
  if (node == nullptr) return {};
  return QString::fromStdString(topology_.nodes[static_cast<std::size_t>(node->index())].id);
}

void TopologyView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    event->ignore();
    return;
  }
  if (const NodeItem* node = nodeAt(event->pos())) {
    setCurrent(node->index());
    choose(node->index());
    return;
  }
  panning_ = true;
  panFrom_ = pressedAt_ = event->pos();
}

void TopologyView::mouseMoveEvent(QMouseEvent* event) {
  if (!panning_) {
    viewport()->setCursor(nodeAt(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    return;
  }
  const QPoint moved = event->pos() - panFrom_;
  panFrom_ = event->pos();
  viewport()->setCursor(Qt::ClosedHandCursor);
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
  verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
}

void TopologyView::mouseReleaseEvent(QMouseEvent* event) {
  const bool click = (event->pos() - pressedAt_).manhattanLength() < 4;
  if (panning_ && click) choose(-1);
  panning_ = false;
  viewport()->setCursor(nodeAt(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TopologyView::focusInEvent(QFocusEvent* event) {
  QGraphicsView::focusInEvent(event);
  // Tabbing in from the front starts at the first component, from the back at the last.
  if (event->reason() == Qt::TabFocusReason) current_ = 0;
  if (event->reason() == Qt::BacktabFocusReason) {
    current_ = std::max(0, static_cast<int>(nodes_.size()) - 1);
  }
  mark();
  describeAgain();
}

void TopologyView::focusOutEvent(QFocusEvent* event) {
  QGraphicsView::focusOutEvent(event);
  mark();
}

bool TopologyView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const NodeItem* node = nodeAt(help->pos());
    QToolTip::showText(help->globalPos(), node ? describe(node->node()) : QString(), this);
    return true;
  }
  return QGraphicsView::viewportEvent(event);
}

void TopologyView::scrollContentsBy(int dx, int dy) {
  QGraphicsView::scrollContentsBy(dx, dy);
  viewport()->update();
}

void TopologyView::drawForeground(QPainter* painter, const QRectF&) {
  if (!nodes_.empty()) return;
  painter->resetTransform();
  painter->setFont(theme_.text(13));
  painter->setPen(theme_.tokens().text2);
  paintText(*painter, QRectF(viewport()->rect()).adjusted(16, 0, -16, 0),
            tr("Nothing to draw yet: load an experiment."), Qt::AlignCenter);
}

}  // namespace ringside::views
