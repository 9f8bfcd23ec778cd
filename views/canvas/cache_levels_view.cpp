#include "views/canvas/cache_levels_view.h"

#include <QPainter>

#include <algorithm>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

using metrics::Unit;

constexpr double kMargin = 8, kLevel = 74, kFall = 20, kFooter = 22;

}  // namespace

CacheLevelsView::CacheLevelsView(const Theme& theme, QWidget* parent)
    : SceneWidget(theme, tr("Cache levels"), parent) {}

void CacheLevelsView::setScene(const lab::CacheScene& scene) {
  scene_ = scene;
  sceneChanged();
}

QRectF CacheLevelsView::itemRect(int item) const {
  return {kMargin, kMargin + item * (kLevel + kFall), width() - 2 * kMargin, kLevel};
}

QString CacheLevelsView::itemName(int item) const {
  return QString::fromStdString(scene_.levels[static_cast<std::size_t>(item)].name);
}

QString CacheLevelsView::itemText(int item) const {
  const lab::CacheLevel& level = scene_.levels[static_cast<std::size_t>(item)];
  QString text = tr("%1, %2, hit ratio %3, %4 hits, %5 misses, %6 entries")
                     .arg(itemName(item), wordFor(level.health),
                          figure(level.hitRatio, Unit::Ratio), figure(level.hits, Unit::Count),
                          figure(level.misses, Unit::Count), figure(level.entries, Unit::Count));
  if (level.capacity > 0) text += tr(" of %1").arg(figure(level.capacity, Unit::Count));
  return text;
}

QString CacheLevelsView::headline() const {
  QStringList parts;
  for (int i = 0; i < itemCount(); ++i) {
    const lab::CacheLevel& level = scene_.levels[static_cast<std::size_t>(i)];
    parts << itemName(i) + QChar(u' ') + shortFigure(level.hitRatio, Unit::Ratio);
  }
  return tr("%1 cache levels, hit ratios: %2.")
      .arg(itemCount())
      .arg(parts.join(QStringLiteral(", ")));
}

int CacheLevelsView::heightFor(int) const {
  const double levels = std::max(1, itemCount());
  return static_cast<int>(2 * kMargin + levels * kLevel + (levels - 1) * kFall + kFooter);
}

void CacheLevelsView::paintScene(QPainter& painter) {
  for (int i = 0; i < itemCount(); ++i) {
    paintLevel(painter, i);
    if (i + 1 < itemCount()) paintFall(painter, i);
  }
  const QRectF last = itemRect(itemCount() - 1);
  painter.setFont(theme().text(12));
  painter.setPen(theme().tokens().text2);
  paintText(painter, {last.left() + 4, last.bottom() + 2, last.width() - 8, kFooter},
            tr("%1 loads joined one already under way (single flight)")
                .arg(figure(scene_.singleFlightShared, Unit::Count)));
}

void CacheLevelsView::paintLevel(QPainter& painter, int item) const {
  const Tokens& t = theme().tokens();
  const lab::CacheLevel& level = scene_.levels[static_cast<std::size_t>(item)];
  const QRectF box = itemRect(item);
  painter.setPen(item == picked() ? t.accent : t.border);
  painter.setBrush(t.raised);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  if (item == picked() && hasFocus()) paintFocus(painter, box.adjusted(1, 1, -1, -1), 6, t);

  const QRectF inner = box.adjusted(10, 6, -10, -6);
  paintHealth(painter, {inner.left(), inner.top() + 3, 10, 10}, level.health, t);
  painter.setFont(theme().text(12, QFont::DemiBold));
  painter.setPen(t.text);
  paintText(painter, {inner.left() + 16, inner.top(), inner.width() - 110, 16}, itemName(item));
  painter.setFont(theme().figures(15, QFont::DemiBold));
  paintText(painter, {inner.right() - 92, inner.top() - 1, 92, 18},
            figure(level.hitRatio, Unit::Ratio), Qt::AlignRight | Qt::AlignVCenter);

  paintBar(painter, {inner.left(), inner.top() + 22, inner.width(), 6}, level.hitRatio, t.data[2],
           t);
  QString fill = figure(level.entries, Unit::Count);
  if (level.capacity > 0) fill += QStringLiteral(" / ") + figure(level.capacity, Unit::Count);
  const QRectF row(inner.left(), inner.top() + 33, inner.width(), 14);
  painter.setFont(theme().figures(11));
  painter.setPen(t.text2);
  paintText(painter, row, tr("%1 entries").arg(fill));
  if (level.capacity > 0) {
    const double barLeft = row.left() + row.width() * 0.55;
    paintBar(painter, {barLeft, row.center().y() - 2, row.right() - barLeft, 4},
             level.entries / level.capacity, t.accent, t);
  }
  painter.setPen(t.text3);
  paintText(painter, row.translated(0, 15),
            tr("%1 hits   %2 misses   %3 evicted   %4 expired")
                .arg(shortFigure(level.hits, Unit::Count), shortFigure(level.misses, Unit::Count),
                     shortFigure(level.evictions, Unit::Count),
                     shortFigure(level.expirations, Unit::Count)));
}

void CacheLevelsView::paintFall(QPainter& painter, int item) const {
  const Tokens& t = theme().tokens();
  const QRectF box = itemRect(item);
  const double x = box.left() + 26;
  const QPointF top(x, box.bottom() + 1), end(x, box.bottom() + kFall - 2);
  painter.setPen(QPen(t.borderStrong, 1.4));
  painter.drawLine(top, end);
  const QPointF tip[] = {end, end + QPointF(-3.5, -5), end + QPointF(3.5, -5)};
  painter.setBrush(t.borderStrong);
  painter.setPen(Qt::NoPen);
  painter.drawPolygon(tip, 3);
  painter.setFont(theme().text(11));
  painter.setPen(t.text2);
  const lab::CacheLevel& level = scene_.levels[static_cast<std::size_t>(item)];
  paintText(painter, {x + 12, box.bottom(), box.width() - 60, kFall},
            tr("%1 misses go on").arg(figure(level.misses, Unit::Count)));
}

}  // namespace ringside::views
