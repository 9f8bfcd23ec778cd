#include <QTest>

#include <cstdint>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/sharding/hash_ring.h"

using nlohmann::json;
using ringside::sharding::HashRing;
using ringside::sharding::NodeId;

namespace {

// The hash Envoy calls MURMUR_HASH_2 is the one libstdc++ hashes bytes with.
std::uint64_t murmur2(std::string_view text) {
  return std::_Hash_bytes(text.data(), text.size(), 0xC70F6907U);
}

std::uint64_t number(const json& text) { return std::stoull(text.get<std::string>()); }

class TestRingEnvoy : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    std::ifstream file(RINGSIDE_TEST_DATA "/ring_envoy.json");
    vectors_ = json::parse(file);
    QCOMPARE(vectors_.at("cases").size(), std::size_t{9});
  }

  void givesTheRecordedRing_data() {
    QTest::addColumn<int>("at");
    for (std::size_t i = 0; i < vectors_.at("cases").size(); ++i) {
      const json& one = vectors_["cases"][i];
      const std::string name =
          one["hash"].get<std::string>() + ", " + std::to_string(one["hosts"].size()) +
          " hosts, min " + std::to_string(one["min"].get<int>()) + ", case " + std::to_string(i);
      QTest::newRow(name.c_str()) << static_cast<int>(i);
    }
  }

  void givesTheRecordedRing() {
    QFETCH(int, at);
    const json& one = vectors_["cases"][static_cast<std::size_t>(at)];
    const bool murmur = one["hash"] == "murmur2_64A";
    const HashRing::Config config{.sizing = HashRing::Sizing::EnvoyTotal,
                                  .minSize = one["min"].get<std::uint64_t>(),
                                  .maxSize = one["max"].get<std::uint64_t>(),
                                  .pointHash = murmur ? &murmur2 : &HashRing::defaultPointHash};
    std::vector<HashRing::NodeSpec> hosts;
    for (const json& host : one["hosts"]) {
      hosts.push_back({host[0].get<std::string>(), host[1].get<std::uint32_t>()});
    }
    const HashRing ring = HashRing::build(config, hosts).value();

    QCOMPARE(ring.points().size(), one["points"].size());
    for (std::size_t i = 0; i < ring.points().size(); ++i) {
      QCOMPARE(ring.points()[i].hash, number(one["points"][i][0]));
      QCOMPARE(ring.points()[i].node, one["points"][i][1].get<NodeId>());
    }
    for (std::size_t i = 0; i < hosts.size(); ++i) {
      QCOMPARE(ring.pointCount(static_cast<NodeId>(i)),
               one["hashes_per_host"][i].get<std::uint32_t>());
    }
    for (const json& lookup : one["lookups"]) {
      QCOMPARE(ring.owner(number(lookup[0])), lookup[1].get<NodeId>());
    }
    for (const json& lookup : one["str_lookups"]) {
      QCOMPARE(ring.owner(config.pointHash(lookup[0].get<std::string>())), lookup[1].get<NodeId>());
    }
  }

  void aFixedTotalMovesKeysBetweenSurvivors() {
    // What Envoy's rule costs and a fixed number of points a node does not: nine nodes after ten
    // have more points each, so keys move that did not have to.
    HashRing before({.sizing = HashRing::Sizing::EnvoyTotal, .minSize = 1024});
    for (int i = 0; i < 10; ++i) {
      QVERIFY(before.addNode("10.0.0." + std::to_string(i + 1) + ":8080").has_value());
    }
    HashRing after = before;
    after.removeNode(4);
    std::vector<std::uint64_t> keys;
    for (std::uint64_t i = 0; i < 100'000; ++i) keys.push_back(ringside::mix64(i + 1));
    const auto moves = ringside::sharding::countMoves(before, after, keys);
    QVERIFY(moves.needless > 2'000);
    QVERIFY(moves.needless < 15'000);
  }

 private:
  json vectors_;
};

}  // namespace

QTEST_GUILESS_MAIN(TestRingEnvoy)
#include "tst_ring_envoy.moc"
