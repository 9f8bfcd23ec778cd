// MemoryShard: one database shard for virtual time, with a unique key, a ledger and replicas.
//
// Model     Each successful write is one commit with the next log sequence number (LSN). A replica
//           is another MemoryShard to which the caller applies the primary's changes in order, as
//           late as the replication it models. Promoting a replica opens a new epoch; what it had
//           not applied is lost, and handed back.
// Promise   At most one row per key. All balances sum to zero. A replica at LSN n equals its
//           primary
//           as of LSN n. A change from a primary of a past epoch is refused (fencing), and a
//           replica that followed another history past the fork is told so, never merged.
// Time      Passive: a row says when it was created, and prune() drops those older than a horizon.
// Threads   None. One owner.
// Cost      O(1) a call, a row and an index cell touched (the prefetch calls hide both); 64 bytes
//           a row, 16 to 32 of index, 96 a change kept. Segments of rows go back when emptied.
//
// Rejected  SQLite in memory: 1 us a row, and a clock of its own. A row that points to its changes:
//           pruning and log trimming would no longer be independent.
// Compare   connection_pool.h bounds who may talk to it; the time a statement takes is the
//           caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/flat_index.h"
#include "engine/base/sequence_ring.h"
#include "engine/base/time.h"
#include "engine/storage/payment_row.h"

namespace ringside::storage {

class MemoryShard {
 public:
  enum class Role : std::uint8_t { Primary, Replica };
  enum class ChangeLog : std::uint8_t { Keep, Discard };  // Discard: nothing can follow this shard.
  enum class Write : std::uint8_t { Done, Duplicate, Mismatch, Missing, NotPrimary };
  enum class Applied : std::uint8_t { Done, Duplicate, Gap, StaleEpoch, Diverged };

  struct Config {
    Role role = Role::Primary;
    ChangeLog changeLog = ChangeLog::Keep;
    std::size_t expectedRows = 0;  // Reserved at once, to keep growth out of a run.
  };
  struct Written {
    Write outcome;
    const PaymentRow* row;  // The row now under the key, if any; good until the next change.
  };
  struct Promotion {
    std::uint32_t epoch;
    std::uint64_t lostCount;
    std::vector<Change> lost;  // Oldest first; shorter than lostCount if the log had been trimmed.
  };
  struct Counts {
    std::uint64_t inserted = 0, duplicates = 0, updated = 0, mismatches = 0, erased = 0, posted = 0;
    std::uint64_t applied = 0;
    std::uint64_t pruned = 0;
    std::uint64_t prunedOpen = 0;  // Pruned while Pending or Unknown: the horizon is too short.
  };

  static constexpr AccountId kMaxAccounts = 1U << 24;

  explicit MemoryShard(Config config);
  MemoryShard() : MemoryShard(Config{}) {}

  // Done, or Duplicate with the row that holds the key. `row.lsn` is overwritten.
  Written insert(const PaymentRow& row);
  // Sets the state if it is `expected` now, and makes `posting` in the same commit: both or
  // neither. Otherwise Mismatch (with the row as it stands) or Missing.
  Written update(const PaymentKey& key, PaymentState expected, PaymentState next,
                 std::optional<Posting> posting = std::nullopt);
  // Takes the row away, as the rollback of an insert does.
  Written erase(const PaymentKey& key);
  // A commit of money alone. REQUIRES: amount > 0 and both accounts below kMaxAccounts.
  Written post(const Posting& posting);

  [[nodiscard]] const PaymentRow* find(const PaymentKey& key) const;
  static std::uint64_t hashOf(const PaymentKey& key);
  // Asks for the index cell that a call with this key will touch; then, for the row it names.
  // `hash` is the key's.
  void prefetchIndex(std::uint64_t hash) const { index_.prefetch(hash); }
  void prefetchRow(std::uint64_t hash) const {
    const std::uint32_t slot = index_.find(hash, [](std::uint32_t) { return true; });
    if (slot != FlatIndex::kNone) __builtin_prefetch(&rows_.at(numberOf(slot)));
  }
  [[nodiscard]] std::int64_t balance(AccountId account) const;
  [[nodiscard]] std::int64_t balanceSum() const;  // Added up afresh; 0 unless there is a bug.
  [[nodiscard]] std::size_t accountCount() const { return balances_.size(); }
  [[nodiscard]] std::size_t size() const { return index_.size(); }

  // Visits the rows in order of insertion.
  template <class Visit>
  void forEach(Visit&& visit) const {
    for (std::uint64_t n = rows_.begin(); n != rows_.end(); ++n) {
      if (rows_.at(n).lsn != kErased) visit(rows_.at(n));
    }
  }

  // Drops the oldest rows while they were created before `horizon`; how many that was. Balances
  // stay. A replica prunes by itself; a change to a row it has pruned leaves no trace.
  std::size_t prune(Instant horizon);

  [[nodiscard]] std::uint64_t lsn() const { return lsn_; }  // Of the last commit; 0 if none.
  [[nodiscard]] std::uint32_t epoch() const { return epoch_; }
  [[nodiscard]] Role role() const { return role_; }

  // The next change for a replica at `lsn`, or null if there is none or it has been trimmed.
  [[nodiscard]] const Change* changeAfter(std::uint64_t lsn) const {
    return changes_.holds(lsn + 1) ? &changes_.at(lsn + 1) : nullptr;
  }
  [[nodiscard]] std::vector<Change> changesSince(std::uint64_t lsn) const;
  // Forgets the changes up to `lsn`, which every replica has applied.
  void trimChanges(std::uint64_t lsn);
  [[nodiscard]] std::size_t changesKept() const { return changes_.size(); }

  // Takes one change from a primary of `senderEpoch`. Done, or Duplicate (had it already), Gap (the
  // one before is missing), StaleEpoch (the sender was deposed), Diverged (start from a copy).
  // A primary that hears from a later epoch becomes a replica.
  Applied apply(const Change& change, std::uint32_t senderEpoch);

  // Makes this replica the primary in place of `failed`, whose later changes are lost.
  // REQUIRES: this is a replica of `failed`, not ahead of it.
  Promotion promote(const MemoryShard& failed);
  // Takes no writes any more, as a deposed primary that has been told.
  void fence() { role_ = Role::Replica; }

  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::uint64_t kErased = 0;              // The lsn of a row that is gone.
  static constexpr std::uint64_t kSlotMask = 0x7FFF'FFFF;  // Rows are indexed by their low bits.

  [[nodiscard]] std::uint64_t numberOf(std::uint32_t slot) const {
    return rows_.begin() + ((slot - rows_.begin()) & kSlotMask);
  }
  [[nodiscard]] std::uint32_t slotOf(const PaymentKey& key) const;
  [[nodiscard]] PaymentRow* lookUp(const PaymentKey& key);
  void addRow(const PaymentRow& row);
  void dropRow(const PaymentKey& key);
  void move(const Posting& posting);
  void commit(Change change);
  void applyRow(const Change& change);

  Role role_;
  ChangeLog changeLog_;
  std::uint64_t lsn_ = 0;
  std::uint32_t epoch_ = 1;
  std::uint32_t lastEpoch_ = 1;  // Of the commit at lsn_.
  SequenceRing<PaymentRow> rows_;
  FlatIndex index_;
  SequenceRing<Change> changes_;  // Numbered by LSN.
  std::vector<std::int64_t> balances_;
  Counts counts_;
};

}  // namespace ringside::storage
