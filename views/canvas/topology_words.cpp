#include "views/canvas/topology_words.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cmath>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"

namespace ringside::views {
namespace {

constexpr double kDotSpacing = 11;
constexpr double kSlowest = 10, kFastest = 240;  // Pixels per second that an eye can follow.

QString tr(const char* text, int n = -1) {
  return QCoreApplication::translate("Topology", text, nullptr, n);
}

QString counted(const char* one, const char* many, int n) { return tr(n == 1 ? one : many, n); }

}  // namespace

bool isOverThreshold(const lab::TopologyNode& node) {
  if (node.health == lab::Health::Degraded || node.health == lab::Health::Down) return true;
  return node.depthLimit > 0 && node.depth >= 0.9 * node.depthLimit;
}

TopologySummary summaryOf(const lab::TopologyScene& scene) {
  const auto over = static_cast<int>(std::ranges::count_if(scene.nodes, isOverThreshold));
  const bool down = std::ranges::any_of(
      scene.nodes, [](const auto& node) { return node.health == lab::Health::Down; });
  const bool idle =
      std::ranges::all_of(scene.nodes, [](const auto& node) { return !(node.ratePerSec > 0); });
  if (over > 0) {
    return {counted("%n component over threshold", "%n components over threshold", over),
            tr("Degraded"), down ? Tone::Error : Tone::Warn,
            down ? QStringLiteral("cross") : QStringLiteral("warning")};
  }
  const auto count = static_cast<int>(scene.nodes.size());
  const QString text = counted("%n component", "%n components", count);
  if (idle) return {text, tr("Idle"), Tone::Neutral, QStringLiteral("minus")};
  return {text, tr("Healthy"), Tone::Ok, QStringLiteral("check")};
}

QString describe(const lab::TopologyNode& node) {
  using metrics::Unit;
  QStringList parts{QString::fromStdString(node.label), wordFor(node.health)};
  const QString note = QString::fromStdString(node.note);
  if (!note.isEmpty() && note != parts.back()) parts << note;
  parts << figure(node.ratePerSec, Unit::PerSecond);
  if (node.latencyNanos > 0) parts << tr("latency ") + figure(node.latencyNanos, Unit::Nanoseconds);
  if (node.utilisation >= 0) parts << tr("utilisation ") + figure(node.utilisation, Unit::Ratio);
  if (const QString depth = depthText(node); !depth.isEmpty()) parts << depth;
  return parts.join(QStringLiteral(", "));
}

QString describe(const lab::TopologyScene& scene) {
  const TopologySummary summary = summaryOf(scene);
  QStringList sentences{summary.pill + QStringLiteral(": ") + summary.text + QChar(u'.')};
  for (const lab::TopologyNode& node : scene.nodes) {
    if (isOverThreshold(node)) sentences << describe(node) + QChar(u'.');
  }
  return sentences.join(QChar(u' '));
}

QString depthText(const lab::TopologyNode& node) {
  if (node.depthName.empty()) return {};
  const QString name = QString::fromStdString(node.depthName);
  const QString depth = figure(std::round(node.depth), metrics::Unit::Count);
  if (node.depthLimit <= 0) return name + QChar(u' ') + depth;
  return QStringLiteral("%1 %2 / %3")
      .arg(name, depth, figure(node.depthLimit, metrics::Unit::Count));
}

QString iconFor(const lab::TopologyNode& node) {
  const QString name = QString::fromStdString(node.kind);
  const bool known = !name.isEmpty() && QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name));
  return known ? name : QStringLiteral("service");
}

double barPart(const lab::TopologyNode& node) {
  if (node.depthLimit > 0) return node.depth / node.depthLimit * kLimitTick;
  return node.utilisation;
}

int dotCount(double inFlight, double length) {
  if (!(inFlight > 0.02) || length < kDotSpacing) return 0;
  const int most = std::max(1, static_cast<int>(length / kDotSpacing));
  constexpr double kTold = 12;  // Beyond it the number of dots grows by the logarithm.
  const double dots = inFlight <= kTold ? inFlight : kTold + 4 * std::log2(inFlight / kTold);
  return std::clamp(static_cast<int>(std::lround(dots)), 1, most);
}

double dotSpeed(const lab::TopologyEdge& edge, double length, double pace) {
  if (!(edge.inFlight > 0) || !(edge.ratePerSec > 0) || !(pace > 0)) return kSlowest;
  const double stay = edge.inFlight / edge.ratePerSec;
  return std::clamp(length * pace / stay, kSlowest, kFastest);
}

}  // namespace ringside::views
