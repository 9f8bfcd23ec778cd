#include "engine/systems/bank.h"

#include <new>

namespace ringside::systems {
namespace {

constexpr Duration kRefusal =
    std::chrono::milliseconds(1);      // A refused connection comes back fast.
constexpr std::size_t kTouched = 384;  // Bytes of a payment.
constexpr double kEnquiryShare = 0.2;  // An enquiry reads; it takes a fifth of a charge.

gateway::IdempotencyStore::Config seenConfig(const GatewayConfig& config) {
  return {.capacity = gateway::IdempotencyStore::kMaxCapacity,
          .retention = config.retention + std::chrono::seconds(60),
          .lease = std::chrono::seconds(60)};
}

std::string nameOf(Method method) {
  return "bank " + std::string(kMethodNames[static_cast<std::size_t>(method)]);
}

}  // namespace

Bank::Bank(Runtime& runtime, Method method, const GatewayConfig& config, Auditor& auditor)
    : runtime_(runtime),
      method_(method),
      config_(config),
      auditor_(auditor),
      actor_(runtime.actor(nameOf(method))),
      latency_(stepDelay(config, Step::Bank)),
      latencies_(runtime.random(nameOf(method) + " latency")),
      fates_(runtime.random(nameOf(method) + " fate")),
      seen_(seenConfig(config)) {}

Bank::~Bank() {
  for (Work* const work : works_) {
    if (work->pending()) runtime_.cancel(*work);
    work->~Work();
    releaseFrame(work, sizeof(Work));
  }
}

void Bank::configChanged() { latency_ = stepDelay(config_, Step::Bank); }

void Bank::setDown(bool down) {
  if (down && !down_) ++epoch_;
  down_ = down;
}

Bank::Call Bank::call(const Request& request, Duration patience, Event& timer,
                      const void* touched) {
  Work* const work = accept(request);
  if (work != nullptr) work->touched = touched;
  const Instant now = runtime_.now();
  timer.at = patience > kNever - now ? kNever : now + patience;
  timer.kind = EventKind::Timeout;
  return {*this, work, timer};
}

void Bank::begin(Call& caller) {
  // An answer that comes in time needs no timer; nearly all do.
  if (caller.work_ == nullptr || caller.work_->at >= caller.timer_.at) arm(caller);
  if (caller.work_ != nullptr) caller.work_->frame = caller.timer_.waiter;
}

void Bank::arm(Call& caller) {
  if (caller.timer_.at != kNever) runtime_.schedule(caller.timer_);
}

// The work that the request becomes; null if it was lost on the way.
Bank::Work* Bank::accept(const Request& request) {
  ++counts_.calls;
  if (request.verb == Verb::Enquire) ++counts_.enquiries;
  // Every draw is made whatever comes of it, so that a changed ratio leaves the others in step.
  const bool requestLost = fates_.chance(config_.packetLoss);
  const bool reachable = fates_.chance(config_.bankAvailability);
  const bool declines = fates_.chance(config_.bankError);
  const bool answerLost = fates_.chance(config_.bankReplyLost);
  const bool answerDropped = fates_.chance(config_.packetLoss);
  const double share = (request.verb == Verb::Enquire ? kEnquiryShare : 1.0) * slowdown_;
  const Duration drawn = latency_.sample(latencies_);
  const Duration latency = share == 1 ? drawn : fromSeconds(toSeconds(drawn) * share);
  if (down_) ++counts_.toDead;
  if (requestLost) {
    ++counts_.unanswered;
    return nullptr;
  }
  if (free_.empty()) {
    works_.push_back(::new (allocateFrame(sizeof(Work))) Work);
    free_.push_back(works_.back());
  }
  Work& work = *free_.back();
  free_.pop_back();
  work.request = request;
  work.bank = this;
  work.touched = nullptr;
  work.decided = down_ || !reachable;
  work.fixed = BankAnswer::Refused;
  work.declines = declines;
  work.answerLost = answerLost || answerDropped;
  work.epoch = epoch_;
  auditor_.hold(request.intent);
  work.at = runtime_.now() + (work.decided ? kRefusal : latency);
  work.actor = actor_;
  work.kind = EventKind::Service;
  work.warm = &prefetch;
  work.fire = [](Event& event) {
    auto& due = static_cast<Work&>(event);
    due.bank->finish(due);
  };
  runtime_.schedule(work);
  return &work;
}

void Bank::finish(Work& work) {
  const bool dropped = !work.decided && work.epoch != epoch_;
  BankAnswer answer = BankAnswer::Refused;
  if (work.decided) {
    ++counts_.refused;
  } else if (!dropped) {
    answer = work.request.verb == Verb::Charge ? charge(work) : lookUp(work);
  }
  Call* caller = work.caller;
  const bool heard = !dropped && (work.decided || !work.answerLost);
  if (!heard) ++counts_.unanswered;
  if (caller != nullptr) caller->work_ = nullptr;
  auditor_.release(work.request.intent);
  release(work);
  if (caller == nullptr) return;
  if (!heard) {
    if (!caller->timer_.pending()) arm(*caller);
    return;
  }
  caller->answer_ = answer;
  if (caller->timer_.pending()) runtime_.cancel(caller->timer_);
  runtime_.resume(caller->timer_.waiter);
}

void Bank::prefetch(const Event& event, Event::Ahead ahead) {
  const auto& work = static_cast<const Work&>(event);
  if (ahead == Event::Ahead::Soon) {
    if (work.request.key) work.bank->seen_.prefetch({work.request.merchant, *work.request.key});
    work.bank->auditor_.prefetch(work.request.intent);
    if (work.touched != nullptr) prefetchBytes(work.touched, kTouched);
  }
  if (work.caller != nullptr) Event::prefetchFrame(work.frame, ahead);
}

BankAnswer Bank::charge(const Work& work) {
  using Verdict = gateway::IdempotencyStore::Verdict;
  const Request& request = work.request;
  gateway::IdempotencyStore::Begun begun{.verdict = Verdict::Started};
  if (request.key) {
    begun = seen_.begin({request.merchant, *request.key}, request.fingerprint, runtime_.now());
    if (begun.verdict == Verdict::Replay) return static_cast<BankAnswer>(begun.result);
    if (begun.verdict != Verdict::Started) return BankAnswer::Declined;
  }
  const BankAnswer answer = work.declines ? BankAnswer::Declined : BankAnswer::Charged;
  if (answer == BankAnswer::Charged) {
    ++counts_.charged;
    auditor_.charged(request.intent, request.amount);
  } else {
    ++counts_.declined;
  }
  if (request.key) {
    seen_.complete(begun.token, static_cast<std::uint64_t>(answer), runtime_.now());
  }
  return answer;
}

BankAnswer Bank::lookUp(const Work& work) {
  using Verdict = gateway::IdempotencyStore::Verdict;
  const Request& request = work.request;
  RINGSIDE_CHECK(request.key.has_value());
  auto begun = seen_.begin({request.merchant, *request.key}, request.fingerprint, runtime_.now());
  if (begun.verdict == Verdict::Replay) return static_cast<BankAnswer>(begun.result);
  if (begun.verdict == Verdict::Started) {
    // Not heard of: closed, so that a request still under way cannot charge after this answer.
    seen_.complete(begun.token, static_cast<std::uint64_t>(BankAnswer::Declined), runtime_.now());
    return BankAnswer::NotFound;
  }
  return BankAnswer::Working;
}

void Bank::release(Work& work) {
  work.caller = nullptr;
  free_.push_back(&work);
}

}  // namespace ringside::systems
