// NodeItem and EdgeItem: one component's card, and one wire with the requests on it.
//
// Model     Items hold a copy of their part of the scene and a rectangle or path of the geometry.
//           Text keeps its size as one zooms out and grows by the root of the zoom as one zooms in,
//           so that a larger card has room for more rather than for larger letters.
// Cost      A wire paints its own dots: an item for each dot costs ten times as much.
#pragma once

#include <QFontMetrics>
#include <QGraphicsItem>
#include <QPainterPath>
#include <QPointF>

#include <vector>

#include "engine/lab/scene.h"
#include "views/canvas/topology_geometry.h"

namespace ringside::views {

class Theme;

class NodeItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 1 };
  enum class Mark { None, Current, Focused };  // Under the keyboard; Focused: with the focus.

  NodeItem(const Theme& theme, int index);

  void setNode(const lab::TopologyNode& node);
  void setNeeds(const CardNeeds& needs) { needs_ = needs; }
  void setCard(const QRectF& card);
  void setMarks(Mark mark, bool selected);

  [[nodiscard]] int index() const { return index_; }
  [[nodiscard]] const lab::TopologyNode& node() const { return node_; }
  [[nodiscard]] const QRectF& card() const { return card_; }

  int type() const override { return Type; }
  QRectF boundingRect() const override { return card_.adjusted(-5, -5, 5, 5); }
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  void paintFrame(QPainter& painter, const QRectF& box) const;
  void paintName(QPainter& painter, QRectF& rest, const CardDetail& detail) const;
  void paintRate(QPainter& painter, QRectF& rest, const CardDetail& detail) const;
  void paintLatency(QPainter& painter, const QRectF& row, const CardDetail& detail) const;
  void paintQueue(QPainter& painter, const QRectF& track) const;
  [[nodiscard]] QString fittingDepth(const QFontMetrics& metrics, double width) const;

  const Theme& theme_;
  int index_;
  lab::TopologyNode node_;
  CardNeeds needs_;
  QString icon_;
  QRectF card_;
  Mark mark_ = Mark::None;
  bool selected_ = false;
};

class EdgeItem : public QGraphicsItem {
 public:
  explicit EdgeItem(const Theme& theme);

  void setEdge(const lab::TopologyEdge& edge);
  void setWire(const QPainterPath& wire);
  void setEmphasized(bool emphasized) { emphasized_ = emphasized; }
  // Moves the dots on by `seconds` of the viewer's time.
  void advanceDots(double seconds, double pace);

  [[nodiscard]] const lab::TopologyEdge& edge() const { return edge_; }
  [[nodiscard]] int dots() const { return dots_; }
  [[nodiscard]] double travelled() const { return travelled_; }

  QRectF boundingRect() const override { return bounds_; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  [[nodiscard]] QPointF at(double distance) const;
  [[nodiscard]] bool isError(int dot, int lap) const;
  void paintDots(QPainter& painter, double scale) const;

  const Theme& theme_;
  lab::TopologyEdge edge_;
  QPainterPath wire_;
  QRectF bounds_;
  std::vector<QPointF> steps_;  // Points along the wire, evenly spaced.
  double length_ = 0;
  int dots_ = 0;
  double travelled_ = 0;
  bool emphasized_ = false;
};

}  // namespace ringside::views
