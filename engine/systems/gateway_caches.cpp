#include "engine/systems/gateway_caches.h"

namespace ringside::systems {

GatewayCaches::GatewayCaches(Runtime& runtime, const GatewayConfig& config, std::uint64_t merchants)
    : runtime_(runtime),
      profiles_({.capacity = static_cast<std::size_t>(merchants), .ttl = config.l2Ttl}),
      results_({.capacity = config.l2Capacity, .ttl = config.l2Ttl}) {
  for (std::uint32_t i = 0; i < config.gateways; ++i) {
    locals_.emplace_back(
        Profiles::Config{.l1 = {.capacity = config.l1Capacity, .ttl = config.l1Ttl}}, profiles_);
  }
  // The shared cache is warm when the run begins, as it is on any day but the first.
  for (std::uint64_t merchant = 0; merchant < merchants; ++merchant) {
    profiles_.putFor(merchant, 1, runtime.now(), config.l2Ttl);
  }
}

bool GatewayCaches::findProfile(std::uint32_t gateway, std::uint64_t merchant) {
  return locals_[gateway].get(merchant, runtime_.now()).outcome == cache::Lookup::Hit;
}

void GatewayCaches::storeProfile(std::uint32_t gateway, std::uint64_t merchant) {
  locals_[gateway].fill(merchant, 1, runtime_.now());
}

std::optional<StoredResult> GatewayCaches::findResult(std::uint64_t key) {
  const auto found = results_.get(key, runtime_.now());
  if (found.outcome != cache::Lookup::Hit) return std::nullopt;
  return *found.value;
}

void GatewayCaches::storeResult(std::uint64_t key, const StoredResult& result) {
  results_.putFor(key, result, runtime_.now(), results_.cache().ttl());
}

void GatewayCaches::killShared() {
  profiles_.takeDown();
  results_.takeDown();
}

void GatewayCaches::restoreShared() {
  profiles_.bringUp(SharedProfiles::Restart::LosesContents);
  results_.bringUp(Results::Restart::LosesContents);
}

void GatewayCaches::finishLoad(Flights::CallId call, bool loaded) {
  flights_.finish(call, [this, loaded](Follow* follower) {
    follower->loaded_ = loaded;
    runtime_.post(follower->event_);
  });
}

}  // namespace ringside::systems
