// Scenes and charts as rows of text.
#include <QCoreApplication>

#include <algorithm>

#include "views/canvas/log_partitions_view.h"
#include "views/canvas/painting.h"
#include "views/canvas/scene_table.h"
#include "views/canvas/state_machine_view.h"
#include "views/canvas/topology_words.h"
#include "views/charts/figures.h"

namespace ringside::views {
namespace {

using metrics::Unit;

QString tr(const char* text) { return QCoreApplication::translate("SceneTable", text); }

QString str(const std::string& text) { return QString::fromStdString(text); }

QString count(double value) { return figure(value, Unit::Count); }

QString count(std::int64_t value) { return figure(static_cast<double>(value), Unit::Count); }

QString withNote(lab::Health health, const std::string& note) {
  const QString word = wordFor(health);
  const QString more = str(note);
  return more.isEmpty() || more == word ? word : word + QStringLiteral(", ") + more;
}

TableData overTime(const lab::Chart& chart) {
  TableData table{.headers = {tr("time")}, .textColumns = 0, .rows = {}};
  const lab::Series* longest = nullptr;
  for (const lab::Series& series : chart.series) {
    table.headers << str(series.name);
    if (!longest || series.points.size() > longest->points.size()) longest = &series;
  }
  if (!longest) return table;
  for (std::size_t i = 0; i < longest->points.size(); ++i) {
    const double seconds = longest->points[i].seconds;
    QStringList row{timeFigure(seconds)};
    for (const lab::Series& series : chart.series) {
      // Series with columns of their own: the last one that began by then.
      const auto after =
          std::ranges::upper_bound(series.points, seconds, {}, &lab::SeriesPoint::seconds);
      row << (after == series.points.begin() ? QStringLiteral("\u2013")
                                             : figure((after - 1)->high, series.unit));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

TableData tableOf(const lab::TopologyScene& scene) {
  TableData table{.headers = {tr("component"), tr("state"), tr("rate"), tr("latency"),
                              tr("utilisation"), tr("waiting or in use"), tr("limit")},
                  .textColumns = 2,
                  .rows = {}};
  for (const lab::TopologyNode& node : scene.nodes) {
    const QString none = QStringLiteral("\u2013");
    table.rows.push_back(
        {str(node.label), withNote(node.health, node.note),
         figure(node.ratePerSec, Unit::PerSecond),
         node.latencyNanos > 0 ? figure(node.latencyNanos, Unit::Nanoseconds) : none,
         node.utilisation >= 0 ? figure(node.utilisation, Unit::Ratio) : none,
         node.depthName.empty() ? none : str(node.depthName) + QChar(u' ') + count(node.depth),
         node.depthLimit > 0 ? count(node.depthLimit) : none});
  }
  return table;
}

TableData tableOf(const lab::RingScene& scene) {
  TableData table{.headers = {tr("member"), tr("state"), tr("virtual nodes"), tr("share of ring"),
                              tr("share of traffic")},
                  .textColumns = 2,
                  .rows = {}};
  std::vector<std::int64_t> points(scene.members.size());
  for (const lab::RingPoint& point : scene.points) {
    const auto member = static_cast<std::size_t>(point.member);
    if (member < points.size()) ++points[member];
  }
  for (std::size_t i = 0; i < scene.members.size(); ++i) {
    const lab::RingMember& member = scene.members[i];
    table.rows.push_back({str(member.name), wordFor(member.health), count(points[i]),
                          figure(member.share, Unit::Ratio),
                          figure(member.loadShare, Unit::Ratio)});
  }
  return table;
}

TableData tableOf(const lab::StateMachineScene& scene, Instant now) {
  TableData table{
      .headers = {tr("machine"), tr("state"), tr("time left"), tr("since"), tr("facts")},
      .textColumns = 5,
      .rows = {}};
  for (const lab::StateMachine& machine : scene.machines) {
    QStringList facts;
    for (const auto& [name, value] : machine.facts) facts << str(name) + QChar(u' ') + str(value);
    const QString left = timeLeft(machine, now);
    table.rows.push_back(
        {str(machine.name), presentState(machine), left.isEmpty() ? QStringLiteral("\u2013") : left,
         timeFigure(toSeconds(machine.changedAt)), facts.join(QStringLiteral(", "))});
  }
  return table;
}

TableData tableOf(const lab::CacheScene& scene) {
  TableData table{
      .headers = {tr("level"), tr("state"), tr("hit ratio"), tr("entries"), tr("capacity"),
                  tr("hits"), tr("misses"), tr("evicted"), tr("expired")},
      .textColumns = 2,
      .rows = {}};
  for (const lab::CacheLevel& level : scene.levels) {
    table.rows.push_back({str(level.name), wordFor(level.health),
                          figure(level.hitRatio, Unit::Ratio), count(level.entries),
                          level.capacity > 0 ? count(level.capacity) : QStringLiteral("\u2013"),
                          count(level.hits), count(level.misses), count(level.evictions),
                          count(level.expirations)});
  }
  return table;
}

TableData tableOf(const lab::LogScene& scene) {
  TableData table{.headers = {tr("partition"), tr("state"), tr("earliest"), tr("written to"),
                              tr("read to"), tr("lag"), tr("buffered")},
                  .textColumns = 2,
                  .rows = {}};
  for (const lab::LogPartition& partition : scene.partitions) {
    table.rows.push_back({str(partition.name), wordFor(partition.health), count(partition.earliest),
                          count(partition.highWater), count(partition.consumed),
                          count(lagOf(partition)), count(partition.buffered)});
  }
  return table;
}

TableData tableOf(const lab::LedgerScene& scene) {
  TableData table{
      .headers = {tr("entry"), tr("must be"), tr("value")}, .textColumns = 2, .rows = {}};
  const auto amount = [](std::int64_t minor) {
    return figure(static_cast<double>(minor), Unit::Amount);
  };
  const QString zero = QStringLiteral("0");
  table.rows.push_back({tr("total of all balances"), zero, amount(scene.total)});
  for (const auto& tally : scene.tallies) {
    table.rows.push_back(
        {str(tally.name), tally.mustBeZero ? zero : QString(), count(tally.count)});
  }
  for (const lab::LedgerAccount& account : scene.accounts) {
    table.rows.push_back({tr("account ") + str(account.name), QString(), amount(account.balance)});
  }
  return table;
}

TableData tableOf(const lab::Scene& scene, Instant now) {
  struct Visitor {
    Instant now;
    TableData operator()(const lab::StateMachineScene& s) const { return tableOf(s, now); }
    TableData operator()(const lab::TopologyScene& s) const { return tableOf(s); }
    TableData operator()(const lab::RingScene& s) const { return tableOf(s); }
    TableData operator()(const lab::CacheScene& s) const { return tableOf(s); }
    TableData operator()(const lab::LogScene& s) const { return tableOf(s); }
    TableData operator()(const lab::LedgerScene& s) const { return tableOf(s); }
  };
  return std::visit(Visitor{now}, scene);
}

TableData tableOf(const lab::Chart& chart) {
  if (chart.kind != lab::ChartKind::Percentiles) return overTime(chart);
  TableData table{.headers = {tr("percentile"), tr("value"), tr("values at or below")},
                  .textColumns = 0,
                  .rows = {}};
  for (const lab::PercentilePoint& point : chart.distribution) {
    table.rows.push_back({QString::number(point.percentile * 100, 'g', 8),
                          figure(point.value, chart.unit),
                          count(static_cast<std::int64_t>(point.count))});
  }
  return table;
}

}  // namespace ringside::views
