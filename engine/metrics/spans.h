// SpanSampler: which requests of a run can be looked at step by step.
//
// Model     The slowest `slowest` of all requests are kept, always. Of all others a uniform random
//           sample of `sampled` is kept (a request that is pushed out of the slowest joins them).
// Promise   Decided by seed and requests alone. Between two requests equally slow the earlier
//           stays.
// Cost      wouldKeep() and pass(): two comparisons and an addition; a trace need only be put
//           together for the few that are kept. Memory: (slowest + sampled) traces of up to
//           kMostSteps steps.
// Rejected  One in n: the slowest, which one wants to see, are hardly ever among them.
// Source    Li 1994 (algorithm L: how many to skip before the next one that is kept).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/rng.h"
#include "engine/base/time.h"

namespace ringside::metrics {

struct SpanStep {
  std::uint32_t step = 0;  // What it is called is the lab's affair.
  Instant start;
  Duration wait{};     // In queues, before service.
  Duration service{};  // Being served.
};

struct RequestTrace {
  std::uint64_t id = 0;
  std::uint64_t subject = 0;  // What the lab needs to describe it: the merchant, the key.
  std::uint32_t outcome = 0;  // The lab's own enumeration.
  Instant start;
  Instant end;
  std::vector<SpanStep> steps;

  [[nodiscard]] Duration latency() const { return end - start; }
};

class SpanSampler {
 public:
  static constexpr std::size_t kMostSteps = 64;

  struct Config {
    std::size_t slowest = 32;
    std::size_t sampled = 32;
    std::uint64_t seed = 1;
  };

  explicit SpanSampler(Config config);

  // Whether offer() would keep a request that took this long. Every request that ends is then
  // either offered or passed:
  //   if (spans.wouldKeep(latency)) spans.offer(makeTrace()); else spans.pass();
  [[nodiscard]] bool wouldKeep(Duration latency) const {
    return latency > slowerThan_ || others_ + 1 >= nextPick_;
  }
  void offer(RequestTrace trace);
  void pass() { ++others_; }

  [[nodiscard]] std::uint64_t seen() const { return others_ + slowest_.size(); }

  // Slowest first.
  [[nodiscard]] std::vector<RequestTrace> slowest() const;
  // By start.
  [[nodiscard]] std::vector<RequestTrace> sample() const;

  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t maxBytes() const;

 private:
  void offerToSample(RequestTrace trace);
  void drawNextPick();

  Config config_;
  Rng rng_;
  std::vector<RequestTrace> slowest_;  // A heap whose front is the fastest of them.
  std::vector<RequestTrace> sample_;
  Duration slowerThan_;         // What a request must exceed to be among the slowest.
  std::uint64_t others_ = 0;    // Requests that are not among the slowest.
  std::uint64_t nextPick_ = 0;  // The one of the others that goes into the sample next.
  double keep_ = 1;             // Algorithm L's running chance.
};

}  // namespace ringside::metrics
