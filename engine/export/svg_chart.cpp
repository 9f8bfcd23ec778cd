#include "engine/export/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <vector>

#include "engine/export/json.h"
#include "engine/export/svg_axis.h"
#include "engine/metrics/format_value.h"

namespace ringside::exports {
namespace {

constexpr double kWidth = 640, kHeight = 260;
constexpr double kLeft = 76, kRight = 12, kTop = 14, kBottom = 58;
constexpr std::array<const char*, 8> kColours = {"#005FD3", "#B67804", "#0F955D", "#A82F85",
                                                 "#6F4100", "#CE3D38", "#6860BD", "#558779"};
constexpr std::array<const char*, 4> kDashes = {"", "6 3", "2 3", "8 3 2 3"};

double across(double part) { return kLeft + part * (kWidth - kLeft - kRight); }
double up(double part) { return kHeight - kBottom - part * (kHeight - kTop - kBottom); }

// A line of the chart in its own numbers.
struct Point {
  double x = 0;
  double low = 0;
  double high = 0;
};
struct Line {
  std::string name;
  std::vector<Point> points;
};

bool isFinite(const Point& p) {
  return std::isfinite(p.x) && std::isfinite(p.low) && std::isfinite(p.high);
}

class Picture {
 public:
  Picture(const lab::Chart& chart, const lab::Frame& frame, SvgColours colours)
      : chart_(chart), frame_(frame), plain_(colours == SvgColours::Plain) {}

  std::string draw() {
    if (chart_.kind == lab::ChartKind::Percentiles) {
      gatherDistribution();
    } else {
      gatherLines();
    }
    measure();
    text_ = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}")"
        R"( role="img" font-family="sans-serif" font-size="11"><title>{}</title>)",
        kWidth, kHeight, kWidth, kHeight, xmlText(chart_.title));
    text_ += '\n';
    shadeFaults();
    drawAxes();
    for (std::size_t i = 0; i < lines_.size(); ++i) drawLine(i);
    drawLegend();
    if (!any_) label(kWidth / 2, kHeight / 2, "middle", "no data");
    return text_ + "</svg>\n";
  }

 private:
  std::string colour(const char* variable, const char* plain) const {
    return plain_ ? plain : fmt::format("var({},{})", variable, plain);
  }

  void gatherDistribution() {
    Line line{"", {}};
    for (const lab::PercentilePoint& point : chart_.distribution) {
      // 100 % lies at infinity; the maximum is drawn where the last count is seen.
      const double beyond = 1 - point.percentile;
      if (beyond <= 0) continue;
      line.points.push_back({-std::log10(beyond), point.value, point.value});
    }
    lines_.push_back(std::move(line));
  }

  void gatherLines() {
    for (const lab::Series& series : chart_.series) {
      Line line{series.name, {}};
      for (const auto& p : series.points) line.points.push_back({p.seconds, p.low, p.high});
      lines_.push_back(std::move(line));
    }
    if (chart_.kind != lab::ChartKind::Stacked || !sharesInstants()) return;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      for (std::size_t k = 0; k < lines_[i].points.size(); ++k) {
        lines_[i].points[k].low += lines_[i - 1].points[k].low;
        lines_[i].points[k].high += lines_[i - 1].points[k].high;
      }
    }
  }

  [[nodiscard]] bool sharesInstants() const {
    const auto same = [this](const Line& line) {
      return std::ranges::equal(line.points, lines_.front().points, {}, &Point::x, &Point::x);
    };
    return std::ranges::all_of(lines_, same);
  }

  [[nodiscard]] bool logarithmic() const {
    return chart_.kind == lab::ChartKind::LogLines || chart_.kind == lab::ChartKind::Percentiles;
  }

  void measure() {
    double least = std::numeric_limits<double>::infinity(), most = -least, right = 0;
    double above = least;  // The least above zero.
    for (const Line& line : lines_) {
      for (const Point& p : line.points) {
        if (!isFinite(p)) continue;
        any_ = true;
        least = std::min(least, p.low);
        most = std::max(most, p.high);
        right = std::max(right, p.x);
        for (const double value : {p.low, p.high}) {
          if (value > 0) above = std::min(above, value);
        }
      }
    }
    if (!any_) least = 0, most = 1;
    y_ = logarithmic() && std::isfinite(above) ? SvgAxis::decades(above, most, chart_.unit)
                                               : SvgAxis::linear(least, most, chart_.unit);
    if (chart_.kind == lab::ChartKind::Percentiles) {
      right_ = std::max(1.0, std::ceil(right));
    } else {
      right_ = std::max({right, toSeconds(frame_.now), 1e-9});
    }
  }

  void label(double x, double y, const char* anchor, std::string_view words) {
    text_ += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" fill="{}">{}</text>)", x,
                         y, anchor, colour("--ink", "#445163"), xmlText(words));
    text_ += '\n';
  }

  void rule(double x1, double y1, double x2, double y2) {
    text_ += fmt::format(R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}"/>)",
                         x1, y1, x2, y2, colour("--grid", "#D9DFE7"));
    text_ += '\n';
  }

  void shadeFaults() {
    if (chart_.kind == lab::ChartKind::Percentiles) return;
    for (const lab::FaultWindow& fault : frame_.faults) {
      const double from = toSeconds(fault.from) / right_;
      const double to = toSeconds(std::min(fault.to, frame_.now)) / right_;
      if (!(from >= 0 && from <= 1 && to >= from)) continue;
      text_ +=
          fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#CE3D38")"
                      R"( fill-opacity="0.12"><title>{}</title></rect>)",
                      across(from), kTop, across(std::min(to, 1.0)) - across(from),
                      kHeight - kTop - kBottom, xmlText(fault.text));
      text_ += '\n';
    }
  }

  void drawAxes() {
    for (const SvgTick& tick : y_.ticks()) {
      rule(across(0), up(tick.at), across(1), up(tick.at));
      label(kLeft - 6, up(tick.at) + 4, "end", tick.label);
    }
    if (chart_.kind == lab::ChartKind::Percentiles) {
      const int decades = static_cast<int>(right_);
      for (int nines = 0; nines <= decades; ++nines) {
        const double percentile = 100 * (1 - std::pow(10, -nines));
        label(across(nines / right_), kHeight - kBottom + 16, "middle",
              nines == 0 ? "0 %" : fmt::format("{} %", percentile));
      }
      return;
    }
    for (int i = 0; i <= 4; ++i) {
      label(across(i / 4.0), kHeight - kBottom + 16, i == 4 ? "end" : "middle",
            metrics::formatValue(right_ * i / 4 * 1e9, metrics::Unit::Nanoseconds));
    }
  }

  // Points between two gaps, as the path of the middle and the outline of the band.
  void drawLine(std::size_t index) {
    const Line& line = lines_[index];
    std::string path, there, back;
    bool open = false;
    const auto flush = [&] {
      if (!there.empty()) band(index, there + back);
      there.clear();
      back.clear();
      open = false;
    };
    for (const Point& p : line.points) {
      const double low = y_.at(p.low), high = y_.at(p.high);
      if (!isFinite(p) || std::isnan(low) || std::isnan(high)) {
        flush();
        continue;
      }
      const double x = across(p.x / right_);
      path += fmt::format("{}{:.1f} {:.1f}", open ? "L" : "M", x, up((low + high) / 2));
      there += fmt::format("{}{:.1f} {:.1f}", open ? "L" : "M", x, up(high));
      back.insert(0, fmt::format("L{:.1f} {:.1f}", x, up(low)));
      open = true;
    }
    flush();
    if (path.empty()) return;
    const char* dash = kDashes[index / kColours.size() % kDashes.size()];
    text_ += fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="1.6")", path,
                         kColours[index % kColours.size()]);
    if (*dash != '\0') text_ += fmt::format(R"( stroke-dasharray="{}")", dash);
    text_ += "/>\n";
  }

  void band(std::size_t index, const std::string& outline) {
    text_ += fmt::format(R"(<path d="{}Z" fill="{}" fill-opacity="0.18"/>)", outline,
                         kColours[index % kColours.size()]);
    text_ += '\n';
  }

  void drawLegend() {
    constexpr double kStep = 118;
    constexpr std::size_t kInRow = 4, kMost = 8;
    for (std::size_t i = 0; i < std::min(lines_.size(), kMost); ++i) {
      if (lines_[i].name.empty()) continue;
      const double x = kLeft + kStep * static_cast<double>(i % kInRow);
      const double y = kHeight - 22 + 14 * static_cast<double>(i / kInRow);
      text_ += fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="10" height="3" fill="{}"/>)", x,
                           y - 5, kColours[i]);
      const bool more = i + 1 == kMost && lines_.size() > kMost;
      label(x + 14, y, "start",
            more ? fmt::format("and {} more", lines_.size() - i) : shortened(lines_[i].name));
    }
  }

  static std::string shortened(const std::string& name) {
    constexpr std::size_t kLongest = 18;
    if (name.size() <= kLongest) return name;
    std::size_t end = kLongest - 1;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    return name.substr(0, end) + "…";
  }

  const lab::Chart& chart_;
  const lab::Frame& frame_;
  bool plain_;
  bool any_ = false;
  std::vector<Line> lines_;
  SvgAxis y_;
  double right_ = 1;
  std::string text_;
};

}  // namespace

std::string svgChart(const lab::Chart& chart, const lab::Frame& frame, SvgColours colours) {
  return Picture(chart, frame, colours).draw();
}

std::string xmlText(std::string_view text) {
  std::string out;
  for (const char c : validUtf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else if (byte < 0x20 && c != '\t' && c != '\n') {
      out += "\xEF\xBF\xBD";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace ringside::exports
