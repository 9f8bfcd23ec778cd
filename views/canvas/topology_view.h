// TopologyView: the architecture as cards and wires, with what is in flight moving along them.
//
// Model     Draws a TopologyScene. Cards are laid out for the size of the pane, so 0 (fit) shows
//           all at full size or, where the pane is too small for the cards, a little smaller. Dots
//           move by the wall time between frames while the run runs, and stand still otherwise.
// Keys      Arrows go to the nearest component that way, Tab and Shift+Tab through all of them and
//           then on; Enter selects; 0 fits, + and - and Ctrl+wheel zoom; a drag pans.
// Threads   GUI thread.
// Cost      64 nodes and 2,000 dots about 4 ms a frame (bench_views).
// Compare   canvas_pane.h puts the same scene as a table behind it.
#pragma once

#include <QElapsedTimer>
#include <QGraphicsView>
#include <QPoint>

#include <vector>

#include "engine/lab/frame.h"
#include "views/canvas/topology_geometry.h"
#include "views/canvas/topology_words.h"

namespace ringside::views {

class EdgeItem;
class NodeItem;
class Theme;

class TopologyView : public QGraphicsView {
  Q_OBJECT

 public:
  explicit TopologyView(const Theme& theme, QWidget* parent = nullptr);

  void setFrame(const lab::FramePtr& frame);
  void setTopology(const lab::TopologyScene& topology);
  [[nodiscard]] const lab::TopologyScene& topology() const { return topology_; }

  // For the header of the card that holds the view.
  [[nodiscard]] const TopologySummary& summary() const { return summary_; }

  // Moves the dots on, as setFrame() does by the time since the last frame.
  void advanceMotion(double seconds, double pace);

  void select(const QString& nodeId);  // Unknown or empty: nothing is selected. Silent.
  [[nodiscard]] QString selectedNode() const;
  [[nodiscard]] QString currentNode() const;  // Under the keyboard.
  // The component at a place of the viewport; empty where there is none.
  [[nodiscard]] QString nodeIdAt(const QPoint& position) const;

  void fit();
  void zoomBy(double factor);
  [[nodiscard]] double zoom() const { return zoom_; }

  [[nodiscard]] const TopologyGeometry& geometryOfCards() const { return geometry_; }
  [[nodiscard]] const std::vector<EdgeItem*>& edges() const { return edges_; }
  QSize minimumSizeHint() const override { return {240, 140}; }

 Q_SIGNALS:
  void selected(const QString& nodeId);  // By mouse or keyboard; empty when deselected.
  void summaryChanged();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  bool viewportEvent(QEvent* event) override;
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  void rebuild();
  void place();
  void restyle();
  void applyZoom();
  void mark();
  void describeAgain();
  void setCurrent(int index);
  void choose(int index);
  bool moveCurrent(int key);
  [[nodiscard]] int indexOf(const QString& nodeId) const;
  [[nodiscard]] NodeItem* nodeAt(const QPoint& position) const;

  const Theme& theme_;
  lab::TopologyScene topology_;
  TopologyGeometry geometry_;
  TopologySummary summary_;
  std::vector<NodeItem*> nodes_;
  std::vector<EdgeItem*> edges_;
  QElapsedTimer sinceFrame_;
  QElapsedTimer sinceDescribed_;
  QString selectedId_;
  int current_ = 0;
  double zoom_ = 1;
  QPoint panFrom_;
  QPoint pressedAt_;
  bool panning_ = false;
};

}  // namespace ringside::views
