// IdempotencyStore: answers a repeated request with the first one's result instead of running it.
//
// Model     A record per (merchant, key) with the request's fingerprint. It is running while its
//           owner works, then done with a result, which repeats replay. A running record whose
//           owner has been silent for longer than `lease` has an unknown outcome: the next caller
//           becomes its owner, told to find out what happened before doing anything.
// Promise   Within `retention` of a record's last change its key is started once; a request with
//           another fingerprint is never answered with this one's result; nothing is run a second
//           time because an owner died. At most `capacity` records are held; none is dropped early.
// Time      Passive; at exactly the end of a lease or of retention it still holds. A clock that
//           goes back is read as standing still.
// Threads   None. One owner.
// Cost      O(1), amortised over growth. A record is 48 bytes and its place in the index 16 to 32.
//
// Rejected  Evicting the oldest when full: its payment could then be made twice. Storing the result
//           under the key alone: a reused key would replay another payment's result.
//           Freeing the key when a lease ends: that is running again, silently.
// Compare   retry.h is the client that makes this necessary.
// Source    The IETF Idempotency-Key draft: 409 while running, 422 for another payload.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/flat_index.h"
#include "engine/base/result.h"
#include "engine/base/segmented.h"
#include "engine/base/time.h"

namespace ringside::gateway {

class IdempotencyStore {
 public:
  struct Config {
    std::uint32_t capacity = 1'000'000;           // Records, 1 to kMaxCapacity.
    Duration retention = std::chrono::hours(24);  // At least the lease.
    Duration lease = std::chrono::seconds(30);    // Above zero.
  };
  static constexpr std::uint32_t kMaxCapacity = 1u << 29;

  // A client's key, hashed to 64 bits by the caller. Should two keys of a merchant collide, their
  // fingerprints differ: the later one is refused, never given the other's result.
  struct Key {
    std::uint64_t merchant = 0;
    std::uint64_t key = 0;

    friend bool operator==(const Key&, const Key&) = default;
  };

  enum class Verdict : std::uint8_t {
    Started,         // First of its key: run it, then complete() or abandon().
    Replay,          // Done before; here is the result.
    InProgress,      // Its owner is at work (409); the lease ends in retryAfter.
    Mismatch,        // The key was used for another request (422).
    OutcomeUnknown,  // Its owner fell silent; the caller owns it now. Find out, then end it.
    Full,            // No room for another record (503).
  };

  // Names one ownership of one record. Worthless once the record has another owner.
  struct Token {
    std::uint32_t record = 0;
    std::uint64_t serial = 0;
  };

  struct Begun {
    Verdict verdict = Verdict::Full;
    Token token{};             // Of Started and OutcomeUnknown.
    std::uint64_t result = 0;  // Of Replay.
    Duration retryAfter{0};    // Of InProgress.
  };

  enum class Ended : std::uint8_t { Ok, Superseded };  // Superseded: the record has another owner.

  // The configuration itself, or a sentence that says which field is out of range.
  static Result<Config> checked(const Config& config);

  // REQUIRES: checked(config) holds a value.
  explicit IdempotencyStore(const Config& config);

  [[nodiscard]] Begun begin(const Key& key, std::uint64_t fingerprint, Instant now);

  // Stores the result for replay. Late is fine as long as nobody has taken over.
  Ended complete(const Token& token, std::uint64_t result, Instant now);

  // Nothing was done and nothing will be: forgets the record, so that the key may start again.
  Ended abandon(const Token& token);

  // Asks for what begin() will touch.
  void prefetch(const Key& key) const { index_.prefetch(hashOf(key)); }

  [[nodiscard]] std::size_t size() const { return index_.size(); }
  [[nodiscard]] std::size_t bytes() const;

 private:
  enum class State : std::uint32_t { Free, Running, Done };
  static constexpr std::uint32_t kNone = kMaxCapacity;  // Not a record.

  struct Record {
    Key key;
    std::uint64_t fingerprint = 0;
    std::uint64_t value = 0;  // Running: the serial of its owner. Done: the result.
    Instant changed{};
    std::uint32_t newer = kNone;
    std::uint32_t olderAndState = 0;  // older * 4 + state.

    [[nodiscard]] State state() const { return static_cast<State>(olderAndState & 3u); }
    [[nodiscard]] std::uint32_t older() const { return olderAndState >> 2; }
    void setState(State state);
    void setOlder(std::uint32_t older);
  };
  static_assert(sizeof(Record) == 48);

  Begun start(const Key& key, std::uint64_t fingerprint);
  Begun meet(std::uint32_t record, std::uint64_t fingerprint);
  Begun own(std::uint32_t record, Verdict verdict);
  [[nodiscard]] bool owns(const Token& token) const;
  [[nodiscard]] bool isOver(const Record& record) const;
  void forgetOldest(int most);
  void forget(std::uint32_t record);
  void append(std::uint32_t record);
  void unlink(std::uint32_t record);
  [[nodiscard]] static std::uint64_t hashOf(const Key& key);
  [[nodiscard]] std::uint32_t find(const Key& key) const;

  Config config_;
  Segmented<Record> records_;
  FlatIndex index_;
  std::uint32_t oldest_ = kNone;  // A list in the order of the last change, hence of expiry.
  std::uint32_t newest_ = kNone;
  std::uint32_t firstFree_ = kNone;
  std::uint64_t lastSerial_ = 0;
  Instant now_ = Instant::min();
};

}  // namespace ringside::gateway
