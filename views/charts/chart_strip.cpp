#include "views/charts/chart_strip.h"

#include <QElapsedTimer>
#include <QGridLayout>
#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "views/canvas/table_flip.h"
#include "views/charts/legend_bar.h"
#include "views/charts/percentile_chart.h"
#include "views/charts/time_chart.h"
#include "views/shell/card.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kPerRow = 4;

QString iconFor(lab::ChartKind kind) {
  switch (kind) {
    case lab::ChartKind::Lines:
      return QStringLiteral("queue");
    case lab::ChartKind::LogLines:
      return QStringLiteral("clock");
    case lab::ChartKind::Stacked:
      return QStringLiteral("chart");
    case lab::ChartKind::Percentiles:
      return QStringLiteral("percent");
  }
  return QStringLiteral("chart");
}

}  // namespace

ChartStrip::ChartStrip(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      grid_(new QGridLayout(this)),
      empty_(new EmptyState(theme, QStringLiteral("chart"), tr("No charts yet"),
                            tr("Load an experiment and run it to see its figures over time."),
                            this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(8);
  grid_->addWidget(empty_, 0, 0);
  clock_.start();
  tick_.setInterval(kTickMs);
  tick_.setTimerType(Qt::PreciseTimer);
  connect(&tick_, &QTimer::timeout, this, [this] {
    if (!updateNext(clock_.elapsed())) tick_.stop();
  });
}

void ChartStrip::setFrame(const lab::FramePtr& frame) {
  frame_ = frame;
  static const lab::Frame kNone;
  const lab::Frame& shown = frame ? *frame : kNone;
  if (!sameCharts(shown)) rebuild(shown);
  for (Pane& pane : panes_) pane.due = true;
  if (isVisible() && !panes_.empty() && !tick_.isActive()) tick_.start();
}

bool ChartStrip::sameCharts(const lab::Frame& frame) const {
  return std::ranges::equal(frame.charts, panes_, [](const lab::Chart& chart, const Pane& pane) {
    return chart.id == pane.id && chart.kind == pane.kind &&
           QString::fromStdString(chart.title) == pane.card->title();
  });
}

void ChartStrip::rebuild(const lab::Frame& frame) {
  for (const Pane& pane : panes_) delete pane.card;
  panes_.clear();
  maximized_ = -1;
  turn_ = 0;
  for (const lab::Chart& chart : frame.charts) addPane(chart);
  place();
}

void ChartStrip::addPane(const lab::Chart& chart) {
  const QString title = QString::fromStdString(chart.title);
  const std::size_t index = panes_.size();
  Pane pane{.id = chart.id, .kind = chart.kind};
  pane.card = new Card(theme_, iconFor(chart.kind), title, this);
  // Four equal cards, whatever their titles are.
  pane.card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
  auto* body = new QWidget(pane.card);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(11, 0, 9, 8);
  column->setSpacing(2);
  pane.legend = new LegendBar(theme_, body);
  QWidget* picture = nullptr;
  if (chart.kind == lab::ChartKind::Percentiles) {
    picture = pane.percentiles = new PercentileChart(theme_, title);
    connect(pane.percentiles, &PercentileChart::legendChanged, this,
            [this, index] { showLegend(panes_[index]); });
  } else {
    picture = pane.time = new TimeChart(theme_, chart.kind, title);
    connect(pane.time, &TimeChart::cursorMoved, this, &ChartStrip::moveCursor);
  }
  const auto table = [this, index]() -> TableData {
    if (!frame_ || index >= frame_->charts.size()) return {};
    return tableOf(frame_->charts[index]);
  };
  pane.flip = new TableFlip(theme_, picture, picture, table, body);
  column->addWidget(pane.legend);
  column->addWidget(pane.flip, 1);
  pane.card->setContent(body);
  auto* button = iconButton(theme_, QStringLiteral("table"),
                            tr("Show %1 as a table (F2)").arg(title), pane.card);
  button->setCheckable(true);
  pane.card->addHeaderWidget(button);
  TableFlip* flip = pane.flip;
  LegendBar* legend = pane.legend;
  connect(button, &QToolButton::toggled, flip, &TableFlip::setShowsTable);
  connect(flip, &TableFlip::turned, this, [this, index, button, legend](bool shows) {
    button->setChecked(shows);
    legend->setVisible(!shows);
    update(panes_[index], clock_.elapsed());
  });
  connect(pane.card, &Card::maximizeWanted, this, [this, index](bool maximize) {
    Q_EMIT maximizeWanted(QString::fromStdString(panes_[index].id), maximize);
    setMaximized(maximize ? static_cast<int>(index) : -1);
  });
  panes_.push_back(pane);
}

void ChartStrip::place() {
  empty_->setVisible(panes_.empty());
  for (int i = 0; i < chartCount(); ++i) {
    Card* card = panes_[static_cast<std::size_t>(i)].card;
    const bool alone = maximized_ >= 0;
    const bool shown = !alone || maximized_ == i;
    card->setVisible(shown);
    card->setMaximized(maximized_ == i);
    grid_->removeWidget(card);
    if (shown) grid_->addWidget(card, alone ? 0 : i / kPerRow, alone ? 0 : i % kPerRow);
  }
  const int columns = maximized_ >= 0 ? 1 : std::min(chartCount(), kPerRow);
  for (int i = 0; i < kPerRow; ++i) grid_->setColumnStretch(i, i < columns ? 1 : 0);
}

void ChartStrip::setMaximized(int index) {
  if (index == maximized_) return;
  maximized_ = index < chartCount() ? index : -1;
  place();
  setFrame(frame_);
}

void ChartStrip::update(Pane& pane, qint64 nowMs) {
  pane.due = false;
  pane.updatedAt = nowMs;
  const auto index = static_cast<std::size_t>(&pane - panes_.data());
  if (!frame_ || index >= frame_->charts.size()) return;
  const lab::Chart& chart = frame_->charts[index];
  if (pane.flip->showsTable()) {
    pane.flip->refresh();
    return;
  }
  if (pane.time) pane.time->setChart(chart, *frame_);
  if (pane.percentiles) pane.percentiles->setChart(chart);
  showLegend(pane);
}

void ChartStrip::showLegend(Pane& pane) {
  if (pane.percentiles) {
    pane.legend->setEntries(pane.percentiles->legend());
    return;
  }
  const auto index = static_cast<std::size_t>(&pane - panes_.data());
  const bool known = frame_ && index < frame_->charts.size();
  const auto all = known ? static_cast<int>(frame_->charts[index].series.size()) : 0;
  pane.legend->setEntries(pane.time->legend(), std::max(0, all - pane.time->drawnSeries()));
}

bool ChartStrip::updateNext(qint64 nowMs) {
  bool more = false;
  for (std::size_t i = 0; i < panes_.size(); ++i) {
    Pane& pane = panes_[(turn_ + i) % panes_.size()];
    if (!pane.due || !pane.flip->isVisible()) continue;
    if (nowMs - pane.updatedAt < kRestMs) {
      more = true;
      continue;
    }
    turn_ = (turn_ + i + 1) % panes_.size();
    update(pane, nowMs);
    return true;  // One chart a tick; the next tick looks for another.
  }
  return more;
}

void ChartStrip::flush() {
  for (Pane& pane : panes_) {
    if (pane.flip->isVisible()) update(pane, clock_.elapsed());
  }
}

void ChartStrip::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (frame_) setFrame(frame_);
}

void ChartStrip::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && maximized_ >= 0) {
    Q_EMIT maximizeWanted(QString::fromStdString(panes_[static_cast<std::size_t>(maximized_)].id),
                          false);
    setMaximized(-1);
    return;
  }
  QWidget::keyPressEvent(event);
}

void ChartStrip::setCursorAt(std::optional<double> seconds) {
  cursor_ = seconds;
  for (Pane& pane : panes_) {
    if (!pane.time) continue;
    pane.time->setCursorAt(seconds);
    showLegend(pane);
  }
}

void ChartStrip::moveCursor(std::optional<double> seconds) {
  setCursorAt(seconds);
  Q_EMIT cursorMoved(seconds);
}

void ChartStrip::emphasize(const QString& nodeId) {
  for (Pane& pane : panes_) {
    if (pane.time) pane.time->emphasize(nodeId);
  }
}

Card* ChartStrip::card(int index) const { return panes_[static_cast<std::size_t>(index)].card; }

TimeChart* ChartStrip::timeChart(int index) const {
  return panes_[static_cast<std::size_t>(index)].time;
}

PercentileChart* ChartStrip::percentileChart(int index) const {
  return panes_[static_cast<std::size_t>(index)].percentiles;
}

TableFlip* ChartStrip::flip(int index) const {
  return panes_[static_cast<std::size_t>(index)].flip;
}

LegendBar* ChartStrip::legend(int index) const {
  return panes_[static_cast<std::size_t>(index)].legend;
}

}  // namespace ringside::views
