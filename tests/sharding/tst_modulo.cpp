#include <QTest>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "engine/sharding/hash_ring.h"
#include "engine/sharding/modulo.h"

using namespace ringside::sharding;

static_assert(Placement<ModuloPlacement>);
static_assert(Placement<HashRing>);

namespace {

NodeId add(ModuloPlacement& placement, const std::string& name) {
  return placement.addNode(name).value();
}

ModuloPlacement withNodes(int count) {
  ModuloPlacement placement;
  for (int i = 0; i < count; ++i) add(placement, "shard-" + std::to_string(i));
  return placement;
}

std::vector<std::uint64_t> randomKeys(std::size_t count) {
  std::mt19937_64 rng(5);
  std::vector<std::uint64_t> keys(count);
  for (std::uint64_t& key : keys) key = rng();
  return keys;
}

class TestModulo : public QObject {
  Q_OBJECT

 private slots:
  void addingANodeMovesNOfNPlusOneKeys_data() {
    QTest::addColumn<int>("nodes");
    QTest::newRow("1 to 2") << 1;
    QTest::newRow("8 to 9") << 8;
    QTest::newRow("99 to 100") << 99;
  }

  void addingANodeMovesNOfNPlusOneKeys() {
    QFETCH(int, nodes);
    const ModuloPlacement before = withNodes(nodes);
    ModuloPlacement after = before;
    add(after, "newcomer");
    const std::vector<std::uint64_t> keys = randomKeys(200'000);
    const KeyMoves moves = countMoves(before, after, keys);
    const double expected = nodes / (nodes + 1.0);
    const double total = static_cast<double>(keys.size());
    const double sigma = std::sqrt(expected * (1 - expected) / total);
    QVERIFY(std::abs(static_cast<double>(moves.moved) / total - expected) < 4 * sigma);
    // Only what went to the newcomer had to move.
    QCOMPARE(moves.needless > 0, nodes > 1);
  }

  void removingTheLastNodeUndoesAddingIt() {
    const ModuloPlacement before = withNodes(8);
    ModuloPlacement after = before;
    after.removeNode(add(after, "newcomer"));
    QCOMPARE(countMoves(before, after, randomKeys(10'000)).moved, std::size_t{0});
  }

  void aNodeThatGoesDownMovesNearlyEverything() {
    const ModuloPlacement before = withNodes(8);
    ModuloPlacement after = before;
    after.setUp(3, false);
    QVERIFY(countMoves(before, after, randomKeys(100'000)).moved > 80'000);
    QCOMPARE(after.share(3), 0.0);
    QCOMPARE(after.share(0), 1.0 / 7);
    after.setUp(3, true);
    QCOMPARE(countMoves(before, after, randomKeys(10'000)).moved, std::size_t{0});
  }

  void hasNoOwnerWithoutANodeThatIsUp() {
    ModuloPlacement placement;
    QCOMPARE(placement.owner(7), kNoNode);
    add(placement, "only");
    QCOMPARE(placement.owner(7), NodeId{0});
    placement.setUp(0, false);
    QCOMPARE(placement.owner(7), kNoNode);
  }

  void refusesAMemberTwiceAndReturnsItsNumber() {
    ModuloPlacement placement = withNodes(2);
    QVERIFY(!placement.addNode("shard-1").has_value());
    QVERIFY(!placement.addNode("").has_value());
    placement.removeNode(1);
    QCOMPARE(placement.addNode("shard-1").value(), NodeId{1});
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestModulo)
#include "tst_modulo.moc"
