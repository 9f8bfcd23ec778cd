// CanvasPane: the architecture as the window shows it: the picture, and a table behind it (F2).
//
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include "engine/lab/frame.h"
#include "views/canvas/table_flip.h"
#include "views/canvas/topology_view.h"

namespace ringside::views {

class CanvasPane : public TableFlip {
  Q_OBJECT

 public:
  explicit CanvasPane(const Theme& theme, QWidget* parent = nullptr);

  void setFrame(const lab::FramePtr& frame);
  void select(const QString& nodeId);  // Silent.
  [[nodiscard]] TopologyView& view() const { return *view_; }

 Q_SIGNALS:
  void selected(const QString& nodeId);
  void summaryChanged();  // Text and pill for the card's header: view().summary().

 private:
  CanvasPane(const Theme& theme, TopologyView* view, QWidget* parent);

  TopologyView* view_;
};

}  // namespace ringside::views
