// GatewayCaches: merchant profiles near the gateways, and stored results of payments.
//
// Model     Profiles: an L1 in each gateway, an L2 shared by all, and the shards as L3, from which
//           one caller loads while the others who want the same merchant wait (single flight).
//           Results: in the L2 alone, under the idempotency key.
// Time      Look-ups are instant here; the round trip is a step of the payment service.
// Threads   None. One owner.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/cache/multi_level.h"
#include "engine/cache/single_flight.h"
#include "engine/runtime/task.h"
#include "engine/runtime/wait_list.h"
#include "engine/systems/gateway_config.h"

namespace ringside::systems {

struct StoredResult {
  std::uint64_t fingerprint = 0;
  Outcome outcome = Outcome::Approved;
};

class GatewayCaches {
 public:
  using Profiles = cache::MultiLevel<std::uint64_t, std::uint32_t>;
  using SharedProfiles = Profiles::Shared;
  using Results = cache::SharedLevel<std::uint64_t, StoredResult>;
  class Follow;
  using Flights = cache::SingleFlight<std::uint64_t, Follow*>;

  GatewayCaches(Runtime& runtime, const GatewayConfig& config, std::uint64_t merchants);

  // True if the merchant's profile is at hand; false if it has to be loaded from a shard.
  [[nodiscard]] bool findProfile(std::uint32_t gateway, std::uint64_t merchant);
  void storeProfile(std::uint32_t gateway, std::uint64_t merchant);

  [[nodiscard]] std::optional<StoredResult> findResult(std::uint64_t key);
  // Ask for what the look-ups will touch.
  void prefetchProfile(std::uint32_t gateway, std::uint64_t merchant, Event::Ahead ahead) const {
    locals_[gateway].prefetch(merchant, ahead == Event::Ahead::Soon);
    profiles_.cache().prefetch(merchant, ahead == Event::Ahead::Soon);
  }
  void prefetchResult(std::uint64_t key) const { results_.cache().prefetch(key, true); }
  void storeResult(std::uint64_t key, const StoredResult& result);

  void killShared();
  void restoreShared();  // Empty, as after a restart.
  [[nodiscard]] bool sharedUp() const { return profiles_.isUp(); }

  // Awaitable follower of a load under way; goes on with whether there is a profile now.
  class Follow {
   public:
    Follow(GatewayCaches& caches, Flights::CallId call) : caches_(caches), call_(call) {}
    Follow(const Follow&) = delete;
    Follow& operator=(const Follow&) = delete;
    ~Follow() {
      if (event_.pending()) caches_.runtime_.cancel(event_);
      if (waiting_) caches_.flights_.leave(call_, ticket_);
    }
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) {
      event_.waiter = self;
      event_.actor = self.promise().actor;
      event_.kind = EventKind::Wakeup;
      ticket_ = caches_.flights_.wait(call_, this);
      waiting_ = true;
    }
    bool await_resume() noexcept {
      waiting_ = false;
      return loaded_;
    }

   private:
    friend class GatewayCaches;
    GatewayCaches& caches_;
    Flights::CallId call_;
    Ticket ticket_{};
    Event event_;
    bool waiting_ = false;
    bool loaded_ = false;
  };

  [[nodiscard]] Flights::Joined joinLoad(std::uint64_t merchant) { return flights_.join(merchant); }
  [[nodiscard]] Follow follow(Flights::CallId call) { return {*this, call}; }
  void finishLoad(Flights::CallId call, bool loaded);

  [[nodiscard]] const Profiles& local(std::size_t gateway) const { return locals_[gateway]; }
  [[nodiscard]] const SharedProfiles& sharedProfiles() const { return profiles_; }
  [[nodiscard]] const Results& results() const { return results_; }
  [[nodiscard]] const Flights& flights() const { return flights_; }
  [[nodiscard]] std::size_t gateways() const { return locals_.size(); }

 private:
  Runtime& runtime_;
  SharedProfiles profiles_;
  Results results_;
  std::vector<Profiles> locals_;
  Flights flights_;
};

}  // namespace ringside::systems
