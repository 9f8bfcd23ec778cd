// ArrivalProcess: when the next request comes, by a law or from a recording.
//
// Model     A rate over time, rate(t) = base * shape(t) * boost, and a way of making single
//           arrivals
//           of it: Poisson (exponential gaps by thinning against the shape's peak, so the law is
//           exact for a rate that moves) or even gaps (the integral of the rate crosses whole
//           numbers). A trace replays recorded instants, stretched by a scale.
// Promise   The same draws give the same arrivals; changing the base rate scales them.
// Time      Passive: next(now) is the first arrival after now.
// Threads   None. One owner.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/rng.h"
#include "engine/base/time.h"
#include "engine/lab/parts/arrival_trace.h"

namespace ringside::lab {

enum class ArrivalLaw : std::uint8_t {
  Poisson,  // Gaps that know nothing of each other.
  Steady,   // Even gaps.
  Ramp,     // Poisson, rising in a line from a tenth of the rate to all of it over the run.
  Spike,    // Poisson, `spikeFactor` times the rate from 40 % to 60 % of the run.
  Diurnal,  // Poisson, one day's wave over the run: 0.4 times the rate at night, 1.6 at the peak.
  Trace,    // As recorded.
};

class ArrivalProcess {
 public:
  struct Config {
    ArrivalLaw law = ArrivalLaw::Poisson;
    double ratePerSec = 1000;
    Duration length = std::chrono::seconds(1);  // Over which ramp, spike and diurnal are laid.
    double spikeFactor = 3;
    double timeScale = 1;  // Trace: a recorded second takes this many virtual seconds.
    const ArrivalTrace* trace = nullptr;  // For ArrivalLaw::Trace; outlives this.
  };

  struct Next {
    Instant at;
    std::optional<std::uint64_t> key;  // The recorded key, in a trace.
    double size = 0;                   // Likewise.
  };

  ArrivalProcess(Config config, Rng rng) : config_(config), rng_(rng) {}

  // The first arrival after `now`; empty when a trace has come to its end.
  [[nodiscard]] std::optional<Next> next(Instant now);

  void setRate(double ratePerSec) { config_.ratePerSec = ratePerSec; }
  void setBoost(double factor) { boost_ = factor; }  // A traffic spike on top of the law.
  void setSpikeFactor(double factor) { config_.spikeFactor = factor; }

  // Requests a second at `t`, the boost included.
  [[nodiscard]] double rateAt(Instant t) const;

 private:
  [[nodiscard]] double shapeAt(double fraction) const;
  [[nodiscard]] double peak() const;

  Config config_;
  Rng rng_;
  double boost_ = 1;
  std::size_t row_ = 0;  // Of the trace.
  double fraction_ = 0;  // Steady: of a nanosecond, carried over.
};

}  // namespace ringside::lab
