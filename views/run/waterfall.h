// Waterfall: one request's steps over its time, with waiting drawn apart from service.
//
// Model     WaterfallGeometry places the bars (tested without painting). Waiting is hatched and
//           carries its own figure, service is solid; the step that took longest is marked.
// Compare   request_pane.h offers the same steps as a table.
#pragma once

#include <QRectF>
#include <QWidget>

#include <vector>

#include "engine/lab/frame.h"

namespace ringside::views {

class Theme;

struct WaterfallBar {
  QRectF wait;     // Null when there was none.
  QRectF service;  // Null when there was none.
  QRectF row;
};

struct WaterfallGeometry {
  static constexpr int kBarHeight = 10;
  static constexpr int kLineHeight = 18;
  static constexpr double kNarrow = 270;  // Below it, name and figures take a line each.

  static int labelHeight(double width) { return width < kNarrow ? 2 * kLineHeight : kLineHeight; }
  static int rowHeight(double width) { return labelHeight(width) + kBarHeight + 10; }
  static std::vector<WaterfallBar> bars(const lab::Trace& trace, double left, double width);
  // Index of the step that took longest, waiting included; -1 without steps.
  static int slowest(const lab::Trace& trace);
};

class Waterfall : public QWidget {
  Q_OBJECT

 public:
  explicit Waterfall(const Theme& theme, QWidget* parent = nullptr);

  void show(const lab::Trace& trace);
  using QWidget::show;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void fit();
  void paintStep(QPainter& painter, const lab::TraceStep& step, const WaterfallBar& bar,
                 bool slowest) const;

  const Theme& theme_;
  lab::Trace trace_;
};

}  // namespace ringside::views
