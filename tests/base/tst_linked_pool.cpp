#include <QTest>

#include <algorithm>
#include <deque>
#include <random>
#include <utility>
#include <vector>

#include "engine/base/linked_pool.h"

using ringside::LinkedPool;
using ringside::Ticket;

namespace {

class TestLinkedPool : public QObject {
  Q_OBJECT

 private slots:
  void popsInOrderOfPush() {
    LinkedPool<int> pool;
    LinkedPool<int>::List list;
    for (int i = 0; i < 5; ++i) pool.pushBack(list, i);
    for (int i = 0; i < 5; ++i) QCOMPARE(pool.popFront(list).value(), i);
    QVERIFY(!pool.popFront(list).has_value());
  }

  void aTicketWorksOnceAndNeverForALaterNode() {
    LinkedPool<int> pool;
    LinkedPool<int>::List list;
    const Ticket first = pool.pushBack(list, 1);
    QCOMPARE(pool.remove(list, first).value(), 1);
    const Ticket second = pool.pushBack(list, 2);
    QCOMPARE(second.node, first.node);  // The same place, used again.
    QVERIFY(!pool.remove(list, first).has_value());
    QVERIFY(!pool.holds(first));
    QVERIFY(pool.holds(second));
    QVERIFY(!pool.holds(Ticket{}));
  }

  void agreesWithDequesOverManyLists() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      std::mt19937_64 rng(seed);
      LinkedPool<int> pool;
      std::vector<LinkedPool<int>::List> lists(4);
      std::vector<std::deque<std::pair<Ticket, int>>> oracle(4);
      for (int step = 0; step < 5000; ++step) {
        const std::size_t at = rng() % 4;
        auto& model = oracle[at];
        const std::uint64_t what = rng() % 4;
        if (what < 2 || model.empty()) {
          model.emplace_back(pool.pushBack(lists[at], step), step);
        } else if (what == 2) {
          QCOMPARE(pool.popFront(lists[at]).value(), model.front().second);
          model.pop_front();
        } else {
          const auto victim = model.begin() + static_cast<std::ptrdiff_t>(rng() % model.size());
          if (rng() % 2 == 0) {
            QCOMPARE(pool.remove(lists[at], victim->first).value(), victim->second);
            model.erase(victim);
          } else {
            pool.moveToBack(lists[at], victim->first.node);
            std::rotate(victim, victim + 1, model.end());
          }
        }
        QCOMPARE(std::size_t{lists[at].size}, model.size());
      }
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestLinkedPool)
#include "tst_linked_pool.moc"
