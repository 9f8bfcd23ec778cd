#include "engine/export/openmetrics.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/export/json.h"
#include "engine/export/metric_parts.h"

namespace ringside::exports {
namespace {

using Labels = std::vector<std::pair<std::string, std::string>>;

// How a unit of ours is written: the suffix of the name, whether it is a unit of the standard, and
// what a value is divided by.
struct BaseUnit {
  std::string_view suffix;
  bool standard = false;
  double scale = 1;
};

BaseUnit baseUnit(metrics::Unit unit) {
  switch (unit) {
    case metrics::Unit::Nanoseconds:
      return {"seconds", true, 1e9};
    case metrics::Unit::Bytes:
      return {"bytes", true, 1};
    case metrics::Unit::Ratio:
      return {"ratio", true, 1};
    case metrics::Unit::PerSecond:
      return {"per_second", false, 1};
    case metrics::Unit::BytesPerSecond:
      return {"bytes_per_second", false, 1};
    case metrics::Unit::BitsPerSecond:
      return {"bits_per_second", false, 1};
    case metrics::Unit::Amount:
      return {"minor_units", false, 1};
    case metrics::Unit::None:
    case metrics::Unit::Count:
      return {};
  }
  return {};
}

// Letters, digits and '_'; the first is a letter.
std::string nameOf(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    name += letter || digit ? c : '_';
  }
  if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name[0] == '_') name.insert(0, "x");
  return name;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : validUtf8(text)) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Inf" : "+Inf";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

// Names are cut and labels cleaned, so two may fall together; the later gets a number.
Labels cleaned(const Labels& labels) {
  Labels clean;
  std::set<std::string> taken = {"le", "quantile"};
  for (const auto& [key, value] : labels) {
    std::string name = nameOf(key);
    for (int next = 2; !taken.insert(name).second; ++next) {
      name = fmt::format("{}_{}", nameOf(key), next);
    }
    clean.emplace_back(std::move(name), value);
  }
  return clean;
}

struct Sample {
  std::string suffix;  // "_total", "_bucket".
  Labels labels;
  std::string value;
  std::string time;
};

struct Family {
  std::string name;
  std::string_view type;
  std::string_view unit;
  std::string help;
  std::vector<Sample> samples;
};

// Unix seconds with as many decimals as Prometheus keeps.
std::string timeText(std::int64_t epochSeconds, std::int64_t nanos) {
  const std::int64_t millis = epochSeconds * 1000 + nanos / 1'000'000;
  return fmt::format("{}.{:03}", millis / 1000, millis % 1000);
}

class Text {
 public:
  Text(const RunRecord& record, std::int64_t epochSeconds)
      : record_(record),
        epoch_(epochSeconds),
        end_(timeText(epochSeconds, record.frame.now.time_since_epoch().count())) {}

  std::string build() {
    info();
    for (const metrics::MetricValue& metric : record_.metrics) add(metric);
    for (const lab::Chart& chart : record_.frame.charts) {
      for (const lab::Series& line : chart.series) add(chart, line);
    }
    std::string text;
    for (const Family& family : families_) write(text, family);
    return text + "# EOF\n";
  }

 private:
  // The family of that name; where it is of another type, one with a further name.
  Family& family(const std::string& name, std::string_view type, metrics::Unit unit,
                 std::string_view help) {
    const BaseUnit base = baseUnit(unit);
    const auto full = [&](int next) {
      std::string all = "ringside_" + nameOf(name);
      if (next > 1) all += fmt::format("_{}", next);
      if (!base.suffix.empty() && !all.ends_with(base.suffix))
        all += fmt::format("_{}", base.suffix);
      return all;
    };
    for (int next = 1;; ++next) {
      const std::string wanted = full(next);
      const auto found = std::ranges::find(families_, wanted, &Family::name);
      if (found == families_.end()) {
        families_.push_back(
            {wanted, type, base.standard ? base.suffix : "", std::string(help), {}});
        return families_.back();
      }
      if (found->type == type) return *found;
    }
  }

  void info() {
    Family& run = family("run", "info", metrics::Unit::None, "The run that this file holds.");
    run.samples.push_back({"_info",
                           {{"run_id", runId(record_)},
                            {"lab", record_.info.id},
                            {"preset", record_.plan.preset},
                            {"seed", fmt::format("{}", record_.plan.seed)},
                            {"fingerprint", fingerprintText(record_.frame.fingerprint)},
                            {"engine_version", std::string(engineVersion())},
                            {"epoch_seconds", fmt::format("{}", epoch_)}},
                           "1",
                           end_});
    family("run.events", "counter", metrics::Unit::None, "Events of the run.")
        .samples.push_back({"_total", {}, fmt::format("{}", record_.frame.events), end_});
  }

  void add(const metrics::MetricValue& metric) {
    MetricParts parts = metricParts(metric.name);
    std::string name = fmt::format("{}_{}", parts.module, parts.name);
    if (name.ends_with("_total")) name.resize(name.size() - 6);
    const Labels labels = distinct(name, cleaned(parts.labels), metric.name);
    if (metric.kind == metrics::MetricKind::Counter) {
      family(name, "counter", metric.unit, metric.help)
          .samples.push_back({"_total", labels, counted(metric), end_});
    } else if (metric.kind == metrics::MetricKind::Gauge) {
      gauge(name, metric, labels, metric.value);
      gauge(name + "_mean", metric, labels, metric.mean);
      gauge(name + "_min", metric, labels, metric.min);
      gauge(name + "_max", metric, labels, metric.max);
    } else {
      distribution(name, metric, labels);
    }
  }

  static std::string counted(const metrics::MetricValue& metric) {
    const double scale = baseUnit(metric.unit).scale;
    if (scale == 1) return fmt::format("{}", metric.count);
    return number(static_cast<double>(metric.count) / scale);
  }

  void gauge(const std::string& name, const metrics::MetricValue& metric, const Labels& labels,
             std::optional<double> value) {
    if (!value) return;
    family(name, "gauge", metric.unit, metric.help)
        .samples.push_back({"", labels, number(*value / baseUnit(metric.unit).scale), end_});
  }

  void distribution(const std::string& name, const metrics::MetricValue& metric,
                    const Labels& labels) {
    const auto found = std::ranges::find(record_.histograms, metric.name, &HistogramValue::metric);
    const double scale = baseUnit(metric.unit).scale;
    const bool bins = found != record_.histograms.end();
    Family& to = family(name, bins ? "histogram" : "summary", metric.unit, metric.help);
    const auto add = [&](std::string suffix, const char* key, const std::string& at,
                         std::string value) {
      Labels all = labels;
      if (key != nullptr) all.emplace_back(key, at);
      to.samples.push_back({std::move(suffix), std::move(all), std::move(value), end_});
    };
    if (bins) {
      std::int64_t before = -1;
      for (const metrics::PercentileRow& row : percentileRows(*found)) {
        if (row.value == before) continue;
        before = row.value;
        add("_bucket", "le", canonical(static_cast<double>(row.value) / scale),
            fmt::format("{}", row.cumulative));
      }
      add("_bucket", "le", "+Inf", fmt::format("{}", found->count()));
    } else {
      for (const auto& [quantile, value] : {std::pair{"0.5", metric.p50},
                                            {"0.9", metric.p90},
                                            {"0.95", metric.p95},
                                            {"0.99", metric.p99},
                                            {"0.999", metric.p999}}) {
        if (value) add("", "quantile", quantile, number(*value / scale));
      }
    }
    const double count = static_cast<double>(bins ? found->count() : metric.count);
    add("_count", nullptr, "", fmt::format("{}", bins ? found->count() : metric.count));
    add("_sum", nullptr, "", number(std::max(0.0, metric.mean.value_or(0) / scale * count)));
  }

  // As Go prints a bucket's bound: the shortest digits, with a point or an exponent.
  static std::string canonical(double bound) {
    const bool scientific = bound != 0 && (bound < 1e-4 || bound >= 1e6);
    const auto format = scientific ? std::chars_format::scientific : std::chars_format::fixed;
    char digits[64];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), bound, format).ptr;
    std::string text(digits, end);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
  }

  // Different names may become one; then the labels tell which is which.
  Labels distinct(const std::string& name, Labels labels, std::string_view original) {
    std::string key = nameOf(name);
    for (const auto& [label, value] : labels) key += fmt::format(",{}={}", label, value);
    if (!seen_.insert(std::move(key)).second) labels.emplace_back("original", original);
    return labels;
  }

  void add(const lab::Chart& chart, const lab::Series& line) {
    const auto unit = line.unit == metrics::Unit::None ? chart.unit : line.unit;
    const double scale = baseUnit(unit).scale;
    const std::string name = "chart_" + chart.id;
    Labels labels = distinct(name, {{"line", line.name}}, chart.id);
    labels.emplace_back("stat", "");
    Family& to = family(name, "gauge", unit, chart.title);
    for (const auto& [stat, end] :
         {std::pair{"min", &lab::SeriesPoint::low}, std::pair{"max", &lab::SeriesPoint::high}}) {
      std::string before;
      for (const lab::SeriesPoint& point : line.points) {
        std::string time = timeText(epoch_, fromSeconds(point.seconds).count());
        if (time == before) continue;
        labels.back().second = stat;
        to.samples.push_back({"", labels, number(point.*end / scale), time});
        before = std::move(time);
      }
    }
  }

  static void write(std::string& text, const Family& family) {
    text += fmt::format("# TYPE {} {}\n", family.name, family.type);
    if (!family.unit.empty()) text += fmt::format("# UNIT {} {}\n", family.name, family.unit);
    if (!family.help.empty())
      text += fmt::format("# HELP {} {}\n", family.name, escaped(family.help));
    for (const Sample& sample : family.samples) {
      text += family.name + sample.suffix;
      const char* before = "{";
      for (const auto& [key, value] : sample.labels) {
        text += fmt::format("{}{}=\"{}\"", std::exchange(before, ","), key, escaped(value));
      }
      if (!sample.labels.empty()) text += '}';
      text += fmt::format(" {} {}\n", sample.value, sample.time);
    }
  }

  const RunRecord& record_;
  std::int64_t epoch_;
  std::string end_;
  std::vector<Family> families_;
  std::set<std::string> seen_ = {"run_events"};
};

}  // namespace

std::string openMetrics(const RunRecord& record) { return openMetricsAt(record, 0); }

std::string openMetricsAt(const RunRecord& record, std::int64_t epochSeconds) {
  return Text(record, epochSeconds).build();
}

}  // namespace ringside::exports
