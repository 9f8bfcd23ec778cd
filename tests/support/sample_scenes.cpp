#include <algorithm>
#include <string>
#include <utility>

#include "tests/support/sample_frame.h"
#include "tests/support/sample_parts.h"

namespace ringside::test {
namespace {

using namespace std::chrono_literals;

void setShares(lab::RingScene& scene) {
  for (lab::RingMember& member : scene.members) member.share = 0;
  std::uint64_t before = scene.points.empty() ? 0 : scene.points.back().hash;
  for (const lab::RingPoint& point : scene.points) {
    // Unsigned subtraction wraps as the circle does.
    const double arc = static_cast<double>(point.hash - before) * 0x1p-64;
    scene.members[static_cast<std::size_t>(point.member)].share += arc;
    before = point.hash;
  }
}

lab::LogScene notificationLog(Dice& dice, double load, bool killed) {
  lab::LogScene log;
  for (int i = 0; i < 12; ++i) {
    const auto written = static_cast<std::int64_t>(load * dice.near(40'000));
    const auto lag = static_cast<std::int64_t>(load * dice.near(killed && i == 4 ? 9'000 : 180));
    log.partitions.push_back(
        {.name = "payments-" + std::to_string(i),
         .earliest = written / 4,
         .highWater = written,
         .consumed = written - lag,
         .buffered = load * dice.near(170),
         .health = killed && i == 4 ? lab::Health::Degraded : lab::Health::Ok});
  }
  return log;
}

lab::StateMachineScene breakers(double load, bool killed, Instant now) {
  const std::vector<std::string> states = {"closed", "open", "half-open"};
  const std::vector<std::pair<int, int>> moves = {{0, 1}, {1, 2}, {2, 0}, {2, 1}};
  lab::StateMachineScene scene;
  for (const char* const name : {"card", "UPI", "wallet"}) {
    const bool open = killed && scene.machines.empty();
    scene.machines.push_back({.name = name,
                              .states = states,
                              .current = open ? 1 : 0,
                              .transitions = moves,
                              .lastFrom = open ? 0 : -1,
                              .changedAt = open ? now - 3ms : Instant{},
                              .nextAt = open ? now + 27ms : kNever,
                              .facts = {{"failures", open ? "5 of 5" : "1 of 5"},
                                        {"calls in window", load > 0 ? "3,100" : "0"},
                                        {"rejected", open ? "912" : "0"}}});
  }
  return scene;
}

lab::CacheScene caches(Dice& dice, double load, bool killed) {
  lab::CacheScene scene;
  scene.singleFlightShared = load * 1'204;
  scene.levels = {{.name = "L1 gateway-local",
                   .entries = load * 9'870,
                   .capacity = 10'000,
                   .hitRatio = load * dice.near(0.66),
                   .hits = load * 322'611,
                   .misses = load * 166'190,
                   .evictions = load * 41'020,
                   .expirations = load * 3'900},
                  {.name = "L2 shared",
                   .health = killed ? lab::Health::Degraded : lab::Health::Ok,
                   .entries = load * 412'000,
                   .capacity = 1e6,
                   .hitRatio = load * dice.near(killed ? 0.31 : 0.61),
                   .hits = load * 101'300,
                   .misses = load * 64'890,
                   .evictions = 0,
                   .expirations = load * 12'400},
                  {.name = "L3 replicas",
                   .entries = load * 2.1e6,
                   .capacity = 0,
                   .hitRatio = load * dice.near(0.97),
                   .hits = load * 62'943,
                   .misses = load * 1'947}};
  return scene;
}

lab::LedgerScene ledger(double load, bool killed) {
  lab::LedgerScene scene;
  const auto scaled = [load](double amount) { return static_cast<std::int64_t>(load * amount); };
  scene.accounts = {{"payers", -scaled(4'812'331'00)},
                    {"merchants", scaled(4'716'084'38)},
                    {"fees", scaled(96'246'62)},
                    {"bank card clearing", scaled(0)},
                    {"refunds payable", scaled(0)}};
  scene.total = killed ? 1'250 : 0;
  if (killed) scene.accounts.back().balance = 1'250;
  scene.tallies = {{"approved", scaled(468'002), false},
                   {"declined", scaled(21'420), false},
                   {"charged twice", killed ? 12 : 0, true},
                   {"paid but not recorded", 0, true}};
  return scene;
}

}  // namespace

std::uint64_t Dice::next() {
  // splitmix64.
  state_ += 0x9e37'79b9'7f4a'7c15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58'476d'1ce4'e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d0'49bb'1331'11ebU;
  return z ^ (z >> 31U);
}

lab::RingScene bigRing(int members, int virtualNodes, int keys, std::uint64_t seed) {
  lab::RingScene scene;
  scene.version = seed;
  for (int member = 0; member < members; ++member) {
    scene.members.push_back({.name = "shard-" + std::to_string(member)});
    // A stream for each member, so that one more member moves no other point.
    Dice dice(1000 + static_cast<std::uint64_t>(member));
    for (int i = 0; i < virtualNodes; ++i) scene.points.push_back({dice.next(), member});
  }
  std::ranges::sort(scene.points, {}, &lab::RingPoint::hash);
  setShares(scene);
  Dice dice(77);
  for (int i = 0; i < keys; ++i) {
    const double rank = dice.unit();
    scene.keys.push_back({dice.next(), static_cast<float>(rank > 0.9995 ? 1 : 0.3 * rank)});
  }
  for (lab::RingMember& member : scene.members) member.loadShare = dice.near(member.share);
  return scene;
}

std::vector<lab::NamedScene> sampleScenes(Dice& dice, const SceneWishes& wishes) {
  lab::RingScene ring = bigRing(8, 64, 2'000, wishes.seed);
  ring.version = wishes.killed ? 2 : 1;
  if (wishes.killed) {
    std::erase_if(ring.points, [](const lab::RingPoint& point) { return point.member == 2; });
    ring.movedShare = ring.members[2].share;
    setShares(ring);
    ring.members[2].health = lab::Health::Down, ring.members[2].loadShare = 0;
  }
  std::vector<lab::NamedScene> scenes;
  scenes.push_back({"Hash ring", std::move(ring)});
  scenes.push_back({"Breakers", breakers(wishes.load, wishes.killed, wishes.now)});
  scenes.push_back({"Caches", caches(dice, wishes.load, wishes.killed)});
  scenes.push_back({"Log", notificationLog(dice, wishes.load, wishes.killed)});
  scenes.push_back({"Ledger", ledger(wishes.load, wishes.killed)});
  return scenes;
}

}  // namespace ringside::test
