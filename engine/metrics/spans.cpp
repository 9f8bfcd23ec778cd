#include "engine/metrics/spans.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/math.h"

namespace ringside::metrics {
namespace {

constexpr std::uint64_t kNoMore = std::numeric_limits<std::uint64_t>::max();

bool slower(const RequestTrace& a, const RequestTrace& b) {
  if (a.latency() != b.latency()) return a.latency() > b.latency();
  return std::tie(a.end, a.id) < std::tie(b.end, b.id);
}

}  // namespace

SpanSampler::SpanSampler(Config config)
    : config_(config),
      rng_(Rng::forStream(config.seed, "metrics.spans")),
      slowerThan_(config.slowest == 0 ? Duration::max() : Duration(-1)) {
  slowest_.reserve(config.slowest);
  sample_.reserve(config.sampled);
  if (config.sampled == 0) nextPick_ = kNoMore;
}

void SpanSampler::offer(RequestTrace trace) {
  if (!wouldKeep(trace.latency())) return pass();
  if (trace.steps.size() > kMostSteps) trace.steps.resize(kMostSteps);
  if (trace.steps.capacity() > kMostSteps) trace.steps.shrink_to_fit();
  if (trace.latency() <= slowerThan_) return offerToSample(std::move(trace));
  slowest_.push_back(std::move(trace));
  std::push_heap(slowest_.begin(), slowest_.end(), slower);
  if (slowest_.size() > config_.slowest) {
    std::pop_heap(slowest_.begin(), slowest_.end(), slower);
    RequestTrace displaced = std::move(slowest_.back());
    slowest_.pop_back();
    offerToSample(std::move(displaced));
  }
  if (slowest_.size() == config_.slowest) slowerThan_ = slowest_.front().latency();
}

void SpanSampler::offerToSample(RequestTrace trace) {
  ++others_;
  if (others_ < nextPick_) return;
  if (sample_.size() < config_.sampled) {
    sample_.push_back(std::move(trace));
    if (sample_.size() == config_.sampled) drawNextPick();
    return;
  }
  sample_[static_cast<std::size_t>(rng_.below(config_.sampled))] = std::move(trace);
  drawNextPick();
}

void SpanSampler::drawNextPick() {
  const double places = static_cast<double>(config_.sampled);
  keep_ *= fixedExp(fixedLog(1 - rng_.uniform01()) / places);
  const double skipped = fixedLog(1 - rng_.uniform01()) / fixedLog(1 - keep_);
  nextPick_ = skipped < 1e18 ? others_ + static_cast<std::uint64_t>(skipped) + 1 : kNoMore;
}

std::vector<RequestTrace> SpanSampler::slowest() const {
  std::vector<RequestTrace> sorted = slowest_;
  std::sort(sorted.begin(), sorted.end(), slower);
  return sorted;
}

std::vector<RequestTrace> SpanSampler::sample() const {
  std::vector<RequestTrace> sorted = sample_;
  std::sort(sorted.begin(), sorted.end(), [](const RequestTrace& a, const RequestTrace& b) {
    return std::tie(a.start, a.id) < std::tie(b.start, b.id);
  });
  return sorted;
}

std::size_t SpanSampler::bytes() const {
  std::size_t sum = sizeof(*this);
  for (const auto* traces : {&slowest_, &sample_}) {
    sum += traces->capacity() * sizeof(RequestTrace);
    for (const RequestTrace& trace : *traces) sum += trace.steps.capacity() * sizeof(SpanStep);
  }
  return sum;
}

std::size_t SpanSampler::maxBytes() const {
  const std::size_t traces = 2 * (config_.slowest + config_.sampled + 1);
  return sizeof(*this) + traces * (sizeof(RequestTrace) + kMostSteps * sizeof(SpanStep));
}

}  // namespace ringside::metrics
