#include "engine/systems/auditor.h"

#include "engine/base/check.h"

namespace ringside::systems {

std::uint32_t Auditor::open() {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(intents_.size()));
    intents_.emplace_back();
  }
  const std::uint32_t intent = free_.back();
  free_.pop_back();
  intents_[intent] = Intent{.holds = 1};
  ++totals_.intents;
  return intent;
}

void Auditor::release(std::uint32_t intent) {
  Intent& entry = intents_[intent];
  RINGSIDE_CHECK(entry.holds > 0);
  if (--entry.holds > 0) return;
  settle(entry);
  free_.push_back(intent);
}

void Auditor::begun(std::uint32_t intent) {
  hold(intent);
  ++intents_[intent].begun;
  ++totals_.requests;
}

void Auditor::ended(std::uint32_t intent, Outcome outcome) {
  Intent& entry = intents_[intent];
  if (++entry.ended > entry.begun) ++totals_.endedTwice;
  ++totals_.ended;
  ++totals_.outcomes[static_cast<std::size_t>(outcome)];
  entry.toldFailed |= outcome == Outcome::Failed || outcome == Outcome::Declined;
  entry.toldPaid |= outcome == Outcome::Approved;
  release(intent);
}

void Auditor::charged(std::uint32_t intent, std::int64_t amount) {
  Intent& entry = intents_[intent];
  if (++entry.charges > 1) ++totals_.chargedTwice;
  entry.charged += amount;
  inDoubt_ += amount;
  totals_.charged += amount;
}

void Auditor::recorded(std::uint32_t intent, std::int64_t amount) {
  Intent& entry = intents_[intent];
  ++entry.records;
  entry.recorded += amount;
  inDoubt_ -= amount;
  totals_.recorded += amount;
}

void Auditor::postingLost(std::int64_t amount) {
  ++totals_.lostPostings;
  totals_.recorded -= amount;
}

void Auditor::settle(Intent& intent) {
  ++totals_.settled;
  inDoubt_ -= intent.charged - intent.recorded;
  if (intent.charges > intent.records) {
    totals_.paidNotRecorded += static_cast<std::uint64_t>(intent.charges - intent.records);
  } else {
    totals_.recordedNotPaid += static_cast<std::uint64_t>(intent.records - intent.charges);
  }
  if (intent.charges > 0 && intent.toldFailed && !intent.toldPaid) ++totals_.reportedFailedButPaid;
}

}  // namespace ringside::systems
