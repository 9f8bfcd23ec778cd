#include "engine/stats/interval.h"

#include <cmath>

#include "engine/base/check.h"
#include "engine/stats/quantiles.h"

namespace ringside::stats {

void Moments::add(double value) {
  ++count_;
  const double before = value - mean_;
  mean_ += before / static_cast<double>(count_);
  squares_ += before * (value - mean_);
}

void Moments::merge(const Moments& other) {
  if (other.count_ == 0) return;
  const auto mine = static_cast<double>(count_);
  const auto theirs = static_cast<double>(other.count_);
  const double apart = other.mean_ - mean_;
  count_ += other.count_;
  const auto all = static_cast<double>(count_);
  mean_ += apart * theirs / all;
  squares_ += other.squares_ + apart * apart * mine * theirs / all;
}

double Moments::variance() const {
  return count_ < 2 ? 0 : squares_ / static_cast<double>(count_ - 1);
}

double Moments::deviation() const { return std::sqrt(variance()); }

std::optional<Interval> meanInterval(const Moments& moments, double level) {
  RINGSIDE_CHECK(level > 0);
  RINGSIDE_CHECK(level < 1);
  if (moments.count() < 2) return std::nullopt;
  const auto n = static_cast<double>(moments.count());
  const double t = studentQuantile((1 + level) / 2, n - 1);
  return Interval{moments.mean(), t * moments.deviation() / std::sqrt(n), moments.count(), level};
}

std::optional<Interval> meanInterval(std::span<const double> values, double level) {
  Moments moments;
  for (const double value : values) moments.add(value);
  return meanInterval(moments, level);
}

std::optional<Interval> pairedDifference(std::span<const double> first,
                                         std::span<const double> second, double level) {
  RINGSIDE_CHECK(first.size() == second.size());
  Moments moments;
  for (std::size_t i = 0; i < first.size(); ++i) moments.add(second[i] - first[i]);
  return meanInterval(moments, level);
}

}  // namespace ringside::stats
