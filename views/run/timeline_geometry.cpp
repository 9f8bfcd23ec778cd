#include "views/run/timeline_geometry.h"

#include <algorithm>
#include <cmath>

#include "engine/lab/fault.h"

namespace ringside::views {
namespace {

constexpr double kRightMargin = 14;  // Room for half a label at the end.

// The smallest of 1, 2, 5 times a power of ten that is not below `least`.
std::int64_t roundStep(double least) {
  std::int64_t step = 1;
  while (static_cast<double>(step) < least) {
    if (static_cast<double>(step * 2) >= least) return step * 2;
    if (static_cast<double>(step * 5) >= least) return step * 5;
    step *= 10;
  }
  return step;
}

}  // namespace

void TimelineGeometry::setLength(Duration length) {
  length = std::max(length, kShortest);
  if (length == length_) return;
  length_ = length;
  fit();
}

void TimelineGeometry::setSize(double width, double height, double namesWidth) {
  width_ = std::max(width, namesWidth + kRightMargin + 1);
  height_ = height;
  left_ = namesWidth;
}

QRectF TimelineGeometry::track() const {
  return {left_, kRulerHeight, width_ - left_ - kRightMargin,
          std::max(height_ - kRulerHeight, double{kLanes} * kMinLaneHeight)};
}

QRectF TimelineGeometry::lane(Lane lane) const {
  const QRectF all = track();
  const double height = all.height() / kLanes;
  return {all.left(), all.top() + static_cast<int>(lane) * height, all.width(), height};
}

double TimelineGeometry::x(Instant at) const {
  // In double: kNever is far away, and its difference would overflow.
  const double offset =
      static_cast<double>(at.time_since_epoch().count()) - static_cast<double>(from_.count());
  return left_ + offset / static_cast<double>(span_.count()) * track().width();
}

Instant TimelineGeometry::at(double x) const {
  const double part = std::clamp((x - left_) / track().width(), 0.0, 1.0);
  return Instant(from_ + Duration(std::llround(part * static_cast<double>(span_.count()))));
}

QRectF TimelineGeometry::bar(Lane which, Instant from, Instant to) const {
  const QRectF all = lane(which);
  const double left = std::max(x(from), all.left());
  const double right = std::min(x(to), all.right());
  if (right <= all.left() || left >= all.right()) return {};
  return {left, all.top(), std::max(right - left, 1.0), all.height()};
}

std::vector<TimelineGeometry::Tick> TimelineGeometry::ticks(double labelWidth) const {
  const double perLabel = static_cast<double>(span_.count()) * labelWidth / track().width();
  const std::int64_t step = roundStep(perLabel);
  std::vector<Tick> ticks;
  std::int64_t at = (from_.count() + step - 1) / step * step;
  for (; at <= (from_ + span_).count(); at += step) {
    ticks.push_back(
        {x(Instant(Duration(at))), QString::fromStdString(lab::formatDuration(Duration(at)))});
  }
  return ticks;
}

void TimelineGeometry::moveTo(Duration from) {
  from_ = std::clamp(from, Duration::zero(), length_ - span_);
}

void TimelineGeometry::zoom(double factor, double x) {
  const Instant kept = at(x);
  const double part = std::clamp((x - left_) / track().width(), 0.0, 1.0);
  const double wanted = static_cast<double>(span_.count()) / factor;
  const double span = std::clamp(wanted, static_cast<double>(kShortest.count()),
                                 static_cast<double>(length_.count()));
  span_ = Duration(std::llround(span));
  moveTo(kept.time_since_epoch() - Duration(std::llround(part * span)));
}

void TimelineGeometry::pan(double part) {
  moveTo(from_ + Duration(std::llround(part * static_cast<double>(span_.count()))));
}

void TimelineGeometry::fit() {
  span_ = length_;
  from_ = Duration::zero();
}

void TimelineGeometry::reveal(Instant at) {
  const Duration moment = at.time_since_epoch();
  if (moment < from_) moveTo(moment);
  if (moment > from_ + span_) moveTo(moment - span_);
}

}  // namespace ringside::views
