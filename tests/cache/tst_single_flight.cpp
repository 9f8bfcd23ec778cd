#include <QTest>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/cache/single_flight.h"

using ringside::Bug;
using ringside::Ticket;

namespace {

using Flights = ringside::cache::SingleFlight<std::string, int>;
using Role = Flights::Role;

Ticket follow(Flights& flights, const std::string& key, int waiter, Flights::Caller caller = 0) {
  const auto joined = flights.join(key, caller);
  return flights.wait(joined.call, waiter, caller);
}

class TestSingleFlight : public QObject {
  Q_OBJECT

 private slots:
  void theFirstLeadsAndTheOthersFollow() {
    Flights flights;
    const auto first = flights.join("k");
    const auto second = flights.join("k");
    QCOMPARE(first.role, Role::Leader);
    QCOMPARE(second.role, Role::Follower);
    QVERIFY(first.call == second.call);
    QCOMPARE(flights.join("other").role, Role::Leader);
    QCOMPARE(flights.openKeys(), std::size_t{2});
  }

  void followersAreResumedInOrderOfJoining() {
    Flights flights;
    const auto leader = flights.join("k");
    for (int i = 1; i <= 4; ++i) follow(flights, "k", i);
    std::vector<int> resumed;
    const auto finished = flights.finish(leader.call, [&](int who) { resumed.push_back(who); });
    QCOMPARE(resumed, (std::vector<int>{1, 2, 3, 4}));
    QCOMPARE(finished.resumed, std::uint64_t{4});
    QCOMPARE(finished.duplicates, std::uint64_t{4});
    QVERIFY(finished.current);
    QCOMPARE(flights.join("k").role, Role::Leader);  // Nothing is kept after the call.
  }

  void aLoneLeaderSharesWithNobody() {
    Flights flights;
    const auto leader = flights.join("k");
    QCOMPARE(flights.finish(leader.call, [](int) {}).duplicates, std::uint64_t{0});
  }

  void aFollowerThatLeftIsCountedAsSharedAndNotResumed() {
    Flights flights;
    const auto leader = flights.join("k");
    const Ticket gone = follow(flights, "k", 1);
    follow(flights, "k", 2);
    QVERIFY(flights.leave(leader.call, gone));
    QVERIFY(!flights.leave(leader.call, gone));
    std::vector<int> resumed;
    const auto finished = flights.finish(leader.call, [&](int who) { resumed.push_back(who); });
    QCOMPARE(resumed, std::vector<int>{2});
    QCOMPARE(finished.duplicates, std::uint64_t{2});
  }

  void aCancelledLeaderHandsOverToTheOldestFollower() {
    Flights flights;
    const auto leader = flights.join("k", 10);
    follow(flights, "k", 1, 11);
    follow(flights, "k", 2, 12);
    QCOMPARE(flights.abandon(leader.call), std::optional<int>(1));
    QCOMPARE(flights.join("k", 11).role, Role::Reentrant);  // 11 leads the same call now.
    QCOMPARE(flights.join("k", 10).role, Role::Follower);
    std::vector<int> resumed;
    flights.finish(leader.call, [&](int who) { resumed.push_back(who); });
    QCOMPARE(resumed, std::vector<int>{2});
  }

  void aCancelledLeaderWithoutFollowersEndsTheCall() {
    Flights flights;
    const auto leader = flights.join("k");
    QVERIFY(!flights.abandon(leader.call).has_value());
    QVERIFY(!flights.isOpen(leader.call));
    QCOMPARE(flights.join("k").role, Role::Leader);
  }

  void aLeaderThatJoinsItsOwnKeyIsTold() {
    Flights flights;
    QCOMPARE(flights.join("k", 5).role, Role::Leader);
    QCOMPARE(flights.join("k", 5).role, Role::Reentrant);
    QCOMPARE(flights.join("k", 6).role, Role::Follower);
    QCOMPARE(flights.join("k2").role, Role::Leader);
    QCOMPARE(flights.join("k2").role,
             Role::Follower);  // Nobody in particular cannot be told apart.
  }

  void forgetLetsANewCallStartBesideTheOld() {
    Flights flights;
    const auto old = flights.join("k");
    follow(flights, "k", 1);
    QVERIFY(flights.forget("k"));
    QVERIFY(!flights.forget("k"));
    const auto fresh = flights.join("k");
    QCOMPARE(fresh.role, Role::Leader);
    follow(flights, "k", 2);
    std::vector<int> resumed;
    const auto note = [&](int who) { resumed.push_back(who); };
    const auto oldEnd = flights.finish(old.call, note);
    QVERIFY(!oldEnd.current);  // What it loaded may be stale.
    QCOMPARE(resumed, std::vector<int>{1});
    QCOMPARE(flights.join("k").role, Role::Follower);  // The old end did not close the new call.
    QVERIFY(flights.finish(fresh.call, note).current);
    QCOMPARE(resumed, (std::vector<int>{1, 2}));
  }

  void aResumedFollowerMayJoinTheSameKeyAtOnce() {
    Flights flights;
    const auto leader = flights.join("k");
    for (int i = 1; i <= 3; ++i) follow(flights, "k", i);
    std::vector<Role> roles;
    std::vector<int> resumed;
    flights.finish(leader.call, [&](int who) {
      resumed.push_back(who);
      const auto again = flights.join("k");
      roles.push_back(again.role);
      if (again.role == Role::Follower) flights.wait(again.call, 100 + who);
    });
    QCOMPARE(resumed, (std::vector<int>{1, 2, 3}));
    QCOMPARE(roles, (std::vector<Role>{Role::Leader, Role::Follower, Role::Follower}));
    QCOMPARE(flights.openKeys(), std::size_t{1});
  }

  void aResumedFollowerMayCancelOneBehindIt() {
    Flights flights;
    const auto leader = flights.join("k");
    follow(flights, "k", 1);
    const Ticket second = follow(flights, "k", 2);
    std::vector<int> resumed;
    flights.finish(leader.call, [&](int who) {
      resumed.push_back(who);
      if (who == 1) QVERIFY(flights.leave(leader.call, second));
    });
    QCOMPARE(resumed, std::vector<int>{1});
  }

  void finishingTwiceIsABug() {
    Flights flights;
    const auto leader = flights.join("k");
    flights.finish(leader.call, [](int) {});
    QVERIFY_EXCEPTION_THROWN(flights.finish(leader.call, [](int) {}), Bug);
    QVERIFY_EXCEPTION_THROWN(flights.wait(leader.call, 1), Bug);
    const auto other = flights.join("k");  // The same slot: the old id must not touch it.
    QVERIFY_EXCEPTION_THROWN(flights.abandon(leader.call), Bug);
    QVERIFY(flights.isOpen(other.call));
  }

  void nobodyIsLostOrToldTwice() {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      std::mt19937_64 rng(seed);
      Flights flights;
      std::map<int, std::pair<Flights::CallId, Ticket>> waiting;
      std::vector<Flights::CallId> open;
      std::set<int> done;
      int next = 0;
      int gone = 0;
      const auto tell = [&](int who) {
        QVERIFY(done.insert(who).second);
        QVERIFY(waiting.erase(who) == 1);
      };
      for (int step = 0; step < 2000 || !open.empty(); ++step) {
        const std::uint64_t what = step < 2000 ? rng() % 10 : 9;
        if (what < 6) {
          const auto joined = flights.join("key" + std::to_string(rng() % 5));
          if (joined.role == Role::Leader) open.push_back(joined.call);
          if (joined.role == Role::Leader) continue;
          waiting[next] = {joined.call, flights.wait(joined.call, next)};
          ++next;
        } else if (what == 6 && !waiting.empty()) {
          const auto victim = std::next(waiting.begin(), static_cast<int>(rng() % waiting.size()));
          QVERIFY(flights.leave(victim->second.first, victim->second.second));
          waiting.erase(victim);
          ++gone;
        } else if (what == 7) {
          flights.forget("key" + std::to_string(rng() % 5));
        } else if (!open.empty()) {
          const std::size_t at = rng() % open.size();
          const Flights::CallId call = open[at];
          const bool ends = what == 9 || flights.waiting(call) == 0;
          if (what == 9) flights.finish(call, tell);
          if (what != 9) {
            if (const auto heir = flights.abandon(call)) tell(*heir);
          }
          if (ends) open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
        }
      }
      QVERIFY(waiting.empty());
      QCOMPARE(static_cast<int>(done.size()) + gone, next);
      QCOMPARE(flights.openKeys(), std::size_t{0});
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestSingleFlight)
#include "tst_single_flight.moc"
