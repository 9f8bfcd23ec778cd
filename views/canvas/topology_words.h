// topology_words: what a topology says in words and in motion, apart from how it is drawn.
//
// Model     Pure functions of a scene. A component is over its threshold when it is degraded, down,
//           or holds nine tenths of what it may hold. Dots follow Little's law: what is in flight,
//           divided by the rate, is how long a request stays; the pace turns that into seconds of
//           the viewer's time.
#pragma once

#include <QString>

#include "engine/lab/scene.h"
#include "views/shell/widgets.h"

namespace ringside::views {

struct TopologySummary {
  QString text;  // "2 components over threshold".
  QString pill;  // "Degraded".
  Tone tone = Tone::Neutral;
  QString icon;
  bool operator==(const TopologySummary&) const = default;
};

bool isOverThreshold(const lab::TopologyNode& node);
TopologySummary summaryOf(const lab::TopologyScene& scene);
// One line with all that is known: for tool tips and for those who cannot see the card.
QString describe(const lab::TopologyNode& node);
QString describe(const lab::TopologyScene& scene);

QString depthText(const lab::TopologyNode& node);  // "queue 17 / 100".
QString iconFor(const lab::TopologyNode& node);

// Where the bar's limit tick stands; a component at its limit fills the bar up to it.
inline constexpr double kLimitTick = 0.82;
// Filled part of the bar; negative when there is nothing to show.
double barPart(const lab::TopologyNode& node);

// Dots on a wire of `length` pixels: one a request while they can be told apart.
int dotCount(double inFlight, double length);
// Pixels per second of the viewer's time; `pace` is virtual seconds per wall second.
double dotSpeed(const lab::TopologyEdge& edge, double length, double pace);

}  // namespace ringside::views
