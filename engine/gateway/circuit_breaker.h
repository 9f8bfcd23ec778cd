// CircuitBreaker: stops calling a dependency that keeps failing, and feels out when it is back.
//
// Model     Closed: all pass, failures are counted, the trip policy may open it. Open: none pass
//           for `openFor`. Half-open: up to `probes` pass; as many successes in a row close it, one
//           failure opens it again. Each change begins a generation with fresh counts.
// Promise   A report from an earlier generation changes nothing, and a permit counts at most once.
//           At most `probes` probes are granted and not excluded or abandoned. From any state, if
//           probes are never reported on, a new one is granted within `probeLease`.
// Time      Passive and lazy: changes that time alone brings happen at the next call. Comparisons
//           are strict: at exactly the end of a period it still holds, a nanosecond later it does
//           not.
// Threads   None. One owner. The listener runs last in a call, on consistent state: it may call
//           back.
// Cost      O(1); O(probes) for a call on a half-open breaker. Allocates at construction.
//
// Rejected  Probes without a lease: a probe whose caller dies then wedges the breaker for ever.
//           Counting probes in flight instead of probes granted: a burst of quick successes would
//           let the whole load through before the breaker had decided.
// Compare   breaker_window.h (what is counted), trip_policy.h (when it opens), retry_budget.h.
// Source    sony/gobreaker v1 and v2, whose recordings it replays; the lease, the single count and
//           the re-entrant listener are departures.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/gateway/decision.h"
#include "engine/gateway/trip_policy.h"

namespace ringside::gateway {

class CircuitBreaker {
 public:
  enum class State : std::uint8_t { Closed, HalfOpen, Open };
  enum class Refusal : std::uint8_t { None, Open, TooManyProbes };
  enum class Reported : std::uint8_t { Counted, Stale, Repeated };
  enum class RepeatedReports : std::uint8_t {
    Ignored,
    Counted
  };  // Counted only to replay gobreaker.

  struct Config {
    std::uint32_t probes = 1;  // 1 to kMaxProbes.
    Duration interval{0};      // A closed breaker starts counting afresh; 0: never.
    Duration bucket{0};        // Makes the interval a rolling window; 0: fixed.
    Duration openFor = std::chrono::seconds(60);
    Duration probeLease = std::chrono::seconds(60);  // 0: never reclaimed, as in gobreaker.
    TripPolicy trip{};
    RepeatedReports repeated = RepeatedReports::Ignored;
  };
  static constexpr std::uint32_t kMaxProbes = 1000;

  // The right to make one call. Report on it once; one that is dropped unreported costs a closed
  // breaker nothing and a half-open one a lease.
  class Permit {
   public:
    Permit(Permit&& other) noexcept { *this = std::move(other); }
    Permit& operator=(Permit&& other) noexcept;
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    ~Permit() = default;

   private:
    friend class CircuitBreaker;
    Permit(std::uint64_t generation, std::uint64_t age) : generation_(generation), age_(age) {}

    std::uint64_t generation_;
    std::uint64_t age_;         // Of the window when the call began.
    std::uint64_t serial_ = 0;  // Of the probe's lease; 0 if it has none.
    bool spent_ = false;
  };

  struct Admission {
    std::optional<Permit> permit;
    Refusal refusal = Refusal::None;
    Duration retryAfter{0};  // When refused: the wait after which time alone lets a call through.

    explicit operator bool() const { return permit.has_value(); }
  };

  struct Transition {
    State from = State::Closed;
    State to = State::Closed;
    Instant at{};
    std::uint64_t generation = 0;  // The one that begins.
  };
  using Listener = std::function<void(const Transition&)>;

  // The configuration itself, or a sentence that says which field is out of range.
  static Result<Config> checked(const Config& config);

  // REQUIRES: checked(config) holds a value.
  explicit CircuitBreaker(const Config& config, Instant now = Instant{});

  void onTransition(Listener listener) { listener_ = std::move(listener); }

  [[nodiscard]] Admission admit(Instant now);
  Reported report(Permit& permit, Outcome outcome, Instant now);

  // The state at `now`, after the changes that are due by then.
  [[nodiscard]] State state(Instant now);

  // How long until time alone changes the state; nothing if it will not.
  [[nodiscard]] std::optional<Duration> timeToNextState(Instant now) const;

  // As of the last call; these change nothing.
  [[nodiscard]] State lastState() const { return state_; }
  [[nodiscard]] const BreakerCounts& counts() const { return window_.totals(); }
  [[nodiscard]] std::uint32_t abandonedProbes() const { return abandoned_; }
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  [[nodiscard]] std::uint64_t windowAge() const { return window_.age(); }
  [[nodiscard]] std::optional<Instant> expiry() const;

 private:
  struct Lease {
    std::uint64_t serial = 0;  // 0: free.
    Instant end{};
  };

  void settle(Instant now);
  void change(State to, Instant now);
  void beginGeneration(Instant now);
  void announce();
  [[nodiscard]] Admission refuse(Refusal refusal, Duration retryAfter);
  [[nodiscard]] bool probeFree(Instant now);
  void lend(Permit& permit, Instant now);
  bool endLease(const Permit& permit);
  void findNextLeaseEnd();
  void book(Outcome outcome, std::uint64_t age, Instant now);

  Config config_;
  BreakerWindow window_;
  State state_ = State::Closed;
  Instant expiry_ = kNever;  // End of the closed interval or of the open period.
  std::uint64_t generation_ = 0;
  std::vector<Lease> leases_;  // One a probe.
  Instant nextLeaseEnd_ = kNever;
  std::uint64_t lastSerial_ = 0;
  std::uint32_t abandoned_ = 0;  // Probes of this generation whose lease ran out.
  std::optional<Transition> unannounced_;
  Listener listener_;
};

}  // namespace ringside::gateway
