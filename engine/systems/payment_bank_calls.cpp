// The payment service's dealings with a bank: timeouts, retries, and finding out what happened.
#include "engine/runtime/timeout.h"
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

Task<BankAnswer> PaymentService::callBank(const PaymentRequest& request, Bank::Verb verb) {
  const bool keyed = config_.idempotency == Idempotency::KeyedRow;
  co_return co_await bank(request.method)
      .call({.merchant = request.merchant,
             .key = keyed ? std::optional(request.key) : std::nullopt,
             .fingerprint = request.fingerprint,
             .amount = request.amount,
             .intent = request.intent,
             .verb = verb});
}

Task<PaymentService::Money> PaymentService::askBank(PaymentInFlight& payment, Permit permit) {
  const PaymentRequest& request = payment.request;
  const gateway::RetryPolicy retries = retryPolicy(config_);
  gateway::RetryState attempts;
  budget_.deposit(runtime_.now());
  for (;;) {
    const Instant start = runtime_.now();
    std::optional<BankAnswer> answer;
    if (config_.bankTimeout > Duration::zero()) {
      answer = co_await withTimeout(runtime_, callBank(request, Bank::Verb::Charge),
                                    config_.bankTimeout);
    } else {
      answer = co_await callBank(request, Bank::Verb::Charge);
    }
    mark(payment, static_cast<Place>(Step::Bank), start);
    meters_.stepTook(Step::Bank, runtime_.now() - start);
    const bool answered = answer == BankAnswer::Charged || answer == BankAnswer::Declined;
    if (config_.breakerReports) {
      breaker(request.method)
          .report(permit, answered ? gateway::Outcome::Success : gateway::Outcome::Failure,
                  runtime_.now());
    }
    if (answered) co_return answer == BankAnswer::Charged ? Money::Moved : Money::Declined;
    if (answer != BankAnswer::Refused) {
      const bool canAsk = config_.idempotency == Idempotency::KeyedRow &&
                          config_.unknownPolicy == UnknownPolicy::Enquire;
      if (!canAsk) co_return Money::Unknown;
      co_return co_await enquire(payment);
    }
    // Refused: nothing was charged, so another try is safe, if the budget bears it.
    const Instant now = runtime_.now();
    const auto pause = retries.nextDelay(attempts, now, kNever, jitter_.uniform01());
    if (!pause || !budget_.withdraw(now)) co_return Money::NotMoved;
    co_await sleepFor(runtime_, *pause, actor_);
    mark(payment, Place::Backoff, now);
    auto admission = breaker(request.method).admit(runtime_.now());
    if (!admission) co_return Money::NotMoved;
    permit = std::move(*admission.permit);
  }
}

Task<PaymentService::Money> PaymentService::enquire(PaymentInFlight& payment) {
  const Duration patience = config_.bankTimeout > Duration::zero()
                                ? config_.bankTimeout
                                : Duration(std::chrono::seconds(2));
  const Instant start = runtime_.now();
  Money money = Money::Unknown;
  for (std::uint32_t i = 0; i < config_.enquiries && money == Money::Unknown; ++i) {
    if (i > 0) {
      const Duration pause = config_.retryBase * (std::int64_t{1} << std::min(i, 7U));
      co_await sleepFor(runtime_, fromSeconds(toSeconds(pause) * jitter_.uniform01()), actor_);
    }
    const auto answer =
        co_await withTimeout(runtime_, callBank(payment.request, Bank::Verb::Enquire), patience);
    if (answer == BankAnswer::Charged) money = Money::Moved;
    if (answer == BankAnswer::Declined) money = Money::Declined;
    if (answer == BankAnswer::NotFound) money = Money::NotMoved;
  }
  mark(payment, Place::Enquiry, start);
  co_return money;
}

}  // namespace ringside::systems
