// Pause: one timed step of a payment, written down when it is over.
//
// Model     A sleep that, when it ends, records the step and marks the payment's trace. Private to
//           the payment service.
#pragma once

#include "engine/systems/payment_service.h"

namespace ringside::systems {

class PaymentService::Pause : public Sleep {
 public:
  struct What {
    ActorId actor;
    Duration service{};
    Duration wait{};  // Before it, for what it needs.
    std::uint8_t component = 0;
  };

  Pause(PaymentService& service, PaymentInFlight& payment, Step step, const What& what)
      : Sleep(service.runtime_, service.runtime_.now() + what.service, what.actor,
              EventKind::Service),
        service_(service),
        payment_(payment),
        start_(service.runtime_.now()),
        step_(step),
        what_(what) {}

  void await_resume() {
    service_.meters_.stepTook(step_, what_.service);
    payment_.trace.mark(static_cast<std::uint8_t>(step_), what_.component,
                        start_ - what_.wait - payment_.arrived, what_.wait, what_.service);
  }

 private:
  PaymentService& service_;
  PaymentInFlight& payment_;
  Instant start_;
  Step step_;
  What what_;
};

}  // namespace ringside::systems
