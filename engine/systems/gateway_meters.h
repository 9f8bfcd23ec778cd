// GatewayMeters: where the payment gateway writes down what it measures.
//
// Model     One instrument for each step, outcome and wait; declared in the order in which they are
//           listed to a person.
// Cost      About 3 ns a record.
#pragma once

#include <array>

#include "engine/metrics/recorder.h"
#include "engine/systems/payment.h"

namespace ringside::systems {

class GatewayMeters {
 public:
  explicit GatewayMeters(metrics::Recorder& recorder);

  void stepTook(Step step, Duration service) {
    steps_[static_cast<std::size_t>(step)]->record(service);
  }
  void waitedForConnection(Duration wait) { poolWait_.record(wait); }
  void waitedAtGateway(Duration wait) { gatewayWait_.record(wait); }
  void served(Duration latency) { service_.record(latency); }
  void offered() { offered_.add(); }
  // A request has ended: its latency counts whatever the outcome; `charged` ones count apart.
  void ended(Outcome outcome, Duration latency) {
    outcomes_[static_cast<std::size_t>(outcome)]->add();
    all_.record(latency);
    if (outcome == Outcome::Approved) payment_.record(latency);
  }

  [[nodiscard]] const metrics::Counter& outcome(Outcome outcome) const {
    return *outcomes_[static_cast<std::size_t>(outcome)];
  }
  [[nodiscard]] const metrics::Counter& offeredCount() const { return offered_; }

 private:
  metrics::Counter& offered_;
  metrics::Distribution& payment_;  // Approved payments, end to end.
  metrics::Distribution& all_;      // Every request, end to end.
  metrics::Distribution& service_;  // Approved payments in the payment service alone.
  metrics::Distribution& gatewayWait_;
  metrics::Distribution& poolWait_;
  std::array<metrics::Distribution*, kSteps> steps_{};
  std::array<metrics::Counter*, kOutcomes> outcomes_{};
};

}  // namespace ringside::systems
