// ChartStrip: a frame's charts side by side, one card each, under one cursor.
//
// Model     Cards are made for the charts a frame carries, four to a row; charts over time share
//           the cursor, whose values the legends show. A frame marks all charts due; one a tick of
//           16 ms is brought up to date, in turn, none twice within 50 ms, and a hidden one not at
//           all. The tick runs only while a chart is due.
// Keys      F2 in a card turns its chart into a table and back.
// Threads   GUI thread.
// Cost      One chart a tick: under 3 ms (bench_views), 20 Hz a chart at most.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

#include "engine/lab/frame.h"

class QGridLayout;

namespace ringside::views {

class Card;
class LegendBar;
class PercentileChart;
class TableFlip;
class Theme;
class TimeChart;

class ChartStrip : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kTickMs = 16;
  static constexpr int kRestMs = 50;

  explicit ChartStrip(const Theme& theme, QWidget* parent = nullptr);

  void setFrame(const lab::FramePtr& frame);
  // Brings every visible chart up to date at once: for pictures and before a print.
  void flush();
  // One turn of the tick at `nowMs` of a clock that starts at 0; true while charts are due. Tests
  // and benchmarks call it by hand.
  bool updateNext(qint64 nowMs);

  void setCursorAt(std::optional<double> seconds);  // Silent.
  [[nodiscard]] std::optional<double> cursorAt() const { return cursor_; }
  // Draws the series named like a component stronger, in every chart that has it.
  void emphasize(const QString& nodeId);

  [[nodiscard]] int chartCount() const { return static_cast<int>(panes_.size()); }
  [[nodiscard]] Card* card(int index) const;
  [[nodiscard]] TimeChart* timeChart(int index) const;  // Null for a distribution.
  [[nodiscard]] PercentileChart* percentileChart(int index) const;
  [[nodiscard]] TableFlip* flip(int index) const;
  [[nodiscard]] LegendBar* legend(int index) const;
  // Shows one chart in the place of all, or (-1) all of them again.
  void setMaximized(int index);
  [[nodiscard]] int maximized() const { return maximized_; }

 Q_SIGNALS:
  void maximizeWanted(const QString& chartId, bool maximize);
  void cursorMoved(std::optional<double> seconds);

 protected:
  void showEvent(QShowEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Pane {
    std::string id;
    lab::ChartKind kind = lab::ChartKind::Lines;
    Card* card = nullptr;
    LegendBar* legend = nullptr;
    TableFlip* flip = nullptr;
    TimeChart* time = nullptr;
    PercentileChart* percentiles = nullptr;
    bool due = false;
    qint64 updatedAt = -kRestMs;
  };

  [[nodiscard]] bool sameCharts(const lab::Frame& frame) const;
  void rebuild(const lab::Frame& frame);
  void addPane(const lab::Chart& chart);
  void place();
  void update(Pane& pane, qint64 nowMs);
  void showLegend(Pane& pane);
  void moveCursor(std::optional<double> seconds);

  const Theme& theme_;
  QGridLayout* grid_;
  QWidget* empty_;
  std::vector<Pane> panes_;
  lab::FramePtr frame_;
  QTimer tick_;
  QElapsedTimer clock_;
  std::size_t turn_ = 0;
  std::optional<double> cursor_;
  int maximized_ = -1;
};

}  // namespace ringside::views
