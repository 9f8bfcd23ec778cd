#include "engine/systems/payment_in_flight.h"

#include "engine/systems/payment_service.h"

namespace ringside::systems {

void PaymentInFlight::prefetch(const Event& timer, Event::Ahead ahead) {
  const PaymentInFlight& payment = *static_cast<const Timer&>(timer).payment;
  // The request is here already: the queue asks for what stands beside an event with it.
  if (ahead == Event::Ahead::Soon) payment.trace.prefetch();
  if (ahead == Event::Ahead::Soon || payment.endsTask) Event::prefetchFrame(timer.waiter, ahead);
  if (payment.service != nullptr) payment.service->prefetch(payment, ahead);
}

}  // namespace ringside::systems
