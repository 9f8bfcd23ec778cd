// EventLog: the last state changes of a run, in words, with their instants.
//
// Model     A bounded list; when it is full the oldest entry goes, and is counted.
// Cost      O(1) an entry; it is for things that happen a few thousand times a run (a breaker
//           opens, a shard dies), not for requests. Texts are cut at kLongestText bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ring_buffer.h"
#include "engine/base/time.h"

namespace ringside::metrics {

enum class Severity : std::uint8_t { Info, Good, Warning, Bad };

struct LoggedEvent {
  Instant at;
  std::uint64_t number = 0;  // Event number of the run at that moment.
  std::string component;     // "breaker.card".
  std::string text;          // "closed -> open".
  Severity severity = Severity::Info;
  std::int64_t argument = 0;  // A number that belongs to it: failures seen, keys moved.
};

class EventLog {
 public:
  static constexpr std::size_t kLongestText = 240;

  // REQUIRES: capacity > 0.
  explicit EventLog(std::size_t capacity = 4096);

  void record(LoggedEvent event);

  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  // The newest `count`, oldest first.
  [[nodiscard]] std::vector<LoggedEvent> tail(std::size_t count) const;

  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t maxBytes() const;

 private:
  std::size_t capacity_;
  std::uint64_t dropped_ = 0;
  std::size_t textBytes_ = 0;
  RingBuffer<LoggedEvent> events_;
};

}  // namespace ringside::metrics
