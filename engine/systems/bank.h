// Bank: the other side of a payment method: slow, fallible, and the only one that moves money.
//
// Model     A call takes a drawn latency; at its end the bank charges or declines, and answers. The
//           work goes on when the caller stops waiting, and the answer can be lost on the way: so a
//           caller that hears nothing knows nothing. With a key the bank charges once and repeats
//           its answer; without one every call charges.
// Faults    Down: refuses connections, and drops what it was working on. Slow: latencies grow by a
//           factor. Lossy: requests and answers vanish.
// Threads   None. One owner.
// Cost      One event a call, from a pool of calls; nothing is allocated once warm. The caller's
//           patience costs a timer only where the answer will not come in time.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/base/rng.h"
#include "engine/gateway/idempotency.h"
#include "engine/runtime/task.h"
#include "engine/systems/auditor.h"
#include "engine/systems/gateway_config.h"
#include "engine/systems/payment.h"

namespace ringside::systems {

enum class BankAnswer : std::uint8_t {
  Charged,
  Declined,
  Refused,   // Not reached: certainly not charged.
  Working,   // To an enquiry, or a repeat: the first call is under way.
  NotFound,  // To an enquiry: never heard of it.
};

class Bank {
 public:
  Bank(Runtime& runtime, Method method, const GatewayConfig& config, Auditor& auditor);
  Bank(const Bank&) = delete;
  Bank& operator=(const Bank&) = delete;
  ~Bank();

  // Enquire asks what became of a charge, and voids one that has not happened, so that the answer
  // NotFound stays true.
  enum class Verb : std::uint8_t { Charge, Enquire };
  class Call;

  struct Request {
    std::uint64_t merchant = 0;
    std::optional<std::uint64_t> key;  // None: the bank cannot tell a repeat.
    std::uint64_t fingerprint = 0;
    std::int64_t amount = 0;
    std::uint32_t intent = 0;
    Verb verb = Verb::Charge;
  };

 private:
  struct Work : Event {
    Call* caller = nullptr;  // Null once it has stopped waiting.
    Bank* bank = nullptr;
    const void* touched = nullptr;  // What the caller touches when it goes on.
    std::coroutine_handle<> frame;  // The caller's. Both for prefetching alone.
    Request request;
    std::uint32_t epoch = 0;
    BankAnswer fixed = BankAnswer::Refused;  // Used where `decided`.
    bool decided = false;                    // The answer needs no work: a refusal.
    bool declines = false;
    bool answerLost = false;
  };

 public:
  // Awaitable; goes on with the answer, or empty when the caller's patience has run out.
  class Call {
   public:
    Call(Bank& bank, Work* work, Event& timer) : bank_(bank), work_(work), timer_(timer) {
      if (work_ != nullptr) work_->caller = this;
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call() {
      if (timer_.pending()) bank_.runtime_.cancel(timer_);
      if (work_ != nullptr) work_->caller = nullptr;
    }
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) {
      timer_.waiter = self;
      timer_.actor = self.promise().actor;
      bank_.begin(*this);
    }
    [[nodiscard]] std::optional<BankAnswer> await_resume() {
      if (work_ != nullptr) std::exchange(work_, nullptr)->caller = nullptr;
      return answer_;
    }

   private:
    friend class Bank;
    Bank& bank_;
    Work* work_;    // Null: the request is lost on the way, or the work is over.
    Event& timer_;  // When patience ends.
    std::optional<BankAnswer> answer_;
  };

  // To be awaited at once, by a task that lends its `timer` for that long. Waits at most
  // `patience`; Duration::max(): for ever. `touched`, if given, is asked for ahead of the answer.
  [[nodiscard]] Call call(const Request& request, Duration patience, Event& timer,
                          const void* touched = nullptr);

  void configChanged();
  void setDown(bool down);
  void setSlowdown(double factor) { slowdown_ = factor; }
  [[nodiscard]] bool isDown() const { return down_; }
  [[nodiscard]] double slowdown() const { return slowdown_; }

  struct Counts {
    std::uint64_t calls = 0;
    std::uint64_t toDead = 0;  // Calls made while it was down.
    std::uint64_t charged = 0;
    std::uint64_t declined = 0;
    std::uint64_t refused = 0;
    std::uint64_t unanswered = 0;  // Lost requests and lost answers.
    std::uint64_t enquiries = 0;
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] std::size_t working() const { return works_.size() - free_.size(); }
  [[nodiscard]] ActorId actor() const { return actor_; }
  [[nodiscard]] Method method() const { return method_; }

 private:
  void begin(Call& caller);
  void arm(Call& caller);
  Work* accept(const Request& request);
  static void prefetch(const Event& event, Event::Ahead ahead);
  void finish(Work& work);
  BankAnswer charge(const Work& work);
  BankAnswer lookUp(const Work& work);
  void release(Work& work);

  Runtime& runtime_;
  Method method_;
  const GatewayConfig& config_;
  Auditor& auditor_;
  ActorId actor_;
  Delay latency_;
  Rng latencies_;
  Rng fates_;
  gateway::IdempotencyStore seen_;
  std::vector<Work*> works_;  // Every one there is, from the frame pool: events point to it.
  std::vector<Work*> free_;
  double slowdown_ = 1;
  bool down_ = false;
  std::uint32_t epoch_ = 0;  // Counts outages: work from before one is dropped.
  Counts counts_;
};

}  // namespace ringside::systems
