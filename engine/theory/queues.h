// Queues: the closed forms of queueing theory, for one station in steady state.
//
// Model     Work arrives at `arrivalRate` and one server takes `serviceTime` on average; rates and
//           times in any one unit of time. Load is a = rate * time (Erlangs), utilisation a / c.
// Promise   Exact (but for sakasegawa), and stable for thousands of servers: Erlang's B by its
//           recursion in the inverse, which neither overflows nor cancels; C from B.
// Assumes   Each says which arrivals and which service it holds for; queues without limit, first
//           come first served. Overload (utilisation >= 1) has no steady state: empty.
// Source    Erlang 1917; Pollaczek 1930 and Khinchine 1932; Little 1961; Kleinrock, "Queueing
//           Systems" I; Sakasegawa 1977.
#pragma once

#include <cstdint>
#include <optional>

namespace ringside::theory {

struct QueueMeans {
  double utilisation = 0;  // Of each server.
  double wait = 0;         // Mean time before service.
  double sojourn = 0;      // Mean time in all.
  double waiting = 0;      // Mean number before service.
  double present = 0;      // Mean number in all.
};

// The part of calls lost where none can wait (M/G/c/c). REQUIRES: load >= 0, servers >= 1.
[[nodiscard]] double erlangB(double load, std::int64_t servers);
// The part of arrivals that must wait (M/M/c); 1 in overload. REQUIRES: as erlangB.
[[nodiscard]] double erlangC(double load, std::int64_t servers);

// REQUIRES, of all below: arrivalRate >= 0, serviceTime > 0, servers >= 1, cv >= 0.

// Poisson arrivals, exponential service.
[[nodiscard]] std::optional<QueueMeans> mm1(double arrivalRate, double serviceTime);
[[nodiscard]] std::optional<QueueMeans> mmc(double arrivalRate, double serviceTime,
                                            std::int64_t servers);
// P(wait > t) there; 1 in overload. REQUIRES: t >= 0.
[[nodiscard]] double mmcWaitBeyond(double arrivalRate, double serviceTime, std::int64_t servers,
                                   double t);

// Poisson arrivals, one server, service of any law with this coefficient of variation:
// Pollaczek and Khinchine.
[[nodiscard]] std::optional<QueueMeans> mg1(double arrivalRate, double serviceTime, double cv);
// The same with service that never varies.
[[nodiscard]] std::optional<QueueMeans> md1(double arrivalRate, double serviceTime);

// Any arrivals, any service, c servers: an approximation (Kingman's form with Sakasegawa's factor),
// good to some per cent in heavy traffic. `arrivalCv` is of the gaps between arrivals.
[[nodiscard]] std::optional<QueueMeans> ggc(double arrivalRate, double serviceTime,
                                            std::int64_t servers, double arrivalCv,
                                            double serviceCv);

// Little's law: the mean number present, of anything that enters and leaves, whatever the laws.
[[nodiscard]] constexpr double little(double rate, double timeInside) { return rate * timeInside; }

// The utilisation law: throughput times service demand over servers.
[[nodiscard]] constexpr double utilisation(double throughput, double serviceTime, double servers) {
  return throughput * serviceTime / servers;
}

}  // namespace ringside::theory
