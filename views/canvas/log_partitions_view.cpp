#include "views/canvas/log_partitions_view.h"

#include <QPainter>

#include <algorithm>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

using metrics::Unit;

constexpr double kMargin = 8, kHeading = 22, kRow = 22;

// The parts of a row, from left to right.
struct Cells {
  QRectF mark, name, bar, lag, buffered;
};

Cells cellsOf(const QRectF& row) {
  const double figures = std::clamp(row.width() * 0.17, 52.0, 84.0);
  const double name = std::clamp(row.width() * 0.26, 64.0, 150.0);
  Cells cells;
  cells.mark = QRectF(row.left() + 2, row.center().y() - 5, 10, 10);
  cells.name = QRectF(row.left() + 17, row.top(), name - 17, row.height());
  cells.buffered = QRectF(row.right() - figures, row.top(), figures - 2, row.height());
  cells.lag = cells.buffered.translated(-figures, 0);
  cells.bar = QRectF(QPointF(row.left() + name + 6, row.center().y() - 4),
                     QPointF(cells.lag.left() - 2, row.center().y() + 4));
  return cells;
}

double asDouble(std::int64_t value) { return static_cast<double>(value); }

}  // namespace

std::int64_t lagOf(const lab::LogPartition& partition) {
  return std::max<std::int64_t>(0, partition.highWater - partition.consumed);
}

LogPartitionsView::LogPartitionsView(const Theme& theme, QWidget* parent)
    : SceneWidget(theme, tr("Log partitions"), parent) {}

void LogPartitionsView::setScene(const lab::LogScene& scene) {
  scene_ = scene;
  highest_ = 0;
  for (const lab::LogPartition& partition : scene_.partitions) {
    highest_ = std::max(highest_, partition.highWater);
  }
  sceneChanged();
}

QRectF LogPartitionsView::itemRect(int item) const {
  return {kMargin, kMargin + kHeading + item * kRow, width() - 2 * kMargin, kRow};
}

QString LogPartitionsView::itemName(int item) const {
  return QString::fromStdString(scene_.partitions[static_cast<std::size_t>(item)].name);
}

QString LogPartitionsView::itemText(int item) const {
  const lab::LogPartition& partition = scene_.partitions[static_cast<std::size_t>(item)];
  return tr("%1, %2, offsets %3 to %4, read to %5, lag %6, %7 buffered")
      .arg(itemName(item), wordFor(partition.health),
           figure(asDouble(partition.earliest), Unit::Count),
           figure(asDouble(partition.highWater), Unit::Count),
           figure(asDouble(partition.consumed), Unit::Count),
           figure(asDouble(lagOf(partition)), Unit::Count),
           figure(partition.buffered, Unit::Count));
}

QString LogPartitionsView::headline() const {
  std::int64_t lag = 0;
  for (const lab::LogPartition& partition : scene_.partitions) lag += lagOf(partition);
  return tr("%1 partitions, %2 messages written and not yet read.")
      .arg(itemCount())
      .arg(figure(asDouble(lag), Unit::Count));
}

int LogPartitionsView::heightFor(int) const {
  return static_cast<int>(2 * kMargin + kHeading + kRow * std::max(1, itemCount()));
}

void LogPartitionsView::paintScene(QPainter& painter) {
  paintHeading(painter);
  const QRegion visible = visibleRegion();
  for (int i = 0; i < itemCount(); ++i) {
    if (visible.isEmpty() || visible.intersects(itemRect(i).toAlignedRect())) {
      paintPartition(painter, i);
    }
  }
}

void LogPartitionsView::paintHeading(QPainter& painter) const {
  const Cells cells = cellsOf({kMargin, kMargin, width() - 2 * kMargin, kHeading});
  painter.setFont(theme().text(11));
  painter.setPen(theme().tokens().text3);
  paintText(painter, cells.name, tr("partition"));
  QRectF offsets = cells.bar;
  offsets.setTop(kMargin), offsets.setBottom(kMargin + kHeading);
  paintText(painter, offsets, tr("0 to %1").arg(figure(asDouble(highest_), Unit::Count)));
  paintText(painter, cells.lag, tr("lag"), Qt::AlignRight | Qt::AlignVCenter);
  paintText(painter, cells.buffered, tr("buffered"), Qt::AlignRight | Qt::AlignVCenter);
}

void LogPartitionsView::paintPartition(QPainter& painter, int item) const {
  const Tokens& t = theme().tokens();
  const lab::LogPartition& partition = scene_.partitions[static_cast<std::size_t>(item)];
  const QRectF row = itemRect(item);
  if (item == picked() || item == hovered()) paintPick(painter, row);
  const Cells cells = cellsOf(row);
  paintHealth(painter, cells.mark, partition.health, t);
  painter.setFont(theme().text(12));
  painter.setPen(t.text);
  paintText(painter, cells.name, itemName(item));

  const double span = std::max(1.0, asDouble(highest_));
  const auto xOf = [&](std::int64_t offset) {
    return cells.bar.left() + cells.bar.width() * std::clamp(asDouble(offset) / span, 0.0, 1.0);
  };
  const auto part = [&](std::int64_t from, std::int64_t to) {
    return QRectF(QPointF(xOf(from), cells.bar.top()),
                  QPointF(std::max(xOf(from), xOf(to)), cells.bar.bottom()));
  };
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.track);
  painter.drawRoundedRect(cells.bar, 2, 2);
  painter.setBrush(t.data[0]);
  painter.drawRect(part(partition.earliest, partition.consumed));
  const QRectF lag = part(partition.consumed, partition.highWater);
  painter.setBrush(t.warnSoft);
  painter.drawRect(lag);
  painter.setBrush(hatch(t.warn));
  painter.drawRect(lag);
  painter.setPen(QPen(t.text, 1.4));
  const double read = xOf(partition.consumed);
  painter.drawLine(QPointF(read, cells.bar.top() - 2), QPointF(read, cells.bar.bottom() + 2));

  painter.setFont(theme().figures(11, QFont::DemiBold));
  paintText(painter, cells.lag, shortFigure(asDouble(lagOf(partition)), Unit::Count),
            Qt::AlignRight | Qt::AlignVCenter);
  painter.setFont(theme().figures(11));
  painter.setPen(t.text2);
  paintText(painter, cells.buffered, shortFigure(partition.buffered, Unit::Count),
            Qt::AlignRight | Qt::AlignVCenter);
}

}  // namespace ringside::views
