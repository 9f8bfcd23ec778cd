// Station: one server with a queue before it, reckoned without an event per job.
//
// Model     Lindley's recursion: a job starts when it arrives or when the job before it finishes,
//           whichever is later. Its finish is known the moment it is offered, so a million jobs in
//           the queue are a million instants in a ring, not a million events.
// Promise   The same finishes, refusals and busy time as simulating each arrival and departure.
//           What was promised stays: changing speed or limit affects jobs offered afterwards, never
//           the finish of one already accepted.
// Time      Passive. Offers come in order of time; one that does not is read as the latest instant.
//           A job that finishes exactly at `now` has left.
// Threads   None. One owner.
// Cost      O(1) amortised, 8 bytes a job in the station.
// Rejected  A coroutine per queued job: ten times the memory and two events more a job.
// Compare   bounded_queue.h holds the jobs themselves, for servers whose times are not known ahead.
// Source    Lindley 1952.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/time.h"
#include "engine/gateway/bounded_queue.h"

namespace ringside::gateway {

class Station {
 public:
  struct Config {
    std::size_t limit = 1000;                // Jobs in the station, the one in service included.
    Duration longestWait = Duration::max();  // A job that would wait longer is refused.
  };

  explicit Station(const Config& config, Instant start = Instant{});

  // Accepts a job that needs `service` at full speed and says when it will be finished, or refuses
  // it. REQUIRES: service >= 0.
  [[nodiscard]] std::optional<Instant> offer(Instant now, Duration service);

  void setLimit(std::size_t limit) { finishes_.setLimit(limit); }
  // Service takes this many times as long from now on: 2 is half speed. REQUIRES: slowdown > 0.
  void setSlowdown(double slowdown);

  // Jobs in the station at `now`, and the time until it would be empty.
  [[nodiscard]] std::size_t jobs(Instant now);
  [[nodiscard]] Duration backlog(Instant now) const;

  // Time spent serving up to `now`, and its share of the time since the start.
  [[nodiscard]] Duration busyTime(Instant now) const;
  [[nodiscard]] double utilisation(Instant now) const;

  [[nodiscard]] std::uint64_t accepted() const { return finishes_.accepted(); }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::size_t highWater() const { return finishes_.highWater(); }
  // Summed over accepted jobs: from offer to start of service.
  [[nodiscard]] Duration totalWait() const { return totalWait_; }

 private:
  [[nodiscard]] Duration slowed(Duration service) const;

  BoundedQueue<Instant> finishes_;  // Of the jobs in the station.
  Duration longestWait_;
  double slowdown_ = 1.0;
  Instant start_;
  Instant latest_;
  Instant freeAt_;        // When the server has nothing left to do.
  Duration accepted_{0};  // Service of all accepted jobs.
  Duration totalWait_{0};
  std::uint64_t refused_ = 0;
};

}  // namespace ringside::gateway
