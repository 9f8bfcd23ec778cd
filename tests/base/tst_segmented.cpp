// Segmented against a vector; references that stay; every element destroyed once.
#include <QTest>

#include <memory>
#include <vector>

#include "engine/base/segmented.h"

using ringside::kSegmentSize;
using ringside::Segmented;

namespace {

class TestSegmented : public QObject {
  Q_OBJECT

 private slots:
  void agreesWithAVectorOverSegmentBounds() {
    Segmented<std::uint64_t> table;
    std::vector<std::uint64_t> oracle;
    for (std::size_t i = 0; i < 3 * kSegmentSize<std::uint64_t> + 1; ++i) {
      QCOMPARE(table.emplace_back(i * i), i * i);
      oracle.push_back(i * i);
    }
    QCOMPARE(table.size(), oracle.size());
    for (std::size_t i = 0; i < oracle.size(); ++i) QCOMPARE(table[i], oracle[i]);
    QCOMPARE(table.bytes(), std::size_t{4 * 32 * 1024});
  }

  void referencesStayWhenItGrows() {
    Segmented<int> table;
    const int* const first = &table.emplace_back(42);
    for (std::size_t i = 0; i < 2 * kSegmentSize<int>; ++i) table.emplace_back(0);
    QCOMPARE(&table[0], first);
    QCOMPARE(*first, 42);
  }

  void destroysWhatItHolds() {
    const auto shared = std::make_shared<int>(1);
    {
      Segmented<std::shared_ptr<int>> table;
      for (int i = 0; i < 5000; ++i) table.emplace_back(shared);
      Segmented<std::shared_ptr<int>> moved = std::move(table);
      QCOMPARE(shared.use_count(), 5001L);
      QCOMPARE(moved.size(), std::size_t{5000});
      moved.clear();
      QCOMPARE(shared.use_count(), 1L);
      moved.emplace_back(shared);
    }
    QCOMPARE(shared.use_count(), 1L);
  }
};

}  // namespace

QTEST_GUILESS_MAIN(TestSegmented)
#include "tst_segmented.moc"
