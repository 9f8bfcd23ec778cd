#include <QTest>

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/hash.h"
#include "engine/sharding/hash_ring.h"
#include "engine/sharding/ring_diff.h"

using namespace ringside::sharding;

namespace {

NodeId add(HashRing& ring, const std::string& name, std::uint32_t weight = 1) {
  return ring.addNode(name, weight).value();
}

// The usual ring, written as one would on a whiteboard.
class MapRing {
 public:
  void add(const std::string& name, std::uint32_t points) {
    for (std::uint32_t i = 0; i < points; ++i) {
      points_[{ringside::hash64(name + "_" + std::to_string(i)), name}] = name;
    }
  }
  void remove(const std::string& name) {
    std::erase_if(points_, [&](const auto& point) { return point.second == name; });
    down_.erase(name);
  }
  void setUp(const std::string& name, bool up) {
    if (up) down_.erase(name);
    if (!up) down_.insert(name);
  }
  std::vector<std::string> owners(std::uint64_t keyHash) const {
    std::vector<std::string> found;
    auto at = points_.lower_bound({keyHash, ""});
    for (std::size_t i = 0; i < points_.size(); ++i, ++at) {
      if (at == points_.end()) at = points_.begin();
      if (down_.contains(at->second)) continue;
      if (std::find(found.begin(), found.end(), at->second) == found.end()) {
        found.push_back(at->second);
      }
    }
    return found;
  }

 private:
  std::map<std::pair<std::uint64_t, std::string>, std::string> points_;
  std::set<std::string> down_;
};

HashRing randomRing(std::mt19937_64& rng, std::uint32_t pointsPerWeight) {
  HashRing ring({.pointsPerWeight = pointsPerWeight});
  const std::uint64_t nodes = 1 + rng() % 30;
  const std::string stem = "node" + std::to_string(rng() % 1000) + "-";
  for (std::uint64_t i = 0; i < nodes; ++i) {
    add(ring, stem + std::to_string(i), static_cast<std::uint32_t>(1 + rng() % 3));
  }
  return ring;
}

class TestRingProperties : public QObject {
  Q_OBJECT

 private slots:
  void agreesWithAnOrderedMap_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 12; ++seed) {
      QTest::newRow(("seed " + std::to_string(seed)).c_str()) << seed;
    }
  }

  void agreesWithAnOrderedMap() {
    QFETCH(quint64, seed);
    std::mt19937_64 rng(seed);
    const auto points = static_cast<std::uint32_t>(1 + rng() % 40);
    HashRing ring({.pointsPerWeight = points});
    MapRing oracle;
    for (int step = 0; step < 40; ++step) {
      const std::string name = "shard-" + std::to_string(rng() % 9);
      const NodeId known = ring.find(name);
      if (known == kNoNode) {
        const auto weight = static_cast<std::uint32_t>(rng() % 4);
        add(ring, name, weight);
        oracle.add(name, weight * points);
      } else if (rng() % 3 == 0) {
        ring.removeNode(known);
        oracle.remove(name);
      } else {
        const bool up = rng() % 2 == 0;
        ring.setUp(known, up);
        oracle.setUp(name, up);
      }
      compare(ring, oracle, rng);
    }
  }

  void addingMovesKeysOnlyToTheNewNode() {
    std::mt19937_64 rng(10);
    for (int round = 0; round < 60; ++round) {
      const HashRing before = randomRing(rng, 1 + static_cast<std::uint32_t>(rng() % 100));
      HashRing after = before;
      const NodeId added = add(after, "newcomer", 2);
      const std::vector<MovedArc> arcs = movedArcs(before, after);
      QVERIFY(!arcs.empty());
      for (const MovedArc& arc : arcs) QCOMPARE(arc.to, added);
      QCOMPARE(coveredShare(arcs), after.share(added));
    }
  }

  void removingMovesKeysOnlyFromTheNodeThatLeft() {
    std::mt19937_64 rng(11);
    for (int round = 0; round < 60; ++round) {
      const HashRing before = randomRing(rng, 1 + static_cast<std::uint32_t>(rng() % 100));
      const auto leaving = static_cast<NodeId>(rng() % before.idCount());
      HashRing removed = before;
      removed.removeNode(leaving);
      HashRing down = before;
      down.setUp(leaving, false);
      const std::vector<MovedArc> arcs = movedArcs(before, removed);
      for (const MovedArc& arc : arcs) QCOMPARE(arc.from, leaving);
      QCOMPARE(coveredShare(arcs), before.share(leaving));
      QVERIFY(movedArcs(removed, down).empty());  // Down serves as if it were not there.
    }
  }

  void theOrderOfAddingDoesNotMatter() {
    std::mt19937_64 rng(12);
    HashRing forward;
    HashRing backward;
    for (int i = 0; i < 12; ++i) add(forward, "shard-" + std::to_string(i));
    for (int i = 12; i-- > 0;) add(backward, "shard-" + std::to_string(i));
    QVERIFY(movedArcs(forward, backward).empty());
  }

  void sharesSpreadAsTheClosedFormSays_data() {
    QTest::addColumn<int>("nodes");
    QTest::addColumn<int>("points");
    QTest::newRow("10 nodes of 1 point") << 10 << 1;
    QTest::newRow("10 nodes of 10 points") << 10 << 10;
    QTest::newRow("10 nodes of 100 points") << 10 << 100;
    QTest::newRow("3 nodes of 100 points") << 3 << 100;
    QTest::newRow("100 nodes of 100 points") << 100 << 100;
  }

  // The squared coefficient of variation of N shares has the mean (N-1)/(N*V+1).
  void sharesSpreadAsTheClosedFormSays() {
    QFETCH(int, nodes);
    QFETCH(int, points);
    constexpr int kSeeds = 80;
    std::vector<double> squares;
    for (int seed = 0; seed < kSeeds; ++seed) {
      std::vector<HashRing::NodeSpec> specs;
      for (int i = 0; i < nodes; ++i) {
        specs.push_back({"s" + std::to_string(seed) + "-" + std::to_string(i)});
      }
      const HashRing ring =
          HashRing::build({.pointsPerWeight = static_cast<std::uint32_t>(points)}, specs).value();
      double square = 0;
      double total = 0;
      for (NodeId i = 0; i < static_cast<NodeId>(nodes); ++i) {
        square += std::pow(ring.share(i) * nodes - 1.0, 2) / nodes;
        total += ring.share(i);
      }
      QVERIFY(std::abs(total - 1.0) < 1e-12);
      squares.push_back(square);
    }
    double mean = 0;
    double variance = 0;
    for (const double square : squares) mean += square / kSeeds;
    for (const double square : squares) variance += std::pow(square - mean, 2) / (kSeeds - 1);
    const double expected = (nodes - 1.0) / (nodes * points + 1.0);
    const double sigma = std::sqrt(variance / kSeeds);
    QVERIFY2(
        std::abs(mean - expected) <= 3 * sigma,
        qPrintable(QString("mean %1, expected %2, sigma %3").arg(mean).arg(expected).arg(sigma)));
  }

 private:
  static void compare(const HashRing& ring, const MapRing& oracle, std::mt19937_64& rng) {
    std::vector<std::uint64_t> keys = {0, ~std::uint64_t{0}};
    for (int i = 0; i < 20; ++i) keys.push_back(rng());
    for (int i = 0; i < 10 && !ring.points().empty(); ++i) {
      const std::uint64_t hash = ring.points()[rng() % ring.points().size()].hash;
      for (const std::uint64_t key : {hash - 1, hash, hash + 1}) keys.push_back(key);
    }
    std::vector<NodeId> out(12);
    for (const std::uint64_t key : keys) {
      const std::vector<std::string> expected = oracle.owners(key);
      const std::size_t found = ring.owners(key, out);
      QCOMPARE(found, expected.size());
      for (std::size_t i = 0; i < found; ++i) QCOMPARE(ring.name(out[i]), expected[i]);
      const NodeId owner = ring.owner(key);
      QCOMPARE(owner == kNoNode, expected.empty());
      if (owner != kNoNode) QCOMPARE(ring.name(owner), expected[0]);
    }
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestRingProperties)
#include "tst_ring_properties.moc"
