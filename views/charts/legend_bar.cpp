#include "views/charts/legend_bar.h"

#include <QPainter>

#include <algorithm>
#include <utility>

#include "views/canvas/painting.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr int kSwatch = 12, kGap = 5, kBetween = 12;

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
  entries_ = std::move(entries);
  beyond_ = beyond;
  update();
}

void LegendBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const QFont nameFont = theme_.text(11);
  const QFont valueFont = theme_.figures(11, QFont::DemiBold);
  const QFontMetrics names(nameFont), values(valueFont);
  const auto widthOf = [&](const LegendEntry& entry) {
    const int value = entry.value.isEmpty() ? 0 : values.horizontalAdvance(entry.value) + 4;
    return kSwatch + kGap + names.horizontalAdvance(entry.name) + 1 + value;
  };
  double x = 0;
  std::size_t shown = 0;
  for (; shown < entries_.size(); ++shown) {
    const LegendEntry& entry = entries_[shown];
    const bool last = shown + 1 == entries_.size() && beyond_ == 0;
    if (shown > 0 && x + widthOf(entry) > width() - (last ? 0 : 26)) break;
    const double middle = height() / 2.0;
    painter.setPen(QPen(dataColour(t, entry.colour), 2.4, styleOf(entry.colour), Qt::FlatCap));
    painter.drawLine(QPointF(x, middle), QPointF(x + kSwatch, middle));
    painter.setFont(nameFont);
    painter.setPen(t.text2);
    const double nameLeft = x + kSwatch + kGap;
    const double value = entry.value.isEmpty() ? 0 : values.horizontalAdvance(entry.value) + 4.0;
    const double nameWidth =
        std::min<double>(names.horizontalAdvance(entry.name) + 1.0, width() - nameLeft - value);
    paintText(painter, {nameLeft, 0, nameWidth, height() * 1.0}, entry.name);
    painter.setFont(valueFont);
    painter.setPen(t.text);
    paintText(painter, {nameLeft + nameWidth + 4, 0, value, height() * 1.0}, entry.value);
    x += widthOf(entry) + kBetween;
  }
  const auto hidden = static_cast<int>(entries_.size() - shown) + beyond_;
  if (hidden == 0) return;
  painter.setFont(valueFont);
  painter.setPen(t.text3);
  paintText(painter, {x, 0, width() - x, height() * 1.0}, QStringLiteral("+%1").arg(hidden));
}

}  // namespace ringside::views
