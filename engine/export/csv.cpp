#include "engine/export/csv.h"

#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace ringside::exports {
namespace {

constexpr std::string_view kRunColumns = "run_id,seed,lab,engine_version";

// Builds a table cell by cell; every row begins with the columns of the run.
class Table {
 public:
  Table(const RunRecord& record, std::string_view columns)
      : text_(fmt::format("{},{}\n", kRunColumns, columns)),
        run_(fmt::format("{},{},{},{}", runId(record), record.plan.seed, record.info.id,
                         engineVersion())) {}

  Table& row() {
    if (open_) text_ += '\n';
    text_ += run_;
    open_ = true;
    return *this;
  }

  Table& words(std::string_view cell) {
    constexpr std::string_view kFormula = "=+-@\t\r";
    std::string safe(cell);
    if (!safe.empty() && kFormula.find(safe[0]) != std::string_view::npos) safe.insert(0, "'");
    text_ += ',' + quoted(safe);
    return *this;
  }

  Table& number(std::optional<double> value) {
    text_ += ',';
    if (value && std::isfinite(*value)) fmt::format_to(std::back_inserter(text_), "{}", *value);
    return *this;
  }

  template <class Integer>
  Table& whole(Integer value) {
    fmt::format_to(std::back_inserter(text_), ",{}", value);
    return *this;
  }

  Table& skip(int cells) {
    text_.append(static_cast<std::size_t>(cells), ',');
    return *this;
  }

  // The header continues: only before the first row.
  void column(std::string_view name) {
    text_.pop_back();
    text_ += ',' + quoted(name) + '\n';
  }

  std::string take() {
    if (open_) text_ += '\n';
    return std::move(text_);
  }

 private:
  static std::string quoted(std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(cell);
    std::string out = "\"";
    for (const char c : cell) {
      if (c == '"') out += '"';
      out += c;
    }
    return out + '"';
  }

  std::string text_;
  std::string run_;
  bool open_ = false;
};

std::int64_t nanos(Instant at) { return at.time_since_epoch().count(); }
std::int64_t nanos(double seconds) { return fromSeconds(seconds).count(); }

metrics::Unit unitOf(const lab::Chart& chart, const lab::Series& series) {
  return series.unit == metrics::Unit::None ? chart.unit : series.unit;
}

}  // namespace

std::string seriesCsv(const RunRecord& record) {
  Table table(record, "t_ns,series,labels,value");
  for (const lab::Chart& chart : record.frame.charts) {
    for (const lab::Series& line : chart.series) {
      const std::string unit(metrics::symbol(unitOf(chart, line)));
      const std::string least = fmt::format("line={};stat=min;unit={}", line.name, unit);
      const std::string most = fmt::format("line={};stat=max;unit={}", line.name, unit);
      for (const lab::SeriesPoint& point : line.points) {
        const std::int64_t at = nanos(point.seconds);
        table.row().whole(at).words(chart.id).words(least).number(point.low);
        table.row().whole(at).words(chart.id).words(most).number(point.high);
      }
    }
  }
  return table.take();
}

std::string seriesWideCsv(const RunRecord& record) {
  using Cells = std::vector<std::optional<double>>;
  Table table(record, "t_ns");
  std::size_t columns = 0;
  for (const lab::Chart& chart : record.frame.charts) columns += 2 * chart.series.size();
  std::map<std::int64_t, Cells> rows;
  std::size_t column = 0;
  for (const lab::Chart& chart : record.frame.charts) {
    for (const lab::Series& line : chart.series) {
      table.column(fmt::format("{}/{} min", chart.id, line.name));
      table.column(fmt::format("{}/{} max", chart.id, line.name));
      for (const lab::SeriesPoint& point : line.points) {
        Cells& cells = rows.try_emplace(nanos(point.seconds), columns).first->second;
        cells[column] = point.low;
        cells[column + 1] = point.high;
      }
      column += 2;
    }
  }
  for (const auto& [at, cells] : rows) {
    table.row().whole(at);
    for (const auto& cell : cells) table.number(cell);
  }
  return table.take();
}

std::string percentilesCsv(const RunRecord& record) {
  Table table(record, "chart,unit,percentile,value,count");
  for (const lab::Chart& chart : record.frame.charts) {
    for (const lab::PercentilePoint& point : chart.distribution) {
      table.row().words(chart.id).words(metrics::symbol(chart.unit));
      table.number(point.percentile).number(point.value).whole(point.count);
    }
  }
  return table.take();
}

std::string metricsCsv(const RunRecord& record) {
  Table table(record, "name,kind,unit,count,rate,value,mean,stddev,min,max,p50,p90,p95,p99,p999");
  for (const metrics::MetricValue& metric : record.metrics) {
    table.row().words(metric.name).words(kindText(metric.kind));
    table.words(metrics::symbol(metric.unit)).whole(metric.count);
    for (const auto& value :
         {metric.rate, metric.value, metric.mean, metric.stddev, metric.min, metric.max, metric.p50,
          metric.p90, metric.p95, metric.p99, metric.p999}) {
      table.number(value);
    }
  }
  return table.take();
}

std::string eventsCsv(const RunRecord& record) {
  Table table(record, "t_ns,event,component,severity,text");
  for (const lab::EventLine& event : record.frame.eventTail) {
    table.row().whole(nanos(event.at)).whole(event.number).words(event.component);
    table.words(severityText(event.severity)).words(event.text);
  }
  return table.take();
}

std::string tracesCsv(const RunRecord& record) {
  Table table(record,
              "trace,picked,label,outcome,start_ns,end_ns,"
              "step,component,step_start_ns,wait_ns,service_ns");
  for (const PickedTrace& picked : pickedTraces(record.frame)) {
    const lab::Trace& trace = *picked.trace;
    const auto begin = [&] {
      const bool both = picked.slowest && picked.sampled;
      table.row().whole(trace.id).words(both ? "both" : picked.slowest ? "slowest" : "sampled");
      table.words(trace.label).words(trace.outcome);
      table.whole(nanos(trace.start)).whole(nanos(trace.end));
    };
    for (const lab::TraceStep& step : trace.steps) {
      begin();
      table.words(step.name).words(step.component).whole(nanos(step.start));
      table.whole(step.wait.count()).whole(step.service.count());
    }
    if (!trace.steps.empty()) continue;
    begin();
    table.skip(5);
  }
  return table.take();
}

}  // namespace ringside::exports
