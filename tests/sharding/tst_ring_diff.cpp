#include <QTest>

#include <charconv>
#include <random>
#include <string>
#include <vector>

#include "engine/sharding/ring_diff.h"

using namespace ringside::sharding;

namespace {

NodeId add(HashRing& ring, const std::string& name, std::uint32_t weight = 1) {
  return ring.addNode(name, weight).value();
}

std::uint64_t atTheNumber(std::string_view text) {
  std::uint64_t position = 0;
  std::from_chars(text.data() + 1, text.data() + text.size(), position);
  return position;
}

HashRing ringOf(const std::vector<std::string>& names) {
  HashRing ring({.pointsPerWeight = 1, .pointHash = &atTheNumber});
  for (const std::string& name : names) add(ring, name);
  return ring;
}

class TestRingDiff : public QObject {
  Q_OBJECT

 private slots:
  void equalRingsHaveNoMovedArcs() {
    const HashRing ring = ringOf({"a10", "b20"});
    QVERIFY(movedArcs(ring, ring).empty());
    QVERIFY(movedArcs(HashRing(), HashRing()).empty());
    QCOMPARE(coveredShare({}), 0.0);
  }

  void aNewNodeTakesTheArcBeforeItsPoint() {
    const HashRing before = ringOf({"a10", "b20"});
    HashRing after = before;
    const NodeId added = add(after, "c15");
    const std::vector<MovedArc> expected = {{10, 15, 1, added}};
    QVERIFY(movedArcs(before, after) == expected);
    QCOMPARE(coveredShare(expected), 5.0 / 18446744073709551616.0);
  }

  void anArcAcrossTheTopIsOneArc() {
    const HashRing before = ringOf({"a10", "b20"});
    HashRing after = before;
    after.removeNode(0);
    const std::vector<MovedArc> expected = {{20, 10, 0, 1}};
    QVERIFY(movedArcs(before, after) == expected);
  }

  void neighbouringArcsBetweenTheSameNodesAreJoined() {
    HashRing before({.pointsPerWeight = 1, .pointHash = [](std::string_view text) {
                       // Two points for b, at 20 and 30; one for a at 100.
                       return text == "a_0" ? std::uint64_t{100} : text == "b_0" ? 20U : 30U;
                     }});
    add(before, "a");
    add(before, "b", 2);
    HashRing after = before;
    after.setUp(1, false);
    const std::vector<MovedArc> expected = {{100, 30, 1, 0}};
    QVERIFY(movedArcs(before, after) == expected);
  }

  void theWholeCircleMovesWhenItsOnlyOwnerChanges() {
    const std::vector<MovedArc> replaced = movedArcs(ringOf({"a10"}), ringOf({"b10"}));
    QCOMPARE(replaced.size(), std::size_t{1});
    QCOMPARE(replaced[0].after, replaced[0].upTo);
    QCOMPARE(coveredShare(replaced), 1.0);
    QCOMPARE(coveredShare(movedArcs(ringOf({"a10"}), ringOf({"b20"}))), 1.0);
    const std::vector<MovedArc> emptied = movedArcs(ringOf({"a10"}), ringOf({}));
    QCOMPARE(emptied[0].to, kNoNode);
    QCOMPARE(coveredShare(emptied), 1.0);
  }

  void nodesAreMatchedByNameNotByNumber() {
    QVERIFY(movedArcs(ringOf({"a10", "b20"}), ringOf({"b20", "a10"})).empty());
  }

  void countsTheShareOfKeysThatMoves() {
    std::mt19937_64 rng(3);
    HashRing before;
    for (int i = 0; i < 8; ++i) add(before, "shard-" + std::to_string(i));
    HashRing after = before;
    add(after, "shard-8");
    std::vector<std::uint64_t> keys(200'000);
    for (std::uint64_t& key : keys) key = rng();
    const KeyMoves moves = countMoves(before, after, keys);
    QCOMPARE(moves.needless, std::size_t{0});
    const double counted = static_cast<double>(moves.moved) / static_cast<double>(keys.size());
    const double exact = coveredShare(movedArcs(before, after));
    // Four sigma of a binomial count.
    QVERIFY(std::abs(counted - exact) < 4 * std::sqrt(exact / static_cast<double>(keys.size())));
    QVERIFY(exact > 1.0 / 9 - 0.04 && exact < 1.0 / 9 + 0.04);
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestRingDiff)
#include "tst_ring_diff.moc"
