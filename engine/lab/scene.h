// Scene: what a lab can show of its insides, in a few plain drawable vocabularies.
//
// Model     A frame carries scenes as values; one canvas widget draws one vocabulary. A lab picks
//           the vocabulary that fits, and no view knows which lab it came from.
// Cost      Built on demand, at most once a frame; a scene is bounded (see each struct).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/time.h"

namespace ringside::lab {

// Never told by colour alone: a view gives each a shape as well.
enum class Health { Ok, Busy, Degraded, Down };

// ---- Topology: components with queues, and the traffic between them -------------------------

struct TopologyNode {
  std::string id{};     // "shard-2": stable within a run.
  std::string label{};  // "Shard 2".
  std::string kind{};   // Picks an icon: client, balancer, gateway, service, cache, shard, replica,
                        // bank, log, limiter, breaker.
  int column = 0;       // Layered layout: column from the left, row from the top.
  int row = 0;
  Health health = Health::Ok;
  std::string note{};       // A word under the name when not Ok: "down", "open", "slow x4".
  double ratePerSec = 0;    // Over the last grid interval.
  double latencyNanos = 0;  // Mean over the last grid interval; 0 when nothing was served.
  double utilisation = -1;  // 0 to 1; negative: does not apply.
  double depth = 0;         // Waiting or in use now.
  double depthLimit = 0;    // 0: unbounded.
  std::string depthName{};  // "queue", "connections", "in flight".
};

struct TopologyEdge {
  int from = 0;  // Indices into nodes.
  int to = 0;
  double ratePerSec = 0;
  double errorRatio = 0;  // 0 to 1.
  double inFlight = 0;    // On the edge or being served at its far end.
};

struct TopologyScene {
  std::vector<TopologyNode> nodes{};
  std::vector<TopologyEdge> edges{};
};

// ---- Hash ring -----------------------------------------------------------------------------

struct RingMember {
  std::string name{};
  double share = 0;      // Fraction of the circle owned.
  double loadShare = 0;  // Fraction of the traffic of the last interval.
  Health health = Health::Ok;
};

struct RingPoint {
  std::uint64_t hash = 0;
  std::int32_t member = 0;  // Index into members.
};

struct RingKey {
  std::uint64_t hash = 0;
  float weight = 1;  // Relative traffic, 0 to 1; a hot key is drawn larger.
};

struct RingScene {
  std::uint64_t version = 0;  // Changes when points change; views rebuild caches only then.
  std::vector<RingMember> members{};
  std::vector<RingPoint> points{};  // Sorted by hash; at most 100,000.
  std::vector<RingKey> keys{};      // A sample, at most 100,000.
  double movedShare = 0;            // Share of the circle that changed owner at the last change.
};

// ---- State machine -------------------------------------------------------------------------

struct StateMachine {
  std::string name{};                 // "card".
  std::vector<std::string> states{};  // "closed", "open", "half-open".
  int current = 0;
  std::vector<std::pair<int, int>> transitions{};  // Possible ones, as indices into states.
  int lastFrom = -1;                               // Of the last transition; -1: none yet.
  Instant changedAt{};
  Instant nextAt = kNever;  // When the present state ends by itself.
  // Facts beside the picture: "failures" "3 of 5".
  std::vector<std::pair<std::string, std::string>> facts{};
};

struct StateMachineScene {
  std::vector<StateMachine> machines{};  // At most 16.
};

// ---- Cache levels --------------------------------------------------------------------------

struct CacheLevel {
  std::string name{};  // "L1 gateway-local".
  Health health = Health::Ok;
  double entries = 0;
  double capacity = 0;
  double hitRatio = 0;  // Over the last interval.
  double hits = 0;      // Whole run.
  double misses = 0;
  double evictions = 0;
  double expirations = 0;
};

struct CacheScene {
  std::vector<CacheLevel> levels{};
  double singleFlightShared = 0;  // Loads that were joined instead of repeated.
};

// ---- Partitioned log -----------------------------------------------------------------------

struct LogPartition {
  std::string name{};
  std::int64_t earliest = 0;   // First offset kept.
  std::int64_t highWater = 0;  // Next offset to be written.
  std::int64_t consumed = 0;   // Next offset to be read.
  double buffered = 0;         // In the producer, not yet acknowledged.
  Health health = Health::Ok;
};

struct LogScene {
  std::vector<LogPartition> partitions{};  // At most 256.
};

// ---- Ledger: invariants at a glance --------------------------------------------------------

struct LedgerAccount {
  std::string name{};
  std::int64_t balance = 0;  // Minor units.
};

struct LedgerScene {
  std::vector<LedgerAccount> accounts{};  // At most 64.
  std::int64_t total = 0;                 // Must be 0: double entry.
  // "charged twice" "0", "paid but not recorded" "12": name, count, and whether 0 is required.
  struct Tally {
    std::string name{};
    std::int64_t count = 0;
    bool mustBeZero = false;
  };
  std::vector<Tally> tallies{};
};

using Scene =
    std::variant<TopologyScene, RingScene, StateMachineScene, CacheScene, LogScene, LedgerScene>;

struct NamedScene {
  std::string name{};  // Tab title: "Hash ring".
  Scene scene;
};

}  // namespace ringside::lab
