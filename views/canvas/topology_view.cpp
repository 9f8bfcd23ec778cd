#include "views/canvas/topology_view.h"

#include <QGraphicsScene>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "views/canvas/painting.h"
#include "views/canvas/topology_items.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kMostZoom = 4, kLeastZoom = 0.5;
constexpr qint64 kDescribeEveryMs = 500;
constexpr double kLongestStep = 0.1;  // After a stall, dots go on from where they were.

// Cards and wires are the same ones, whatever they carry now.
bool sameShape(const lab::TopologyScene& a, const lab::TopologyScene& b) {
  const auto sameNode = [](const lab::TopologyNode& x, const lab::TopologyNode& y) {
    return x.id == y.id && x.label == y.label && x.column == y.column && x.row == y.row &&
           (x.depthLimit > 0) == (y.depthLimit > 0) && (x.utilisation < 0) == (y.utilisation < 0);
  };
  const auto sameEdge = [](const lab::TopologyEdge& x, const lab::TopologyEdge& y) {
    return x.from == y.from && x.to == y.to;
  };
  return std::ranges::equal(a.nodes, b.nodes, sameNode) &&
         std::ranges::equal(a.edges, b.edges, sameEdge);
}

}  // namespace

TopologyView::TopologyView(const Theme& theme, QWidget* parent)
    : QGraphicsView(parent), theme_(theme) {
  setScene(new QGraphicsScene(this));
  scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
  setViewportUpdateMode(FullViewportUpdate);
  setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Architecture"));
  connect(&theme_, &Theme::changed, this, &TopologyView::restyle);
  restyle();
  summary_ = summaryOf(topology_);
}

void TopologyView::setFrame(const lab::FramePtr& frame) {
  if (!frame) {
    setTopology({});
    return;
  }
  setTopology(frame->topology);
  const double seconds =
      sinceFrame_.isValid() ? static_cast<double>(sinceFrame_.nsecsElapsed()) * 1e-9 : 0;
  sinceFrame_.start();
  if (frame->state != lab::RunState::Running || !isVisible()) return;
  advanceMotion(std::min(seconds, kLongestStep), frame->virtualPerWallSecond);
}

void TopologyView::setTopology(const lab::TopologyScene& topology) {
  const bool same = sameShape(topology, topology_);
  const bool first = nodes_.size() != topology.nodes.size();
  topology_ = topology;
  if (same && !first) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) nodes_[i]->setNode(topology_.nodes[i]);
    for (std::size_t i = 0; i < edges_.size(); ++i) edges_[i]->setEdge(topology_.edges[i]);
  } else {
    rebuild();
  }
  TopologySummary summary = summaryOf(topology_);
  const bool news = summary != summary_;
  summary_ = std::move(summary);
  const bool due = !sinceDescribed_.isValid() || sinceDescribed_.elapsed() >= kDescribeEveryMs;
  if (!same || news || due) describeAgain();
  if (news) Q_EMIT summaryChanged();
  viewport()->update();
}

void TopologyView::advanceMotion(double seconds, double pace) {
  if (theme_.reducedMotion()) return;
  for (EdgeItem* edge : edges_) edge->advanceDots(seconds, pace);
  viewport()->update();
}

void TopologyView::rebuild() {
  const QString current = currentNode();
  scene()->clear();
  nodes_.clear();
  edges_.clear();
  for (const lab::TopologyEdge& edge : topology_.edges) {
    edges_.push_back(new EdgeItem(theme_));
    edges_.back()->setEdge(edge);
    scene()->addItem(edges_.back());
  }
  for (const lab::TopologyNode& node : topology_.nodes) {
    nodes_.push_back(new NodeItem(theme_, static_cast<int>(nodes_.size())));
    nodes_.back()->setNode(node);
    scene()->addItem(nodes_.back());
  }
  current_ = std::max(0, indexOf(current));
  if (indexOf(selectedId_) < 0) selectedId_.clear();
  place();
}

void TopologyView::place() {
  const QFontMetricsF letters(theme_.text(11, QFont::DemiBold));
  const auto nameWidth = [&letters](const std::string& name) {
    return letters.horizontalAdvance(QString::fromStdString(name));
  };
  geometry_ = layOut(topology_, QSizeF(viewport()->size()), nameWidth);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i]->setNeeds(geometry_.needs[i]);
    nodes_[i]->setCard(geometry_.cards[i]);
  }
  for (std::size_t i = 0; i < edges_.size(); ++i) edges_[i]->setWire(geometry_.wires[i]);
  setSceneRect(QRectF(QPointF(0, 0), geometry_.size));
  applyZoom();
  mark();
}

void TopologyView::applyZoom() {
  const QSizeF pane(viewport()->size());
  const double fits = std::min(
      {1.0, pane.width() / geometry_.size.width(), pane.height() / geometry_.size.height()});
  const double scale = std::max(0.05, fits) * zoom_;
  setTransform(QTransform::fromScale(scale, scale));
}

void TopologyView::fit() {
  zoom_ = 1;
  applyZoom();
}

void TopologyView::zoomBy(double factor) {
  zoom_ = std::clamp(zoom_ * factor, kLeastZoom, kMostZoom);
  if (std::abs(zoom_ - 1) < 0.04) zoom_ = 1;
  applyZoom();
}

void TopologyView::restyle() {
  setBackgroundBrush(theme_.tokens().panel);
  viewport()->update();
}

void TopologyView::describeAgain() {
  QString text = describe(topology_);
  const auto index = static_cast<std::size_t>(current_);
  if (hasFocus() && index < topology_.nodes.size()) {
    text += QChar(u' ') + tr("Current: %1.").arg(describe(topology_.nodes[index]));
  }
  sinceDescribed_.start();
  if (text != accessibleDescription()) setAccessibleDescription(text);
}

void TopologyView::mark() {
  const int chosen = indexOf(selectedId_);
  for (NodeItem* node : nodes_) {
    const bool current = node->index() == current_;
    const auto mark = !current     ? NodeItem::Mark::None
                      : hasFocus() ? NodeItem::Mark::Focused
                                   : NodeItem::Mark::Current;
    node->setMarks(mark, node->index() == chosen);
  }
  for (EdgeItem* edge : edges_) {
    edge->setEmphasized(chosen >= 0 && (edge->edge().from == chosen || edge->edge().to == chosen));
  }
  viewport()->update();
}

void TopologyView::select(const QString& nodeId) {
  const int index = indexOf(nodeId);
  selectedId_ = index < 0 ? QString() : nodeId;
  if (index >= 0) current_ = index;
  mark();
  describeAgain();
}

QString TopologyView::selectedNode() const { return selectedId_; }

QString TopologyView::currentNode() const {
  const auto index = static_cast<std::size_t>(current_);
  return index < nodes_.size() ? QString::fromStdString(nodes_[index]->node().id) : QString();
}

int TopologyView::indexOf(const QString& nodeId) const {
  const std::string id = nodeId.toStdString();
  const auto found = std::ranges::find(topology_.nodes, id, &lab::TopologyNode::id);
  return found == topology_.nodes.end() || id.empty()
             ? -1
             : static_cast<int>(found - topology_.nodes.begin());
}

void TopologyView::choose(int index) {
  const auto& nodes = topology_.nodes;
  const QString id =
      index < 0 ? QString() : QString::fromStdString(nodes[static_cast<std::size_t>(index)].id);
  if (id == selectedId_) return;
  select(id);
  Q_EMIT selected(id);
}

void TopologyView::setCurrent(int index) {
  current_ = index;
  mark();
  describeAgain();
  if (zoom_ > 1) ensureVisible(nodes_[static_cast<std::size_t>(index)], 20, 20);
}

}  // namespace ringside::views
