#include "engine/storage/memory_shard.h"

#include <algorithm>
#include <numeric>

#include "engine/base/check.h"
#include "engine/base/hash.h"

namespace ringside::storage {

MemoryShard::MemoryShard(Config config)
    : role_(config.role), changeLog_(config.changeLog), index_(config.expectedRows) {
  changes_.startAt(1);
}

std::uint64_t MemoryShard::hashOf(const PaymentKey& key) {
  // An odd multiplier keeps (a, b) and (b, a) apart; mixing spreads both over all bits.
  return mix64(key.merchant * 0x9E37'79B9'7F4A'7C15 + key.key);
}

std::uint32_t MemoryShard::slotOf(const PaymentKey& key) const {
  return index_.find(hashOf(key),
                     [&](std::uint32_t slot) { return rows_.at(numberOf(slot)).key == key; });
}

const PaymentRow* MemoryShard::find(const PaymentKey& key) const {
  const std::uint32_t slot = slotOf(key);
  return slot == FlatIndex::kNone ? nullptr : &rows_.at(numberOf(slot));
}

PaymentRow* MemoryShard::lookUp(const PaymentKey& key) {
  const std::uint32_t slot = slotOf(key);
  return slot == FlatIndex::kNone ? nullptr : &rows_.at(numberOf(slot));
}

void MemoryShard::addRow(const PaymentRow& row) {
  RINGSIDE_CHECK(rows_.size() <= kSlotMask);
  const std::uint64_t number = rows_.pushBack(row);
  index_.insert(hashOf(row.key), static_cast<std::uint32_t>(number & kSlotMask));
}

void MemoryShard::dropRow(const PaymentKey& key) {
  const std::uint32_t slot = index_.erase(hashOf(key), [&](std::uint32_t candidate) {
    return rows_.at(numberOf(candidate)).key == key;
  });
  if (slot == FlatIndex::kNone) return;
  // The place stays until it is pruned, so that the rows behind it keep their numbers.
  rows_.at(numberOf(slot)).lsn = kErased;
}

MemoryShard::Written MemoryShard::insert(const PaymentRow& row) {
  if (role_ != Role::Primary) return {Write::NotPrimary, nullptr};
  if (const PaymentRow* existing = find(row.key)) {
    ++counts_.duplicates;
    return {Write::Duplicate, existing};
  }
  PaymentRow stored = row;
  stored.lsn = lsn_ + 1;
  addRow(stored);
  ++counts_.inserted;
  commit({.row = stored, .posting = {}, .kind = ChangeKind::Insert});
  return {Write::Done, &rows_.at(rows_.end() - 1)};
}

MemoryShard::Written MemoryShard::update(const PaymentKey& key, PaymentState expected,
                                         PaymentState next, std::optional<Posting> posting) {
  if (role_ != Role::Primary) return {Write::NotPrimary, nullptr};
  PaymentRow* row = lookUp(key);
  if (row == nullptr) return {Write::Missing, nullptr};
  if (row->state != expected) {
    ++counts_.mismatches;
    return {Write::Mismatch, row};
  }
  row->state = next;
  row->lsn = lsn_ + 1;
  if (posting) move(*posting);
  ++counts_.updated;
  commit({.row = *row, .posting = posting.value_or(Posting{}), .kind = ChangeKind::Update});
  return {Write::Done, row};
}

MemoryShard::Written MemoryShard::erase(const PaymentKey& key) {
  if (role_ != Role::Primary) return {Write::NotPrimary, nullptr};
  const PaymentRow* row = find(key);
  if (row == nullptr) return {Write::Missing, nullptr};
  PaymentRow last = *row;
  last.lsn = lsn_ + 1;
  dropRow(key);
  ++counts_.erased;
  commit({.row = last, .posting = {}, .kind = ChangeKind::Erase});
  return {Write::Done, nullptr};
}

MemoryShard::Written MemoryShard::post(const Posting& posting) {
  if (role_ != Role::Primary) return {Write::NotPrimary, nullptr};
  move(posting);
  Change change{.row = {}, .posting = posting, .kind = ChangeKind::Post};
  change.row.lsn = lsn_ + 1;
  commit(change);
  return {Write::Done, nullptr};
}

void MemoryShard::move(const Posting& posting) {
  RINGSIDE_CHECK(posting.amount > 0);
  const AccountId highest = std::max(posting.debit, posting.credit);
  RINGSIDE_CHECK(highest < kMaxAccounts);
  if (highest >= balances_.size()) balances_.resize(highest + 1, 0);
  std::int64_t& from = balances_[posting.debit];
  RINGSIDE_CHECK(!__builtin_sub_overflow(from, posting.amount, &from));
  std::int64_t& to = balances_[posting.credit];
  RINGSIDE_CHECK(!__builtin_add_overflow(to, posting.amount, &to));
  ++counts_.posted;
}

void MemoryShard::commit(Change change) {
  change.epoch = epoch_;
  change.previousEpoch = lastEpoch_;
  lastEpoch_ = epoch_;
  lsn_ = change.lsn();
  if (changeLog_ == ChangeLog::Keep) changes_.pushBack(change);
}

std::int64_t MemoryShard::balance(AccountId account) const {
  return account < balances_.size() ? balances_[account] : 0;
}

std::int64_t MemoryShard::balanceSum() const {
  return std::accumulate(balances_.begin(), balances_.end(), std::int64_t{0});
}

std::size_t MemoryShard::prune(Instant horizon) {
  std::size_t dropped = 0;
  while (!rows_.empty() && rows_.at(rows_.begin()).created < horizon) {
    const PaymentRow row = rows_.at(rows_.begin());
    if (row.lsn != kErased) {
      dropRow(row.key);
      if (isOpen(row.state)) ++counts_.prunedOpen;
      ++dropped;
    }
    rows_.popFront();
  }
  counts_.pruned += dropped;
  return dropped;
}

std::vector<Change> MemoryShard::changesSince(std::uint64_t lsn) const {
  std::vector<Change> changes;
  for (std::uint64_t n = std::max(lsn + 1, changes_.begin()); n < changes_.end(); ++n) {
    changes.push_back(changes_.at(n));
  }
  return changes;
}

void MemoryShard::trimChanges(std::uint64_t lsn) {
  while (!changes_.empty() && changes_.begin() <= lsn) changes_.popFront();
}

MemoryShard::Applied MemoryShard::apply(const Change& change, std::uint32_t senderEpoch) {
  if (senderEpoch < epoch_) return Applied::StaleEpoch;
  // Two primaries of one epoch cannot be: promote() alone opens one.
  RINGSIDE_CHECK(role_ == Role::Replica || senderEpoch > epoch_);
  epoch_ = senderEpoch;
  role_ = Role::Replica;
  if (change.lsn() <= lsn_) {
    return change.epoch <= lastEpoch_ ? Applied::Duplicate : Applied::Diverged;
  }
  if (change.lsn() > lsn_ + 1) return Applied::Gap;
  if (change.previousEpoch != lastEpoch_) return Applied::Diverged;
  applyRow(change);
  if (change.posting.amount != 0) move(change.posting);
  lsn_ = change.lsn();
  lastEpoch_ = change.epoch;
  if (changeLog_ == ChangeLog::Keep) changes_.pushBack(change);
  ++counts_.applied;
  return Applied::Done;
}

void MemoryShard::applyRow(const Change& change) {
  switch (change.kind) {
    case ChangeKind::Insert:
      // The primary may have pruned an older row of this key before this replica did.
      dropRow(change.row.key);
      addRow(change.row);
      return;
    case ChangeKind::Update:
      if (PaymentRow* row = lookUp(change.row.key)) *row = change.row;
      return;
    case ChangeKind::Erase:
      dropRow(change.row.key);
      return;
    case ChangeKind::Post:
      return;
  }
}

MemoryShard::Promotion MemoryShard::promote(const MemoryShard& failed) {
  RINGSIDE_CHECK(role_ == Role::Replica);
  RINGSIDE_CHECK(lsn_ <= failed.lsn_);
  epoch_ = std::max(epoch_, failed.epoch_) + 1;
  role_ = Role::Primary;
  return {epoch_, failed.lsn_ - lsn_, failed.changesSince(lsn_)};
}

std::size_t MemoryShard::bytes() const {
  return rows_.bytes() + index_.bytes() + changes_.bytes() +
         balances_.capacity() * sizeof(std::int64_t);
}

}  // namespace ringside::storage
