#include "engine/gateway/load_balancer.h"

#include <algorithm>

namespace ringside::gateway {

EndpointSet::EndpointSet(std::uint32_t count) : endpoints_(count) { list(); }

Endpoint EndpointSet::add() {
  endpoints_.emplace_back();
  list();
  return static_cast<Endpoint>(endpoints_.size() - 1);
}

void EndpointSet::markUp(Endpoint endpoint) {
  at(endpoint).up = true;
  list();
}

void EndpointSet::markDown(Endpoint endpoint) {
  at(endpoint).up = false;
  list();
}

void EndpointSet::end(Endpoint endpoint) {
  RINGSIDE_CHECK(at(endpoint).active > 0);
  --at(endpoint).active;
}

void EndpointSet::list() {
  up_.clear();
  for (Endpoint endpoint = 0; endpoint < endpoints_.size(); ++endpoint) {
    if (endpoints_[endpoint].up) up_.push_back(endpoint);
  }
}

std::optional<Endpoint> RoundRobin::pick(const EndpointSet& endpoints) {
  const std::vector<Endpoint>& up = endpoints.up();
  if (up.empty()) return std::nullopt;
  std::size_t next = 0;
  if (last_ && place_ < up.size() && up[place_] == *last_) {
    next = place_ + 1;
  } else if (last_) {
    // The list has changed: go on with the first number after the last one picked.
    next = static_cast<std::size_t>(std::upper_bound(up.begin(), up.end(), *last_) - up.begin());
  }
  place_ = next < up.size() ? next : 0;
  last_ = up[place_];
  return last_;
}

std::optional<Endpoint> LeastRequest::pick(const EndpointSet& endpoints, std::uint64_t draw) {
  const std::vector<Endpoint>& up = endpoints.up();
  if (up.empty()) return std::nullopt;
  // A 32-bit fraction times the count, rounded down: no division, bias below count / 2^32.
  const Endpoint first = up[((draw >> 32) * up.size()) >> 32];
  const Endpoint second = up[((draw & 0xFFFFFFFFu) * up.size()) >> 32];
  return endpoints.active(second) < endpoints.active(first) ? second : first;
}

}  // namespace ringside::gateway
