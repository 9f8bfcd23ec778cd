// TimelineGeometry: which moment lies at which pixel of the timeline, and where its lanes are.
//
// Model     A window [from, from + span) of virtual time over the track, which starts right of the
//           lane names. Zoom keeps the moment under the cursor; nothing leaves [0, length].
// Promise   The window is never shorter than kShortest and never longer than the run.
// Compare   timeline_view.h paints with it; it has no Qt widget and no clock.
#pragma once

#include <QRectF>
#include <QString>

#include <vector>

#include "engine/base/time.h"

namespace ringside::views {

class TimelineGeometry {
 public:
  enum Lane { Phases, Faults, Events, Checks };
  static constexpr int kLanes = 4;
  static constexpr int kRulerHeight = 16;
  static constexpr int kMinLaneHeight = 14;
  static constexpr Duration kShortest = std::chrono::microseconds(1);

  struct Tick {
    double x = 0;
    QString text;
  };

  void setLength(Duration length);  // Of the run; fits when it changes.
  void setSize(double width, double height, double namesWidth);

  [[nodiscard]] double x(Instant at) const;
  [[nodiscard]] Instant at(double x) const;
  [[nodiscard]] Instant from() const { return Instant(from_); }
  [[nodiscard]] Duration span() const { return span_; }
  [[nodiscard]] bool isFitted() const { return span_ == length_; }
  [[nodiscard]] QRectF track() const;
  [[nodiscard]] QRectF lane(Lane lane) const;
  // The part of a lane between two moments, cut to the track; null where none of it is seen.
  [[nodiscard]] QRectF bar(Lane lane, Instant from, Instant to) const;
  // Round moments (1, 2, 5), as close as labels allow.
  [[nodiscard]] std::vector<Tick> ticks(double labelWidth) const;

  void zoom(double factor, double x);  // Above 1 zooms in; `x` keeps its moment.
  void pan(double part);               // Of the window; positive goes on in time.
  void fit();
  void reveal(Instant at);  // Pans as little as it takes.

 private:
  void moveTo(Duration from);

  Duration length_ = std::chrono::seconds(1);
  Duration from_{};
  Duration span_ = std::chrono::seconds(1);
  double width_ = 100;
  double height_ = 72;
  double left_ = 0;
};

}  // namespace ringside::views
