// PaymentRow: what a shard keeps of one payment, and the change by which replicas learn of it.
//
// Model     A row is found by (merchant, key), where key is the idempotency key or the payment id,
//           as the service that owns the table decides. Amounts are whole minor units, so sums are
//           exact. A Change is one commit: the row as it then stood, a posting, or both.
// Promise   64 bytes a row, which is one cache line.
#pragma once

#include <cstdint>

#include "engine/base/time.h"

namespace ringside::storage {

// Pending: decided to charge, not known to have. Unknown: asked the bank, and the answer was lost.
enum class PaymentState : std::uint8_t { Pending, Succeeded, Failed, Unknown };

// Whether money may still be moving for a row in this state.
constexpr bool isOpen(PaymentState state) {
  return state == PaymentState::Pending || state == PaymentState::Unknown;
}

struct PaymentKey {
  std::uint64_t merchant = 0;
  std::uint64_t key = 0;
  friend bool operator==(const PaymentKey&, const PaymentKey&) = default;
};

struct PaymentRow {
  PaymentKey key;
  std::uint64_t payment = 0;      // The payment this row answers for.
  std::uint64_t fingerprint = 0;  // Of the request body: the same key with another body is refused.
  std::int64_t amount = 0;        // Minor units.
  Instant created{};              // Decides when it is pruned.
  std::uint64_t lsn = 0;          // The last commit that touched it.
  std::uint32_t tag = 0;          // The service's own: method, bank, attempt.
  PaymentState state = PaymentState::Pending;
  friend bool operator==(const PaymentRow&, const PaymentRow&) = default;
};
static_assert(sizeof(PaymentRow) == 64);

using AccountId = std::uint32_t;

// Moves `amount` from one account to another: double entry, so balances always sum to zero.
struct Posting {
  AccountId debit = 0;   // Loses the amount.
  AccountId credit = 0;  // Gains it.
  std::int64_t amount = 0;
  friend bool operator==(const Posting&, const Posting&) = default;
};

enum class ChangeKind : std::uint8_t { Insert, Update, Erase, Post };

struct Change {
  PaymentRow row;                   // As committed; for Post only row.lsn means anything.
  Posting posting;                  // Amount 0 if the commit moved no money.
  std::uint32_t epoch = 0;          // Of the primary that committed it.
  std::uint32_t previousEpoch = 0;  // Of the commit before it, by which a fork is recognised.
  ChangeKind kind = ChangeKind::Post;

  [[nodiscard]] std::uint64_t lsn() const { return row.lsn; }
  friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace ringside::storage
