#include <QTest>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/base/flat_index.h"
#include "engine/base/hash.h"

using ringside::FlatIndex;

namespace {

// Keys of a table in which slot n holds keys[n].
struct Table {
  std::vector<std::uint64_t> keys;
  FlatIndex index;
  std::uint64_t (*hash)(std::uint64_t);

  auto same(std::uint64_t key) const {
    return [this, key](std::uint32_t slot) { return keys[slot] == key; };
  }
};

// Every key in one of four homes, and many with equal tags: long runs that wrap around the end.
std::uint64_t crowded(std::uint64_t key) { return (key % 4) * 0x5555'5555'5555'5555U; }
std::uint64_t spread(std::uint64_t key) { return ringside::mix64(key); }

class TestFlatIndex : public QObject {
  Q_OBJECT

 private slots:
  void findsNothingWhenEmpty() {
    const FlatIndex index;
    QCOMPARE(index.find(0, [](std::uint32_t) { return true; }), FlatIndex::kNone);
  }

  void agreesWithAMap_data() {
    QTest::addColumn<bool>("isCrowded");
    QTest::addColumn<int>("keySpace");
    QTest::newRow("spread, growing") << false << 5000;
    QTest::newRow("spread, few keys") << false << 12;
    QTest::newRow("crowded homes") << true << 60;
  }

  void agreesWithAMap() {
    QFETCH(bool, isCrowded);
    QFETCH(int, keySpace);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      std::mt19937_64 rng(seed);
      Table table{{}, FlatIndex(), isCrowded ? &crowded : &spread};
      std::map<std::uint64_t, std::uint32_t> oracle;
      for (int step = 0; step < 20'000; ++step) {
        const std::uint64_t key = rng() % static_cast<std::uint64_t>(keySpace);
        const auto known = oracle.find(key);
        const std::uint32_t expected = known == oracle.end() ? FlatIndex::kNone : known->second;
        QCOMPARE(table.index.find(table.hash(key), table.same(key)), expected);
        if (known == oracle.end()) {
          const auto slot = static_cast<std::uint32_t>(table.keys.size());
          table.keys.push_back(key);
          table.index.insert(table.hash(key), slot);
          oracle[key] = slot;
        } else if (rng() % 2 == 0) {
          QCOMPARE(table.index.erase(table.hash(key), table.same(key)), expected);
          oracle.erase(known);
        }
        QCOMPARE(table.index.size(), oracle.size());
      }
    }
  }

  void erasingWhatIsNotThereChangesNothing() {
    FlatIndex index;
    index.insert(ringside::mix64(1), 7);
    QCOMPARE(index.erase(ringside::mix64(2), [](std::uint32_t) { return true; }), FlatIndex::kNone);
    QCOMPARE(index.size(), std::size_t{1});
  }

  void reservedRoomIsNotGrown() {
    FlatIndex index(1000);
    const std::size_t bytes = index.bytes();
    for (std::uint32_t i = 0; i < 1000; ++i) index.insert(ringside::mix64(i), i);
    QCOMPARE(index.bytes(), bytes);
    index.clear();
    QCOMPARE(index.size(), std::size_t{0});
    QCOMPARE(index.find(ringside::mix64(3), [](std::uint32_t) { return true; }), FlatIndex::kNone);
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestFlatIndex)
#include "tst_flat_index.moc"
