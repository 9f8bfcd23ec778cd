#include <QTest>

#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/sharding/hash_ring.h"

using ringside::sharding::HashRing;
using ringside::sharding::kNoNode;
using ringside::sharding::NodeId;

namespace {

constexpr std::uint64_t kTop = std::numeric_limits<std::uint64_t>::max();

// A point hash one can place points with: "b1000_7" is at 1000, whatever the point's number.
std::uint64_t atTheNumber(std::string_view text) {
  std::uint64_t position = 0;
  std::from_chars(text.data() + 1, text.data() + text.size(), position);
  return position;
}

HashRing placed(std::uint32_t pointsPerWeight = 1) {
  return HashRing({.pointsPerWeight = pointsPerWeight, .pointHash = &atTheNumber});
}

NodeId add(HashRing& ring, const std::string& name, std::uint32_t weight = 1) {
  return ring.addNode(name, weight).value();
}

class TestHashRing : public QObject {
  Q_OBJECT

 private slots:
  void anEmptyRingHasNoOwner() {
    const HashRing ring;
    std::array<NodeId, 3> out{};
    QCOMPARE(ring.owner(0), kNoNode);
    QCOMPARE(ring.owner(kTop), kNoNode);
    QCOMPARE(ring.owners(7, out), std::size_t{0});
    QCOMPARE(ring.points().size(), std::size_t{0});
    QCOMPARE(ring.boundaries().size(), std::size_t{0});
  }

  void oneNodeOwnsTheWholeCircle() {
    HashRing ring;
    const NodeId only = add(ring, "shard-0");
    for (const std::uint64_t key : {std::uint64_t{0}, std::uint64_t{1} << 63, kTop}) {
      QCOMPARE(ring.owner(key), only);
    }
    QCOMPARE(ring.share(only), 1.0);
    QCOMPARE(ring.points().size(), std::size_t{100});
  }

  void aPointOwnsUpToAndIncludingItself() {
    HashRing ring = placed();
    const NodeId low = add(ring, "a1000");
    const NodeId high = add(ring, "b2000");
    QCOMPARE(ring.owner(999), low);
    QCOMPARE(ring.owner(1000), low);
    QCOMPARE(ring.owner(1001), high);
    QCOMPARE(ring.owner(2000), high);
  }

  void keysAboveTheHighestPointWrapToTheLowest() {
    HashRing ring = placed();
    const NodeId low = add(ring, "a1000");
    add(ring, "b2000");
    QCOMPARE(ring.owner(2001), low);
    QCOMPARE(ring.owner(kTop), low);
    QCOMPARE(ring.owner(0), low);
  }

  void aPointAtTheTopOwnsItAndWhatIsBelow() {
    HashRing ring = placed();
    const NodeId low = add(ring, "a5");
    const NodeId top = add(ring, "b18446744073709551615");
    QCOMPARE(ring.owner(kTop), top);
    QCOMPARE(ring.owner(6), top);
    QCOMPARE(ring.owner(5), low);
    QCOMPARE(ring.owner(0), low);
    QCOMPARE(ring.share(low), 6.0 / 18446744073709551616.0);
  }

  void equalHashesGoToTheLesserNameWhateverTheOrderOfAdding() {
    HashRing one = placed();
    const NodeId oneB = add(one, "b500");
    const NodeId oneA = add(one, "a500");
    HashRing two = placed();
    const NodeId twoA = add(two, "a500");
    add(two, "b500");
    QCOMPARE(one.owner(500), oneA);
    QCOMPARE(two.owner(500), twoA);
    QCOMPARE(one.share(oneB), 0.0);
    QCOMPARE(one.share(oneA), 1.0);
    std::array<NodeId, 2> out{};
    QCOMPARE(one.owners(1, out), std::size_t{2});  // The other one is next, not gone.
    QCOMPARE(out[0], oneA);
    QCOMPARE(out[1], oneB);
    one.setUp(oneA, false);
    QCOMPARE(one.owner(500), oneB);
  }

  void manyPointsOfOneNodeAtOnePositionCountOnce() {
    HashRing ring = placed(50);
    const NodeId low = add(ring, "a1000");
    const NodeId high = add(ring, "b2000");
    QCOMPARE(ring.points().size(), std::size_t{100});
    QCOMPARE(ring.boundaries().size(), std::size_t{2});
    QCOMPARE(ring.owner(1500), high);
    QCOMPARE(ring.share(low) + ring.share(high), 1.0);
  }

  void weightZeroIsAMemberWithoutPoints() {
    HashRing ring;
    const NodeId drained = add(ring, "drained", 0);
    QCOMPARE(ring.owner(42), kNoNode);
    const NodeId serving = add(ring, "serving");
    QCOMPARE(ring.nodeCount(), std::size_t{2});
    QCOMPARE(ring.owner(42), serving);
    QCOMPARE(ring.share(drained), 0.0);
    std::array<NodeId, 2> out{};
    QCOMPARE(ring.owners(42, out), std::size_t{1});
  }

  void weightMultipliesThePoints() {
    HashRing ring({.pointsPerWeight = 200});
    const NodeId one = add(ring, "one", 1);
    const NodeId four = add(ring, "four", 4);
    QCOMPARE(ring.pointCount(one), 200U);
    QCOMPARE(ring.pointCount(four), 800U);
    QVERIFY(ring.share(four) > 0.7 && ring.share(four) < 0.9);
  }

  void aNodeThatIsDownIsSkippedAndReturnsToItsOwnKeys() {
    HashRing ring = placed();
    const NodeId a = add(ring, "a1000");
    const NodeId b = add(ring, "b2000");
    const NodeId c = add(ring, "c3000");
    ring.setUp(b, false);
    QCOMPARE(ring.owner(1500), c);
    QCOMPARE(ring.owner(500), a);
    QCOMPARE(ring.share(b), 0.0);
    QCOMPARE(ring.points().size(), std::size_t{3});
    ring.setUp(b, true);
    QCOMPARE(ring.owner(1500), b);
    for (const NodeId node : {a, b, c}) ring.setUp(node, false);
    QCOMPARE(ring.owner(1500), kNoNode);
  }

  void thePreferenceListIsDistinctAndInOrder() {
    HashRing ring = placed(3);
    const NodeId a = add(ring, "a1000");
    const NodeId b = add(ring, "b2000");
    const NodeId c = add(ring, "c3000");
    std::array<NodeId, 5> out{};
    QCOMPARE(ring.owners(1500, out), std::size_t{3});
    QCOMPARE((std::vector<NodeId>(out.begin(), out.begin() + 3)), (std::vector<NodeId>{b, c, a}));
    QCOMPARE(ring.owners(1500, std::span(out).first(2)), std::size_t{2});
    QCOMPARE(ring.owners(1500, std::span(out).first(0)), std::size_t{0});
  }

  void thePreferenceListSkipsOrKeepsNodesThatAreDown() {
    HashRing ring = placed();
    const NodeId a = add(ring, "a1000");
    const NodeId b = add(ring, "b2000");
    const NodeId c = add(ring, "c3000");
    ring.setUp(b, false);
    std::array<NodeId, 3> out{};
    QCOMPARE(ring.owners(1500, out), std::size_t{2});
    QCOMPARE(out[0], c);
    QCOMPARE(out[1], a);
    QCOMPARE(ring.owners(1500, out, HashRing::Include::DownToo), std::size_t{3});
    QCOMPARE(out[0], b);  // The home of the key, for a hinted write.
  }

  void refusesNamesItCannotTake() {
    HashRing ring;
    add(ring, "shard-0");
    QCOMPARE(QString::fromStdString(ring.addNode("shard-0").error().message),
             "hash ring: node 'shard-0' is on the ring already");
    QVERIFY(!ring.addNode("").has_value());
    const auto tooLarge = ring.addNode("large", 200'000);
    QVERIFY(!tooLarge.has_value());
    QVERIFY(tooLarge.error().message.find("16777216") != std::string::npos);
    QCOMPARE(ring.points().size(), std::size_t{100});
  }

  void aNameThatReturnsGetsItsNumberAndItsPointsBack() {
    HashRing ring;
    add(ring, "shard-0");
    const NodeId left = add(ring, "shard-1");
    const std::vector<HashRing::Point> before(ring.points().begin(), ring.points().end());
    ring.removeNode(left);
    QCOMPARE(ring.find("shard-1"), kNoNode);
    QCOMPARE(ring.points().size(), std::size_t{100});
    QCOMPARE(add(ring, "shard-1"), left);
    QVERIFY(std::equal(before.begin(), before.end(), ring.points().begin(), ring.points().end()));
  }

  void buildGivesTheSameRingAsAddingOneByOne() {
    std::vector<HashRing::NodeSpec> nodes;
    HashRing oneByOne;
    for (std::uint32_t i = 0; i < 20; ++i) {
      nodes.push_back({"shard-" + std::to_string(i), i % 4});
      add(oneByOne, nodes.back().name, nodes.back().weight);
    }
    const HashRing built = HashRing::build({}, nodes).value();
    QVERIFY(std::equal(built.points().begin(), built.points().end(), oneByOne.points().begin(),
                       oneByOne.points().end()));
    nodes.push_back(nodes.front());
    QVERIFY(!HashRing::build({}, nodes).has_value());
  }

  void fnvOverNumberedNamesSpreadsBadly() {
    // The trap the header names: four nodes of 100 points, and the largest share is far off.
    HashRing raw({.pointHash =
                      [](std::string_view text) {
                        std::uint32_t hash = 2166136261U;
                        for (const char byte : text)
                          hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
                        return std::uint64_t{hash} << 32;
                      },
                  .separator = ':'});
    HashRing good;
    double worstRaw = 0;
    double worstGood = 0;
    for (int i = 0; i < 4; ++i) {
      const std::string name = "shard-" + std::to_string(i);
      add(raw, name);
      add(good, name);
    }
    for (NodeId i = 0; i < 4; ++i) {
      worstRaw = std::max(worstRaw, raw.share(i) * 4);
      worstGood = std::max(worstGood, good.share(i) * 4);
    }
    QVERIFY2(worstRaw > 1.5, qPrintable(QString::number(worstRaw)));
    QVERIFY2(worstGood < 1.25, qPrintable(QString::number(worstGood)));
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestHashRing)
#include "tst_hash_ring.moc"
