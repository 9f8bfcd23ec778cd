// Auditor: knows what really happened to each payer's intent, and holds the books against it.
//
// Model     An intent is one wish to pay; it may be asked for by several requests. The auditor sees
//           every charge at a bank, every record in the ledger and every answer, wherever they
//           happen. While anything may still touch an intent it is open; when nothing can, it is
//           settled: its charges and records are compared, and it is forgotten.
// Promise   Changes nothing in the system under study. Bounded by the intents that are open.
// Cost      O(1) a call, 40 bytes an open intent.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/huge_pages.h"
#include "engine/systems/payment.h"

namespace ringside::systems {

class Auditor {
 public:
  struct Totals {
    std::uint64_t intents = 0;
    std::uint64_t settled = 0;
    std::uint64_t chargedTwice = 0;     // Charges beyond the first of an intent.
    std::uint64_t paidNotRecorded = 0;  // Charged, and no row in any ledger says so.
    std::uint64_t recordedNotPaid = 0;  // The reverse.
    std::uint64_t reportedFailedButPaid = 0;
    std::uint64_t wrongReplays = 0;          // Answered with the result of another body.
    std::uint64_t fingerprintConflicts = 0;  // Refused because the body differed.
    std::uint64_t endedTwice = 0;            // A request that ended more than once: a bug.
    std::uint64_t lostPostings = 0;          // Acknowledged rows that a failover lost.
    std::uint64_t eventsLost = 0;            // Committed payments whose notification is gone.
    std::int64_t charged = 0;                // Minor units moved by banks.
    std::int64_t recorded = 0;               // Minor units in the ledger's rows.
    std::uint64_t requests = 0;
    std::uint64_t ended = 0;
    std::array<std::uint64_t, kOutcomes> outcomes{};
  };

  // A new intent with one hold on it.
  std::uint32_t open();
  // Keeps an intent open: for a request, a call at a bank, an entry in a queue. One release each.
  void hold(std::uint32_t intent) { ++intents_[intent].holds; }
  void release(std::uint32_t intent);
  void prefetch(std::uint32_t intent) const { __builtin_prefetch(&intents_[intent]); }

  void begun(std::uint32_t intent);
  void ended(std::uint32_t intent, Outcome outcome);
  void charged(std::uint32_t intent, std::int64_t amount);
  void recorded(std::uint32_t intent, std::int64_t amount);

  void wrongReplay() { ++totals_.wrongReplays; }
  void fingerprintConflict() { ++totals_.fingerprintConflicts; }
  void postingLost(std::int64_t amount);
  void eventLost() { ++totals_.eventsLost; }

  [[nodiscard]] const Totals& totals() const { return totals_; }
  [[nodiscard]] std::size_t openIntents() const { return intents_.size() - free_.size(); }
  // Minor units charged for intents still open and not yet in the ledger.
  [[nodiscard]] std::int64_t inDoubt() const { return inDoubt_; }
  // What banks moved, less what ledgers recorded, less what is still in doubt: 0 if all is well.
  [[nodiscard]] std::int64_t unaccounted() const {
    return totals_.charged - totals_.recorded - inDoubt_;
  }
  [[nodiscard]] std::size_t bytes() const { return intents_.capacity() * sizeof(Intent); }

 private:
  struct Intent {
    std::int64_t charged = 0;  // Minor units.
    std::int64_t recorded = 0;
    std::uint16_t holds = 0;
    std::uint16_t charges = 0;
    std::uint16_t records = 0;
    std::uint16_t begun = 0;
    std::uint16_t ended = 0;
    bool toldFailed = false;
    bool toldPaid = false;
  };

  void settle(Intent& intent);

  Table<Intent> intents_;
  Table<std::uint32_t> free_;
  std::int64_t inDoubt_ = 0;
  Totals totals_;
};

}  // namespace ringside::systems
