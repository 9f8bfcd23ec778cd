#include "engine/export/sqlite_run.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <string_view>

#include "engine/export/metric_parts.h"

namespace ringside::exports {
namespace {

std::int64_t nanos(Instant at) { return at.time_since_epoch().count(); }

// A statement used again and again: row(values...) runs it once.
class Insert {
 public:
  Insert(SQLite::Database& database, const std::string& sql) : statement_(database, sql) {}

  template <class... Values>
  void row(const Values&... values) {
    int at = 0;
    (bind(++at, values), ...);
    statement_.exec();
    statement_.reset();
  }

 private:
  void bind(int at, std::optional<double> value) {
    if (value && !std::isnan(*value)) {
      statement_.bind(at, *value);
    } else {
      statement_.bind(at);
    }
  }
  void bind(int at, double value) { bind(at, std::optional(value)); }
  void bind(int at, std::int64_t value) { statement_.bind(at, value); }
  void bind(int at, int value) { statement_.bind(at, value); }
  // SQLite has no unsigned numbers; only ids and counts come here, and none is so large.
  void bind(int at, std::uint64_t value) { statement_.bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, const std::string& value) { statement_.bind(at, value); }
  void bind(int at, std::string_view value) { statement_.bind(at, std::string(value)); }
  void bind(int at, const char* value) { statement_.bind(at, std::string(value)); }

  SQLite::Statement statement_;
};

class Inserter {
 public:
  Inserter(SQLite::Database& database, const RunRecord& record)
      : db_(database), record_(record), frame_(record.frame) {}

  std::int64_t insert() {
    Insert(db_, "INSERT INTO run(runName, simtimeExp) VALUES (?, -9)").row(runId(record_));
    id_ = db_.getLastInsertRowid();
    attributes();
    parameters();
    Insert scalar(db_,
                  "INSERT INTO scalar(runId, moduleName, scalarName, scalarValue)"
                  " VALUES (?, ?, ?, ?)");
    Insert attr(db_, "INSERT INTO scalarAttr(scalarId, attrName, attrValue) VALUES (?, ?, ?)");
    for (const metrics::MetricValue& metric : record_.metrics) {
      if (metric.kind == metrics::MetricKind::Distribution) {
        statistic(metric);
      } else {
        level(scalar, attr, metric);
      }
    }
    for (const lab::Chart& chart : frame_.charts) {
      for (const lab::Series& line : chart.series) {
        vector(chart, line, ":min", &lab::SeriesPoint::low);
        vector(chart, line, ":max", &lab::SeriesPoint::high);
      }
    }
    happenings();
    judgements();
    traces();
    return id_;
  }

 private:
  void attributes() {
    Insert attr(db_, "INSERT INTO runAttr(runId, attrName, attrValue) VALUES (?, ?, ?)");
    attr.row(id_, "configname", record_.plan.preset);
    attr.row(id_, "experiment", record_.info.id);
    attr.row(id_, "network", record_.info.id);
    attr.row(id_, "seedset", fmt::format("{}", record_.plan.seed));
    attr.row(id_, "fingerprint", fingerprintText(frame_.fingerprint));
    attr.row(id_, "simtime", fmt::format("{}", nanos(frame_.now)));
    attr.row(id_, "events", fmt::format("{}", frame_.events));
    attr.row(id_, "engine_version", engineVersion());
    Insert config(db_,
                  "INSERT INTO runConfig(runId, configKey, configValue, configOrder)"
                  " VALUES (?, ?, ?, ?)");
    int order = 0;
    for (const lab::ParameterValue& knob : record_.plan.knobs) {
      config.row(id_, knob.key, fmt::format("{}", knob.value), order++);
    }
  }

  void parameters() {
    Insert itervar(db_,
                   "INSERT INTO runItervar(runId, itervarName, itervarValue) VALUES (?, ?, ?)");
    Insert parameter(db_,
                     "INSERT INTO parameter(runId, moduleName, paramName, paramValue)"
                     " VALUES (?, ?, ?, ?)");
    for (const lab::ParameterValue& knob : frame_.knobs) {
      const MetricParts parts = metricParts(knob.key);
      itervar.row(id_, knob.key, fmt::format("{}", knob.value));
      parameter.row(id_, parts.module, parts.name, fmt::format("{}", knob.value));
    }
  }

  static std::string nameOf(const metrics::MetricValue& metric, std::string_view suffix) {
    const std::size_t brace = metric.name.find('{');
    const std::string labels = brace == std::string::npos ? "" : metric.name.substr(brace);
    return metricParts(metric.name).name + labels + std::string(suffix);
  }

  void level(Insert& scalar, Insert& attr, const metrics::MetricValue& metric) {
    const std::string module = metricParts(metric.name).module;
    const auto add = [&](std::string_view suffix, std::optional<double> value) {
      if (!value) return;
      scalar.row(id_, module, nameOf(metric, suffix), value);
      const std::int64_t scalarId = db_.getLastInsertRowid();
      const std::string_view unit = metrics::symbol(metric.unit);
      if (!unit.empty()) attr.row(scalarId, "unit", unit);
      if (!metric.help.empty()) attr.row(scalarId, "title", metric.help);
    };
    const bool counter = metric.kind == metrics::MetricKind::Counter;
    add("", counter ? static_cast<double>(metric.count) : metric.value);
    if (counter) return;
    add(":mean", metric.mean);
    add(":min", metric.min);
    add(":max", metric.max);
  }

  void statistic(const metrics::MetricValue& metric) {
    const auto found = std::ranges::find(record_.histograms, metric.name, &HistogramValue::metric);
    const bool bins = found != record_.histograms.end();
    const auto count = static_cast<double>(metric.count);
    std::optional<double> sum, squares;
    if (metric.mean) sum = *metric.mean * count;
    if (metric.mean && metric.stddev) {
      squares = (*metric.stddev * *metric.stddev + *metric.mean * *metric.mean) * count;
    }
    Insert(db_,
           "INSERT INTO statistic(runId, moduleName, statName, isHistogram, isWeighted,"
           " statCount, statMean, statStddev, statSum, statSqrsum, statMin, statMax)"
           " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)")
        .row(id_, metricParts(metric.name).module, nameOf(metric, ""), bins ? 1 : 0, metric.count,
             metric.mean, metric.stddev, sum, squares, metric.min, metric.max);
    const std::int64_t statId = db_.getLastInsertRowid();
    Insert attr(db_, "INSERT INTO statisticAttr(statId, attrName, attrValue) VALUES (?, ?, ?)");
    const std::string_view unit = metrics::symbol(metric.unit);
    if (!unit.empty()) attr.row(statId, "unit", unit);
    if (!metric.help.empty()) attr.row(statId, "title", metric.help);
    if (!bins) return;
    Insert bin(db_, "INSERT INTO histogramBin(statId, lowerEdge, binValue) VALUES (?, ?, ?)");
    bin.row(statId, -std::numeric_limits<double>::infinity(), 0);
    std::int64_t next = found->bins.empty() ? 0 : found->bins.front().low;
    for (const auto& each : found->bins) {
      if (each.low > next) bin.row(statId, next, 0);
      bin.row(statId, each.low, each.count);
      next = each.high + 1;
    }
    bin.row(statId, next, 0);
  }

  void vector(const lab::Chart& chart, const lab::Series& line, std::string_view suffix,
              double lab::SeriesPoint::*end) {
    std::optional<double> least, most;
    double sum = 0, squares = 0;
    for (const lab::SeriesPoint& point : line.points) {
      const double value = point.*end;
      if (std::isnan(value)) continue;
      least = std::min(least.value_or(value), value);
      most = std::max(most.value_or(value), value);
      sum += value;
      squares += value * value;
    }
    const auto at = [](const lab::SeriesPoint& point) {
      return fromSeconds(point.seconds).count();
    };
    const bool any = !line.points.empty();
    Insert(db_,
           "INSERT INTO vector(runId, moduleName, vectorName, vectorCount, vectorMin,"
           " vectorMax, vectorSum, vectorSumSqr, startEventNum, endEventNum, startSimtimeRaw,"
           " endSimtimeRaw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)")
        .row(id_, chart.id, line.name + std::string(suffix),
             static_cast<std::uint64_t>(line.points.size()), least, most, sum, squares,
             any ? at(line.points.front()) : 0, any ? at(line.points.back()) : 0);
    const std::int64_t vectorId = db_.getLastInsertRowid();
    Insert attr(db_, "INSERT INTO vectorAttr(vectorId, attrName, attrValue) VALUES (?, ?, ?)");
    const std::string_view unit =
        metrics::symbol(line.unit == metrics::Unit::None ? chart.unit : line.unit);
    if (!unit.empty()) attr.row(vectorId, "unit", unit);
    attr.row(vectorId, "title", chart.title);
    attr.row(vectorId, "interpolationmode", "sample-hold");
    Insert data(db_,
                "INSERT INTO vectorData(vectorId, eventNumber, simtimeRaw, value)"
                " VALUES (?, 0, ?, ?)");
    for (const lab::SeriesPoint& point : line.points) data.row(vectorId, at(point), point.*end);
  }

  void happenings() {
    Insert event(db_,
                 "INSERT INTO event(runId, simtimeRaw, eventNumber, component, severity, text)"
                 " VALUES (?, ?, ?, ?, ?, ?)");
    for (const lab::EventLine& line : frame_.eventTail) {
      event.row(id_, nanos(line.at), line.number, line.component, severityText(line.severity),
                line.text);
    }
    Insert fault(db_,
                 "INSERT INTO fault(runId, faultId, name, text, fromSimtimeRaw, toSimtimeRaw)"
                 " VALUES (?, ?, ?, ?, ?, ?)");
    for (const lab::FaultWindow& window : frame_.faults) {
      fault.row(id_, window.id, window.name, window.text, nanos(window.from), nanos(window.to));
    }
  }

  void judgements() {
    Insert check(db_,
                 "INSERT INTO checkResult(runId, checkId, text, verdict, evidence)"
                 " VALUES (?, ?, ?, ?, ?)");
    for (const lab::CheckResult& each : record_.checks) {
      check.row(id_, each.id, each.text, verdictText(each.verdict), each.evidence);
    }
    Insert claim(db_,
                 "INSERT INTO claim(runId, scenario, claimId, text, metric, expected, measured,"
                 " measuredText, verdict, asContentSays) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const run::ClaimOutcome& each : record_.claims) {
      claim.row(id_, each.scenario, each.id, each.text, each.metric, each.expected, each.measured,
                each.measuredText, verdictText(each.verdict), each.asContentSays ? 1 : 0);
    }
  }

  void traces() {
    Insert trace(db_,
                 "INSERT INTO trace(runId, requestId, slowest, sampled, label, outcome,"
                 " startSimtimeRaw, endSimtimeRaw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    Insert step(db_,
                "INSERT INTO traceStep(traceId, stepOrder, name, component, startSimtimeRaw,"
                " waitRaw, serviceRaw) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const PickedTrace& picked : pickedTraces(frame_)) {
      const lab::Trace& each = *picked.trace;
      trace.row(id_, each.id, picked.slowest ? 1 : 0, picked.sampled ? 1 : 0, each.label,
                each.outcome, nanos(each.start), nanos(each.end));
      const std::int64_t traceId = db_.getLastInsertRowid();
      int order = 0;
      for (const lab::TraceStep& part : each.steps) {
        step.row(traceId, order++, part.name, part.component, nanos(part.start), part.wait.count(),
                 part.service.count());
      }
    }
  }

  SQLite::Database& db_;
  const RunRecord& record_;
  const lab::Frame& frame_;
  std::int64_t id_ = 0;
};

}  // namespace

std::int64_t insertRun(SQLite::Database& database, const RunRecord& record) {
  return Inserter(database, record).insert();
}

}  // namespace ringside::exports
