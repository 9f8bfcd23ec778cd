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
  static constexpr int kRowHeight = 38;
  static constexpr int kBarHeight = 10;
  static constexpr int kLabelHeight = 18;

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
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintStep(QPainter& painter, const lab::TraceStep& step, const WaterfallBar& bar,
                 bool slowest) const;

  const Theme& theme_;
  lab::Trace trace_;
};

}  // namespace ringside::views
