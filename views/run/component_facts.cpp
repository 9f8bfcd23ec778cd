#include "views/run/component_facts.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

#include "views/run/run_text.h"

namespace ringside::views {
namespace {

QString tr(const char* words) { return QCoreApplication::translate("ComponentFacts", words); }

class Facts {
 public:
  void add(const QString& name, const QString& value) {
    rows_.push_back({{name, value}, name, {}});
  }
  void add(const QString& name, const std::optional<double>& value, metrics::Unit unit) {
    if (value) add(name, valueText(*value, unit));
  }
  std::vector<Row> take() { return std::move(rows_); }

 private:
  std::vector<Row> rows_;
};

void addNode(Facts& facts, const lab::TopologyNode& node) {
  facts.add(tr("Kind"), text(node.kind));
  facts.add(tr("Rate"), valueText(node.ratePerSec, metrics::Unit::PerSecond));
  if (node.latencyNanos > 0) {
    facts.add(tr("Mean latency"), valueText(node.latencyNanos, metrics::Unit::Nanoseconds));
  }
  if (node.utilisation >= 0) {
    facts.add(tr("Utilisation"), valueText(node.utilisation, metrics::Unit::Ratio));
  }
  if (node.depthName.empty()) return;
  const QString depth = valueText(node.depth, metrics::Unit::Count);
  QString name = text(node.depthName);
  name[0] = name[0].toUpper();
  facts.add(name, node.depthLimit > 0
                      ? tr("%1 of %2").arg(depth, valueText(node.depthLimit, metrics::Unit::Count))
                      : depth);
}

void addMetric(Facts& facts, const QString& name, const metrics::MetricValue& metric) {
  switch (metric.kind) {
    case metrics::MetricKind::Counter:
      facts.add(name, valueText(static_cast<double>(metric.count), metric.unit));
      facts.add(tr("%1 rate").arg(name), metric.rate, metrics::Unit::PerSecond);
      return;
    case metrics::MetricKind::Gauge:
      facts.add(name, metric.value, metric.unit);
      facts.add(tr("%1 max").arg(name), metric.max, metric.unit);
      return;
    case metrics::MetricKind::Distribution:
      facts.add(tr("%1 count").arg(name), countText(metric.count));
      facts.add(tr("%1 p50").arg(name), metric.p50, metric.unit);
      facts.add(tr("%1 p99").arg(name), metric.p99, metric.unit);
      facts.add(tr("%1 max").arg(name), metric.max, metric.unit);
      return;
  }
}

}  // namespace

const lab::TopologyNode* componentOf(const lab::Frame& frame, const QString& nodeId) {
  const std::string id = nodeId.toStdString();
  const auto& nodes = frame.topology.nodes;
  const auto found = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const lab::TopologyNode& node) { return node.id == id; });
  return found == nodes.end() ? nullptr : &*found;
}

bool isAbout(const std::string& metric, const std::string& nodeId) {
  if (nodeId.empty()) return false;
  const auto ends = [&](std::size_t at, std::string_view enders) {
    return at == metric.size() || enders.find(metric[at]) != std::string_view::npos;
  };
  if (metric.starts_with(nodeId) && ends(nodeId.size(), ".{")) return true;
  const std::size_t labels = metric.find('{');
  if (labels == std::string::npos) return false;
  // "shard-2" is also the shard whose label is 2.
  std::vector<std::string> wanted = {"=" + nodeId};
  const std::size_t dash = nodeId.rfind('-');
  if (dash != std::string::npos) {
    wanted.push_back(nodeId.substr(0, dash) + "=" + nodeId.substr(dash + 1));
  }
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& label) {
    const std::size_t at = metric.find(label, labels);
    return at != std::string::npos && ends(at + label.size(), ",}");
  });
}

std::vector<Row> componentFacts(const lab::Frame& frame, const lab::TopologyNode& node) {
  Facts facts;
  addNode(facts, node);
  for (const metrics::MetricValue& metric : frame.metrics) {
    if (!isAbout(metric.name, node.id)) continue;
    QString name = text(metric.name);
    if (name.startsWith(text(node.id) + u'.')) name.remove(0, qsizetype(node.id.size()) + 1);
    addMetric(facts, name, metric);
  }
  return facts.take();
}

}  // namespace ringside::views
