// OpenCalls: the calls of a SingleFlight, found by key and named so that an old name is recognised.
//
// Model     A call is Open, then Draining while its followers are told, then Closed; its place is
//           used again under a new generation. The key leads to it until release().
// Threads   None. A part of single_flight.h, which is what to use.
// Cost      O(1) a call, no allocation after warm-up.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/flat_index.h"
#include "engine/base/linked_pool.h"

namespace ringside::cache {

struct CallId {
  std::uint32_t slot = FlatIndex::kNone;
  std::uint32_t generation = 0;
  friend bool operator==(const CallId&, const CallId&) = default;
};

template <class Key, class Follower, class Hash>
class OpenCalls {
 public:
  struct Call {
    std::uint64_t leader = 0;
    std::uint64_t duplicates = 0;
    typename LinkedPool<Follower>::List followers;
  };

  // The call the key leads to; its slot is FlatIndex::kNone if there is none.
  [[nodiscard]] CallId find(const Key& key) const {
    const std::uint32_t slot =
        index_.find(Hash{}(key), [&](std::uint32_t at) { return places_[at].key == key; });
    return slot == FlatIndex::kNone ? CallId{} : CallId{slot, places_[slot].generation};
  }

  // REQUIRES: the key leads to no call.
  CallId start(const Key& key, std::uint64_t leader) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(places_.size()));
      places_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    Place& place = places_[slot];
    place = {key, {leader, 0, {}}, place.generation, State::Open, true};
    index_.insert(Hash{}(key), slot);
    return {slot, place.generation};
  }

  // Takes the key from the call if it still has it; whether it had.
  bool release(CallId id) {
    Place& place = places_[id.slot];
    if (!std::exchange(place.current, false)) return false;
    index_.erase(Hash{}(place.key), [&](std::uint32_t at) { return at == id.slot; });
    return true;
  }

  void drain(CallId id) { places_[id.slot].state = State::Draining; }

  void close(CallId id) {
    Place& place = places_[id.slot];
    place.state = State::Closed;
    ++place.generation;
    free_.push_back(id.slot);
  }

  [[nodiscard]] bool isOpen(CallId id) const {
    return isLive(id) && places_[id.slot].state == State::Open;
  }
  [[nodiscard]] bool isLive(CallId id) const {  // Open or Draining.
    return id.slot < places_.size() && places_[id.slot].generation == id.generation &&
           places_[id.slot].state != State::Closed;
  }

  // REQUIRES: live, or open. The reference does not survive start().
  [[nodiscard]] Call& live(CallId id) {
    RINGSIDE_CHECK(isLive(id));
    return places_[id.slot].call;
  }
  [[nodiscard]] const Call& live(CallId id) const {
    RINGSIDE_CHECK(isLive(id));
    return places_[id.slot].call;
  }
  [[nodiscard]] Call& open(CallId id) {
    RINGSIDE_CHECK(isOpen(id));
    return places_[id.slot].call;
  }

  [[nodiscard]] std::size_t keys() const { return index_.size(); }

 private:
  enum class State : std::uint8_t { Closed, Open, Draining };
  struct Place {
    Key key{};
    Call call;
    std::uint32_t generation = 0;
    State state = State::Closed;
    bool current = false;  // The key leads here.
  };

  FlatIndex index_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> free_;
};

}  // namespace ringside::cache
