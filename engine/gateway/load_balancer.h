// EndpointSet, RoundRobin, LeastRequest: choosing which of several equal servers gets a request.
//
// Model     An EndpointSet knows, for each endpoint, whether it is up and how many requests it has
//           in flight. RoundRobin takes the next one that is up, in order of number. LeastRequest
//           looks at two that are up, drawn at random, and takes the less busy.
// Promise   An endpoint marked down is not picked; its requests in flight are still counted. Ties
//           go to the endpoint drawn first.
// Chance    Passed in: one 64-bit draw a pick, each half of which draws one endpoint.
// Threads   None. One owner.
// Cost      Picking O(1); marking up or down O(endpoints). Allocates when an endpoint is added.
// Rejected  Always the least busy of all: several balancers with the same stale view then send
//           everything to one endpoint. Two choices are nearly as even and do not herd.
// Source    Mitzenmacher 2001; with replacement and a strict comparison, as Envoy has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/check.h"

namespace ringside::gateway {

using Endpoint = std::uint32_t;

class EndpointSet {
 public:
  explicit EndpointSet(std::uint32_t count = 0);

  Endpoint add();
  void markUp(Endpoint endpoint);
  void markDown(Endpoint endpoint);

  // A request begins at, or ends at, the endpoint.
  void begin(Endpoint endpoint) { ++at(endpoint).active; }
  void end(Endpoint endpoint);

  [[nodiscard]] bool isUp(Endpoint endpoint) const { return endpoints_[endpoint].up; }
  [[nodiscard]] std::uint32_t active(Endpoint endpoint) const {
    return endpoints_[endpoint].active;
  }
  [[nodiscard]] std::size_t size() const { return endpoints_.size(); }
  // Those that are up, in order of number.
  [[nodiscard]] const std::vector<Endpoint>& up() const { return up_; }

 private:
  struct State {
    bool up = true;
    std::uint32_t active = 0;
  };

  State& at(Endpoint endpoint) {
    RINGSIDE_CHECK(endpoint < endpoints_.size());
    return endpoints_[endpoint];
  }
  void list();

  std::vector<State> endpoints_;
  std::vector<Endpoint> up_;
};

class RoundRobin {
 public:
  // Nothing if no endpoint is up.
  [[nodiscard]] std::optional<Endpoint> pick(const EndpointSet& endpoints);

 private:
  std::optional<Endpoint> last_;
  std::size_t place_ = 0;  // Where `last_` was listed.
};

class LeastRequest {
 public:
  // Nothing if no endpoint is up. `draw` is 64 random bits.
  [[nodiscard]] static std::optional<Endpoint> pick(const EndpointSet& endpoints,
                                                    std::uint64_t draw);
};

}  // namespace ringside::gateway
