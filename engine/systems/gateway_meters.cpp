#include "engine/systems/gateway_meters.h"

namespace ringside::systems {
namespace {

using metrics::Distribution;
using metrics::Intervals;
using metrics::Recorder;
using metrics::Unit;

Distribution& latency(Recorder& recorder, std::string name, std::string help,
                      Intervals intervals = Intervals::No) {
  return recorder.distribution({std::move(name), Unit::Nanoseconds, std::move(help), {}},
                               intervals);
}

}  // namespace

GatewayMeters::GatewayMeters(Recorder& recorder)
    : offered_(recorder.counter({"offered", Unit::Count, "Requests that arrived.", {}})),
      payment_(latency(recorder, "payment.latency", "Approved payments, from arrival to answer.",
                       Intervals::Yes)),
      all_(latency(recorder, "request.latency", "All requests, from arrival to answer.")),
      service_(latency(recorder, "service.latency",
                       "Approved payments in the payment service: the ten steps and their waits.")),
      gatewayWait_(latency(recorder, "gateway.wait", "Wait in a gateway's queue.")),
      poolWait_(latency(recorder, "pool.wait", "Wait for a database connection.")) {
  for (std::size_t i = 0; i < kSteps; ++i) {
    const std::string name(kStepNames[i]);
    steps_[i] = &latency(recorder, "step." + name + ".latency", "Step \"" + name + "\" alone.");
  }
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    outcomes_[i] = &recorder.counter(
        {"outcome." + std::string(kOutcomeNames[i]), Unit::Count, "Requests that ended so.", {}});
  }
}

}  // namespace ringside::systems
