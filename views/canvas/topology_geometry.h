// TopologyGeometry: where each component's card and each wire between them lies.
//
// Model     Layers from left to right, rows from top to bottom. A layer too tall for the pane is
//           split into neighbours; where cards would get narrow, small neighbouring layers are
//           folded into one. A card gives up what matters least until its layer fits: depth in
//           words, latency, rate, the bar. A wire past a layer runs through the nearest gap between
//           its cards, never behind one.
// Promise   Cards never overlap and lie inside `size`, which exceeds the size asked for only when
//           the cards would fall below kLeastWidth; no card is smaller than the least size.
// Threads   None; a value.
// Cost      O(nodes log nodes + edges * layers).
#pragma once

#include <QPainterPath>
#include <QRectF>
#include <QSizeF>

#include <functional>
#include <string>
#include <vector>

#include "engine/lab/scene.h"

namespace ringside::views {

// What a component has to show, apart from its name and rate.
struct CardNeeds {
  double nameWidth = 0;
  double widestName = 0;  // Of the layer: its cards have icons all or none.
  bool bar = false;
  bool depth = false;
};

// Pixels that a name takes on a card.
using NameWidth = std::function<double(const std::string&)>;
double estimatedNameWidth(const std::string& name);

CardNeeds needsOf(const lab::TopologyNode& node, const NameWidth& nameWidth = estimatedNameWidth);

// What a card of a size has room for; the first line of the name is always there.
struct CardDetail {
  bool icon = false;
  bool tight = false;  // Smaller letters, and no mark for what is well.
  bool secondNameRow = false;
  bool rate = false;
  bool latency = false;
  bool latencyBelow = false;  // On a row of its own rather than beside the rate.
  bool bar = false;           // Otherwise a line along the lower edge.
  bool barBeside = false;     // On the row of the rate.
  bool depth = false;
  double height = 0;  // That all of it takes.
};

CardDetail detailFor(QSizeF card, const CardNeeds& needs);

struct TopologyGeometry {
  static constexpr double kMargin = 12;
  static constexpr double kLeastWidth = 58;
  static constexpr double kLeastHeight = 20;

  QSizeF size;
  std::vector<QRectF> cards;        // One for each node.
  std::vector<CardNeeds> needs;     // Likewise.
  std::vector<QPainterPath> wires;  // One for each edge; empty when it names no node.
};

TopologyGeometry layOut(const lab::TopologyScene& scene, QSizeF available,
                        const NameWidth& nameWidth = estimatedNameWidth);

}  // namespace ringside::views
