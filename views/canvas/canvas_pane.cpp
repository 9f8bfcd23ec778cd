#include "views/canvas/canvas_pane.h"

#include <algorithm>

namespace ringside::views {

CanvasPane::CanvasPane(const Theme& theme, QWidget* parent)
    : CanvasPane(theme, new TopologyView(theme), parent) {}

CanvasPane::CanvasPane(const Theme& theme, TopologyView* view, QWidget* parent)
    : TableFlip(
          theme, view, view, [view] { return tableOf(view->topology()); }, parent),
      view_(view) {
  connect(view_, &TopologyView::selected, this, &CanvasPane::selected);
  connect(view_, &TopologyView::summaryChanged, this, &CanvasPane::summaryChanged);
  connect(this, &TableFlip::rowActivated, this, [this](int row) {
    const QString id =
        QString::fromStdString(view_->topology().nodes[static_cast<std::size_t>(row)].id);
    view_->select(id);
    Q_EMIT selected(id);
  });
}

void CanvasPane::setFrame(const lab::FramePtr& frame) {
  view_->setFrame(frame);
  refresh();
}

void CanvasPane::select(const QString& nodeId) {
  view_->select(nodeId);
  const auto& nodes = view_->topology().nodes;
  const auto found = std::ranges::find(nodes, nodeId.toStdString(), &lab::TopologyNode::id);
  if (showsTable() && found != nodes.end()) {
    table()->selectRow(static_cast<int>(found - nodes.begin()));
  }
}

}  // namespace ringside::views
