// PaymentInFlight: one request on its way through, with all that is known of it.
//
// Model     It lives in the task that serves it. Its timer serves every timed step, since a payment
//           does one thing at a time: so the tasks' frames stay small, and what an event of a
//           payment touches lies together.
// Promise   Stays where it is; the timer leaves the queue when the payment goes.
#pragma once

#include <cstdint>

#include "engine/runtime/runtime.h"
#include "engine/systems/payment_trace.h"
#include "engine/systems/shard_cluster.h"

namespace ringside::systems {

class PaymentService;

struct PaymentInFlight {
  // `keeper` times its steps and knows what their ends will touch.
  PaymentInFlight(Runtime& in, const PaymentRequest& asked, const PaymentService* keeper)
      : runtime(in), service(keeper), arrived(in.now()), request(asked), trace(in.now()) {
    timer.payment = this;
    timer.warm = &prefetch;
  }
  PaymentInFlight(const PaymentInFlight&) = delete;
  PaymentInFlight& operator=(const PaymentInFlight&) = delete;
  ~PaymentInFlight() {
    if (timer.pending()) runtime.cancel(timer);
  }

  // A timed step: sleeps for `length` in the name of `actor`.
  class Step;
  [[nodiscard]] Step pause(ActorId actor, Duration length);

  // What the event of a payment's timer will touch.
  static void prefetch(const Event& timer, Event::Ahead ahead);

  struct Timer : Event {
    const PaymentInFlight* payment = nullptr;
  };

  Timer timer;
  Runtime& runtime;
  const PaymentService* service;
  Instant arrived;
  PaymentRequest request;
  ShardCluster::Copies copies;  // Where its row is; refresh() before relying on it.
  std::uint16_t gateway = 0;
  std::uint16_t shard = 0;       // Of the statement under way.
  Place doing = Place::Gateway;  // The step that the timer is for.
  bool endsTask = false;         // Whether its end touches the task beyond the one that waits.
  PaymentTrace trace;
};

class PaymentInFlight::Step {
 public:
  explicit Step(PaymentInFlight& payment) : payment_(payment) {}
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> self) {
    payment_.timer.waiter = self;
    payment_.runtime.schedule(payment_.timer);
  }
  void await_resume() const noexcept {}

 protected:
  [[nodiscard]] PaymentInFlight& payment() const { return payment_; }

 private:
  PaymentInFlight& payment_;
};

inline PaymentInFlight::Step PaymentInFlight::pause(ActorId actor, Duration length) {
  timer.at = runtime.now() + length;
  timer.actor = actor;
  timer.kind = EventKind::Service;
  return Step(*this);
}

}  // namespace ringside::systems
