// What a recorder holds, and the most it may come to hold: the budget of recorder.h.
#include <algorithm>

#include "engine/base/check.h"
#include "engine/metrics/recorder.h"

namespace ringside::metrics {
namespace {

// Calls visitor(series) for each series of the instrument.
template <class Data, class Visit>
void forEachSeries(Data& data, Visit visitor) {
  std::visit(
      [&](auto& part) {
        if constexpr (requires { part.rate; }) {
          visitor(part.rate);
        } else if constexpr (requires { part.level; }) {
          visitor(part.level);
        } else if (part.intervals() != nullptr) {
          part.intervals()->forEachLine(visitor);
        }
      },
      data);
}

// Beside its series; `most` counts histograms at their largest.
template <class Data>
std::size_t otherBytes(const Data& data, bool most) {
  const auto* const distribution = std::get_if<Distribution>(&data);
  if (distribution == nullptr) return 0;
  return most ? distribution->maxHistogramBytes() : distribution->histogramBytes();
}

std::size_t textBytes(const InstrumentSpec& spec) {
  std::size_t sum = spec.name.capacity() + spec.help.capacity();
  for (const auto& [key, value] : spec.labels) {
    sum += sizeof(key) + sizeof(value) + key.capacity() + value.capacity();
  }
  return sum;
}

}  // namespace

std::size_t Recorder::fixedBytes() const {
  // The name stands in the index too, in a tree node of four words and two strings' worth.
  constexpr std::size_t kNode = 4 * sizeof(void*) + sizeof(std::string) + sizeof(void*);
  std::size_t sum = sizeof(*this);
  for (const Instrument& instrument : instruments_) {
    sum += sizeof(Instrument) + kNode + 2 * instrument.name.capacity() + textBytes(instrument.spec);
  }
  return sum;
}

std::size_t Recorder::bytes() const {
  std::size_t sum = fixedBytes() + events_.bytes() + spans_.bytes();
  for (const Instrument& instrument : instruments_) {
    forEachSeries(instrument.data, [&](const BoundedSeries& series) { sum += series.bytes(); });
    sum += otherBytes(instrument.data, false);
  }
  return sum;
}

std::size_t Recorder::mostBytes() const {
  std::size_t sum = fixedBytes() + events_.maxBytes() + spans_.maxBytes();
  const std::size_t each = BoundedSeries::maxBytes(capacity_);
  for (const Instrument& instrument : instruments_) {
    forEachSeries(instrument.data, [&](const BoundedSeries&) { sum += each; });
    sum += otherBytes(instrument.data, true);
  }
  return sum;
}

// Shortens all series until the most that all instruments may come to hold is within the budget.
void Recorder::fitBudget() {
  const std::size_t before = capacity_;
  while (mostBytes() > budget_ && capacity_ > BoundedSeries::kSmallestCapacity) {
    capacity_ = std::max(capacity_ / 2, BoundedSeries::kSmallestCapacity);
  }
  RINGSIDE_CHECK(mostBytes() <= budget_);
  if (capacity_ == before) return;
  for (Instrument& instrument : instruments_) {
    forEachSeries(instrument.data, [&](BoundedSeries& series) { series.limitTo(capacity_); });
  }
}

std::uint64_t Recorder::kept() const {
  std::uint64_t sum = 0;
  for (const Instrument& instrument : instruments_) {
    forEachSeries(instrument.data, [&](const BoundedSeries& series) { sum += series.kept(); });
  }
  return sum;
}

std::uint64_t Recorder::dropped() const {
  std::uint64_t sum = 0;
  for (const Instrument& instrument : instruments_) {
    forEachSeries(instrument.data, [&](const BoundedSeries& series) { sum += series.dropped(); });
  }
  return sum;
}

}  // namespace ringside::metrics
