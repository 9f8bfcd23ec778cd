#include "engine/gateway/idempotency.h"

#include <algorithm>
#include <string>

#include "engine/base/hash.h"

namespace ringside::gateway {
namespace {

// Records forgotten at most in one call: more than one, so that a backlog of them shrinks, and few,
// so that no single request pays for an idle night.
constexpr int kForgottenPerCall = 4;

}  // namespace

using Begun = IdempotencyStore::Begun;

Result<IdempotencyStore::Config> IdempotencyStore::checked(const Config& config) {
  if (config.capacity < 1 || config.capacity > kMaxCapacity) {
    return Error{"idempotency store: capacity is " + std::to_string(config.capacity) +
                 ", allowed is 1 to " + std::to_string(kMaxCapacity)};
  }
  if (config.lease <= Duration(0)) return Error{"idempotency store: lease must be above zero"};
  if (config.retention < config.lease) {
    return Error{"idempotency store: retention must be at least the lease"};
  }
  return config;
}

void IdempotencyStore::Record::setState(State state) {
  olderAndState = (olderAndState & ~3u) | static_cast<std::uint32_t>(state);
}

void IdempotencyStore::Record::setOlder(std::uint32_t older) {
  olderAndState = (older << 2) | (olderAndState & 3u);
}

IdempotencyStore::IdempotencyStore(const Config& config) : config_(config) {
  RINGSIDE_CHECK(checked(config).has_value());
}

std::size_t IdempotencyStore::bytes() const { return records_.bytes() + index_.bytes(); }

Begun IdempotencyStore::begin(const Key& key, std::uint64_t fingerprint, Instant now) {
  now_ = std::max(now_, now);
  forgetOldest(kForgottenPerCall);
  const std::uint32_t record = find(key);
  if (record == FlatIndex::kNone) return start(key, fingerprint);
  if (!isOver(records_[record])) return meet(record, fingerprint);
  forget(record);
  return start(key, fingerprint);
}

Begun IdempotencyStore::start(const Key& key, std::uint64_t fingerprint) {
  if (size() == config_.capacity) return {.verdict = Verdict::Full};
  std::uint32_t record = firstFree_;
  if (record == kNone) {
    record = static_cast<std::uint32_t>(records_.size());
    records_.emplace_back();
  } else {
    firstFree_ = records_[record].newer;
  }
  records_[record].key = key;
  records_[record].fingerprint = fingerprint;
  index_.insert(hashOf(key), record);
  append(record);
  return own(record, Verdict::Started);
}

// A request whose key has a record.
Begun IdempotencyStore::meet(std::uint32_t index, std::uint64_t fingerprint) {
  const Record& record = records_[index];
  if (record.fingerprint != fingerprint) return {.verdict = Verdict::Mismatch};
  if (record.state() == State::Done) return {.verdict = Verdict::Replay, .result = record.value};
  const Instant leaseEnd = record.changed + config_.lease;
  if (now_ <= leaseEnd) {
    return {.verdict = Verdict::InProgress, .retryAfter = leaseEnd - now_ + Duration(1)};
  }
  unlink(index);
  append(index);
  return own(index, Verdict::OutcomeUnknown);
}

Begun IdempotencyStore::own(std::uint32_t index, Verdict verdict) {
  Record& record = records_[index];
  record.setState(State::Running);
  record.value = ++lastSerial_;
  return {.verdict = verdict, .token = {.record = index, .serial = record.value}};
}

bool IdempotencyStore::owns(const Token& token) const {
  if (token.record >= records_.size()) return false;
  const Record& record = records_[token.record];
  return record.state() == State::Running && record.value == token.serial && !isOver(record);
}

IdempotencyStore::Ended IdempotencyStore::complete(const Token& token, std::uint64_t result,
                                                   Instant now) {
  now_ = std::max(now_, now);
  if (!owns(token)) return Ended::Superseded;
  Record& record = records_[token.record];
  record.setState(State::Done);
  record.value = result;
  unlink(token.record);
  append(token.record);
  return Ended::Ok;
}

IdempotencyStore::Ended IdempotencyStore::abandon(const Token& token) {
  if (!owns(token)) return Ended::Superseded;
  forget(token.record);
  return Ended::Ok;
}

bool IdempotencyStore::isOver(const Record& record) const {
  return now_ - record.changed > config_.retention;
}

void IdempotencyStore::forgetOldest(int most) {
  while (most-- > 0 && oldest_ != kNone && isOver(records_[oldest_])) forget(oldest_);
}

void IdempotencyStore::forget(std::uint32_t index) {
  index_.erase(hashOf(records_[index].key), [index](std::uint32_t slot) { return slot == index; });
  unlink(index);
  records_[index].setState(State::Free);
  records_[index].newer = firstFree_;
  firstFree_ = index;
}

void IdempotencyStore::append(std::uint32_t index) {
  Record& record = records_[index];
  record.changed = now_;
  record.newer = kNone;
  record.setOlder(newest_);
  (newest_ == kNone ? oldest_ : records_[newest_].newer) = index;
  newest_ = index;
}

void IdempotencyStore::unlink(std::uint32_t index) {
  const std::uint32_t older = records_[index].older();
  const std::uint32_t newer = records_[index].newer;
  (older == kNone ? oldest_ : records_[older].newer) = newer;
  if (newer == kNone) {
    newest_ = older;
  } else {
    records_[newer].setOlder(older);
  }
}

std::uint64_t IdempotencyStore::hashOf(const Key& key) {
  return mix64(mix64(key.merchant) + key.key);
}

std::uint32_t IdempotencyStore::find(const Key& key) const {
  return index_.find(hashOf(key), [&](std::uint32_t slot) { return records_[slot].key == key; });
}

}  // namespace ringside::gateway
