#include "views/charts/legend_bar.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <utility>

#include "views/canvas/painting.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kSwatch = 11, kGap = 4, kBetween = 10, kMore = 22;

}  // namespace

LegendBar::LegendBar(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

Qt::PenStyle LegendBar::styleOf(int series) {
  constexpr Qt::PenStyle kStyles[] = {Qt::SolidLine, Qt::SolidLine, Qt::SolidLine, Qt::SolidLine,
                                      Qt::DashLine,  Qt::DashLine,  Qt::DotLine,   Qt::DotLine};
  return kStyles[static_cast<std::size_t>(series) % std::size(kStyles)];
}

void LegendBar::setEntries(std::vector<LegendEntry> entries, int beyond) {
  if (entries == entries_ && beyond == beyond_) return;
  const bool others = entries.size() != entries_.size() || beyond != beyond_;
  entries_ = std::move(entries);
  beyond_ = beyond;
  if (others) lines_ = 1;
  settle();
  update();
}

void LegendBar::settle() {
  const int before = lines_;
  while (lines_ < kMostLines && placesIn(lines_).size() < entries_.size()) ++lines_;
  if (lines_ != before) updateGeometry();
}

void LegendBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (event->oldSize().width() == width()) return;
  lines_ = 1;
  settle();
  updateGeometry();
}

std::vector<LegendBar::Place> LegendBar::placesIn(int lines) const {
  const QFontMetrics names(theme_.text(11)), values(theme_.figures(11, QFont::DemiBold));
  std::vector<Place> places;
  Place at;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const LegendEntry& entry = entries_[i];
    at.name = names.horizontalAdvance(entry.name) + 1.0;
    at.value = entry.value.isEmpty() ? 0 : values.horizontalAdvance(entry.value) + 4.0;
    const double needed = kSwatch + kGap + at.name + at.value;
    const bool lastLine = at.line + 1 == lines;
    const bool last = i + 1 == entries_.size() && beyond_ == 0;
    const double room = width() - (lastLine && !last ? kMore : 0);
    if (at.x > 0 && at.x + needed > room) {
      if (lastLine) break;
      at.x = 0;
      ++at.line;
    }
    at.name = std::min(at.name, std::max(8.0, width() - at.x - kSwatch - kGap - at.value));
    places.push_back(at);
    at.x += needed + kBetween;
  }
  return places;
}

void LegendBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const std::vector<Place> places = placesIn(lines_);
  QRectF line(0, 0, width(), kLine);
  double end = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const LegendEntry& entry = entries_[i];
    const Place& place = places[i];
    line.moveTop(place.line * kLine);
    const double middle = line.center().y();
    painter.setPen(QPen(dataColour(t, entry.colour), 2.4, styleOf(entry.colour), Qt::FlatCap));
    painter.drawLine(QPointF(place.x, middle), QPointF(place.x + kSwatch, middle));
    const double left = place.x + kSwatch + kGap;
    painter.setFont(theme_.text(11));
    painter.setPen(t.text2);
    paintText(painter, {left, line.top(), place.name, line.height()}, entry.name);
    painter.setFont(theme_.figures(11, QFont::DemiBold));
    painter.setPen(t.text);
    paintText(painter, {left + place.name + 4, line.top(), place.value, line.height()},
              entry.value);
    end = left + place.name + place.value + kBetween;
  }
  const auto hidden = static_cast<int>(entries_.size() - places.size()) + beyond_;
  if (hidden == 0) return;
  painter.setFont(theme_.figures(11, QFont::DemiBold));
  painter.setPen(t.text3);
  paintText(painter, {end, line.top(), width() - end, line.height()},
            QStringLiteral("+%1").arg(hidden));
}

}  // namespace ringside::views
