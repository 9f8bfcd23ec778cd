// The payment service's dealings with a bank: timeouts, retries, and finding out what happened.
#include "engine/systems/payment_service.h"

namespace ringside::systems {
namespace {

constexpr Duration kLongestBackoff = std::chrono::seconds(2);

gateway::RetryPolicy retryPolicy(const GatewayConfig& config) {
  return gateway::RetryPolicy({.backoff = gateway::Backoff::FullJitter,
                               .base = config.retryBase,
                               .cap = kLongestBackoff,
                               .attempts = static_cast<std::int32_t>(config.retryAttempts)});
}

}  // namespace

Bank::Call PaymentService::callBank(PaymentInFlight& payment, Bank::Verb verb, Duration patience) {
  const PaymentRequest& request = payment.request;
  const bool keyed = config_.idempotency == Idempotency::KeyedRow;
  payment.doing = placeOf(Step::Bank);
  payment.endsTask = false;
  return bank(request.method)
      .call({.merchant = request.merchant,
             .key = keyed ? std::optional(request.key) : std::nullopt,
             .fingerprint = request.fingerprint,
             .amount = request.amount,
             .intent = request.intent,
             .verb = verb},
            patience, payment.timer, &payment);
}

void PaymentService::report(Method method, Permit& permit, std::optional<BankAnswer> answer) {
  if (!config_.breakerReports) return;
  const bool answered = answer == BankAnswer::Charged || answer == BankAnswer::Declined;
  breaker(method).report(permit, answered ? gateway::Outcome::Success : gateway::Outcome::Failure,
                         runtime_.now());
}

Task<PaymentService::Money> PaymentService::askBank(PaymentInFlight& payment, Permit& permit) {
  const Method method = payment.request.method;
  gateway::RetryState attempts;
  budget_.deposit(runtime_.now());
  for (;;) {
    const Duration patience =
        config_.bankTimeout > Duration::zero() ? config_.bankTimeout : Duration::max();
    const std::optional<BankAnswer> answer =
        co_await callBank(payment, Bank::Verb::Charge, patience);
    meters_.stepTook(Step::Bank, payment.trace.served(placeOf(Step::Bank), 0, runtime_.now()));
    report(method, permit, answer);
    if (answer == BankAnswer::Charged) co_return Money::Moved;
    if (answer == BankAnswer::Declined) co_return Money::Declined;
    if (answer != BankAnswer::Refused) {
      const bool canAsk = config_.idempotency == Idempotency::KeyedRow &&
                          config_.unknownPolicy == UnknownPolicy::Enquire;
      if (!canAsk) co_return Money::Unknown;
      co_return co_await enquire(payment);
    }
    // Refused: nothing was charged, so another try is safe, if the budget bears it.
    const std::optional<Duration> pause = retryPause(attempts);
    if (!pause) co_return Money::NotMoved;
    co_await payment.pause(actor_, *pause);
    mark(payment, Place::Backoff);
    std::optional<Permit> next;
    if (!passBreaker(payment, next)) co_return Money::NotMoved;
    permit = std::move(*next);
  }
}

std::optional<Duration> PaymentService::retryPause(gateway::RetryState& attempts) {
  const Instant now = runtime_.now();
  const auto pause = retryPolicy(config_).nextDelay(attempts, now, kNever, jitter_.uniform01());
  return pause && budget_.withdraw(now) ? pause : std::nullopt;
}

Task<PaymentService::Money> PaymentService::enquire(PaymentInFlight& payment) {
  const Duration patience = config_.bankTimeout > Duration::zero()
                                ? config_.bankTimeout
                                : Duration(std::chrono::seconds(2));
  Money money = Money::Unknown;
  for (std::uint32_t i = 0; i < config_.enquiries && money == Money::Unknown; ++i) {
    if (i > 0) {
      const Duration pause = config_.retryBase * (std::int64_t{1} << std::min(i, 7U));
      co_await payment.pause(actor_, fromSeconds(toSeconds(pause) * jitter_.uniform01()));
    }
    const auto answer = co_await callBank(payment, Bank::Verb::Enquire, patience);
    if (answer == BankAnswer::Charged) money = Money::Moved;
    if (answer == BankAnswer::Declined) money = Money::Declined;
    if (answer == BankAnswer::NotFound) money = Money::NotMoved;
  }
  mark(payment, Place::Enquiry);
  co_return money;
}

}  // namespace ringside::systems
