#include "engine/export/omnet.h"

#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string_view>

#include "engine/export/metric_parts.h"

namespace ringside::exports {
namespace {

bool needsQuotes(std::string_view token) {
  if (token.empty() || token.front() == '#') return true;
  for (const char c : token) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '"' || c == '\\') return true;
  }
  return false;
}

std::string token(std::string_view text) {
  if (!needsQuotes(text)) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (c == '\r') {
      quoted += "\\r";
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned>(byte));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  return fmt::format("{}", value);
}

// Seconds with nine decimals: whole nanoseconds, never rounded.
std::string timeText(std::int64_t nanos) {
  return fmt::format("{}.{:09}", nanos / 1'000'000'000, nanos % 1'000'000'000);
}

class Writer {
 public:
  explicit Writer(const RunRecord& record) : record_(record) {
    text_ = fmt::format("version 3\nrun {}\n", token(runId(record)));
    const auto attribute = [this](std::string_view key, std::string_view value) {
      text_ += fmt::format("attr {} {}\n", key, token(value));
    };
    attribute("configname", record.plan.preset.empty() ? "none" : record.plan.preset);
    attribute("experiment", record.info.id);
    attribute("network", record.info.id);
    attribute("fingerprint", fingerprintText(record.frame.fingerprint));
    attribute("seedset", fmt::format("{}", record.plan.seed));
    attribute("simtime", timeText(record.frame.now.time_since_epoch().count()));
    attribute("events", fmt::format("{}", record.frame.events));
    attribute("engine_version", engineVersion());
    for (const lab::ParameterValue& knob : record.frame.knobs) {
      text_ += fmt::format("itervar {} {}\n", token(knob.key), token(number(knob.value)));
    }
  }

  std::string scalars() {
    for (const lab::ParameterValue& knob : record_.frame.knobs) {
      const MetricParts parts = metricParts(knob.key);
      text_ += fmt::format("par {} {} {}\n", token(parts.module), token(parts.name),
                           token(number(knob.value)));
    }
    for (const metrics::MetricValue& metric : record_.metrics) {
      if (metric.kind == metrics::MetricKind::Distribution) {
        statistic(metric);
      } else {
        levels(metric);
      }
    }
    return std::move(text_);
  }

  std::string vectors() {
    int id = 0;
    for (const lab::Chart& chart : record_.frame.charts) {
      for (const lab::Series& line : chart.series) {
        vector(id++, chart, line, ":min", &lab::SeriesPoint::low);
        vector(id++, chart, line, ":max", &lab::SeriesPoint::high);
      }
    }
    return std::move(text_);
  }

 private:
  void unit(metrics::Unit unit, std::string_view title) {
    const std::string_view symbol = metrics::symbol(unit);
    if (!symbol.empty()) text_ += fmt::format("attr unit {}\n", token(symbol));
    if (!title.empty()) text_ += fmt::format("attr title {}\n", token(title));
  }

  void scalar(const metrics::MetricValue& metric, std::string_view suffix,
              std::optional<double> value) {
    if (!value) return;
    text_ += fmt::format("scalar {} {} {}\n", module(metric), name(metric, suffix), number(*value));
    unit(metric.unit, metric.help);
  }

  void levels(const metrics::MetricValue& metric) {
    const bool counter = metric.kind == metrics::MetricKind::Counter;
    scalar(metric, "", counter ? static_cast<double>(metric.count) : metric.value);
    if (counter) return;
    scalar(metric, ":mean", metric.mean);
    scalar(metric, ":min", metric.min);
    scalar(metric, ":max", metric.max);
  }

  void statistic(const metrics::MetricValue& metric) {
    text_ += fmt::format("statistic {} {}\n", module(metric), name(metric, ""));
    const auto field = [this](std::string_view key, std::optional<double> value) {
      if (value) text_ += fmt::format("field {} {}\n", key, number(*value));
    };
    const auto count = static_cast<double>(metric.count);
    text_ += fmt::format("field count {}\n", metric.count);
    field("mean", metric.mean);
    field("stddev", metric.stddev);
    if (metric.mean) field("sum", *metric.mean * count);
    if (metric.mean && metric.stddev) {
      field("sqrsum", (*metric.stddev * *metric.stddev + *metric.mean * *metric.mean) * count);
    }
    field("min", metric.min);
    field("max", metric.max);
    unit(metric.unit, metric.help);
    for (const HistogramValue& histogram : record_.histograms) {
      if (histogram.metric == metric.name) bins(histogram);
    }
  }

  // Underflow first, overflow last, as OMNeT++ wants them; what lies between two bins has a bin of
  // none.
  void bins(const HistogramValue& histogram) {
    text_ += "bin -INF 0\n";
    std::int64_t next = histogram.bins.empty() ? 0 : histogram.bins.front().low;
    for (const auto& bin : histogram.bins) {
      if (bin.low > next) text_ += fmt::format("bin {} 0\n", next);
      text_ += fmt::format("bin {} {}\n", bin.low, bin.count);
      next = bin.high + 1;
    }
    text_ += fmt::format("bin {} 0\n", next);
  }

  void vector(int id, const lab::Chart& chart, const lab::Series& line, std::string_view suffix,
              double lab::SeriesPoint::*end) {
    text_ +=
        fmt::format("vector {} {} {} TV\n", id, token(chart.id), token(line.name + suffix.data()));
    unit(line.unit == metrics::Unit::None ? chart.unit : line.unit, chart.title);
    text_ += "attr interpolationmode sample-hold\n";
    for (const lab::SeriesPoint& point : line.points) {
      text_ += fmt::format("{}\t{}\t{}\n", id, timeText(fromSeconds(point.seconds).count()),
                           number(point.*end));
    }
  }

  static std::string module(const metrics::MetricValue& metric) {
    return token(metricParts(metric.name).module);
  }

  // The labels stay in the name, which must tell the metrics of a module apart.
  static std::string name(const metrics::MetricValue& metric, std::string_view suffix) {
    const MetricParts parts = metricParts(metric.name);
    const std::size_t brace = metric.name.find('{');
    const std::string labels = brace == std::string::npos ? "" : metric.name.substr(brace);
    return token(fmt::format("{}{}{}", parts.name, labels, suffix));
  }

  const RunRecord& record_;
  std::string text_;
};

}  // namespace

std::string omnetScalars(const RunRecord& record) { return Writer(record).scalars(); }
std::string omnetVectors(const RunRecord& record) { return Writer(record).vectors(); }

}  // namespace ringside::exports
