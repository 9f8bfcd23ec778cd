// RingBuffer against std::deque, over random scripts and counted lifetimes.
#include <QtTest>

#include <deque>
#include <memory>
#include <string>

#include "engine/base/ring_buffer.h"
#include "engine/base/rng.h"

using namespace ringside;

class TestRingBuffer : public QObject {
  Q_OBJECT

 private slots:
  void behavesAsADeque() {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      Rng rng(seed);
      RingBuffer<std::string> ring;
      std::deque<std::string> model;
      const double growth = 0.3 + 0.5 * rng.uniform01();
      for (int step = 0; step < 2000; ++step) {
        if (model.empty() || rng.chance(growth)) {
          const std::string text = "a value too long for the small buffer " + std::to_string(step);
          ring.push_back(text);
          model.push_back(text);
        } else {
          QCOMPARE(ring.front(), model.front());
          ring.pop_front();
          model.pop_front();
        }
        QCOMPARE(ring.size(), model.size());
        if (model.empty()) continue;
        QCOMPARE(ring.back(), model.back());
        const auto i = static_cast<std::size_t>(rng.below(model.size()));
        QCOMPARE(ring[i], model[i]);
      }
    }
  }

  void destroysEveryElementOnce() {
    const auto token = std::make_shared<int>(1);
    {
      RingBuffer<std::shared_ptr<int>> ring;
      for (int i = 0; i < 100; ++i) ring.push_back(token);
      for (int i = 0; i < 40; ++i) ring.pop_front();
      QCOMPARE(token.use_count(), 61L);
      RingBuffer<std::shared_ptr<int>> taken(std::move(ring));
      QCOMPARE(token.use_count(), 61L);
      ring = std::move(taken);
      ring.clear();
      QCOMPARE(token.use_count(), 1L);
      QVERIFY(ring.empty());
      for (int i = 0; i < 5; ++i) ring.push_back(token);
    }
    QCOMPARE(token.use_count(), 1L);
  }

  void holdsWhatCanOnlyBeMoved() {
    RingBuffer<std::unique_ptr<int>> ring;
    for (int i = 0; i < 20; ++i) ring.emplace_back(std::make_unique<int>(i));
    const std::unique_ptr<int> first = std::move(ring.front());
    ring.pop_front();
    QCOMPARE(*first, 0);
    QCOMPARE(*ring.front(), 1);
  }

  void growsWhenAnElementIsPushedAgain() {
    RingBuffer<std::string> ring;
    ring.push_back("the first of them, long enough to live on the heap");
    while (ring.size() < ring.capacity()) ring.push_back("filler");
    ring.emplace_back(ring.front());
    QCOMPARE(ring.back(), ring.front());
  }

  void doesNotGrowWhileItOnlyTurns() {
    RingBuffer<int> ring;
    ring.reserve(16);
    const std::size_t capacity = ring.capacity();
    for (int i = 0; i < 100'000; ++i) {
      ring.push_back(i);
      if (ring.size() == 16) ring.pop_front();
    }
    QCOMPARE(ring.capacity(), capacity);
  }

  void refusesToReadOrPopNothing() {
    RingBuffer<int> ring;
    QVERIFY_EXCEPTION_THROWN(ring.pop_front(), Bug);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(ring.front()), Bug);
    ring.push_back(1);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(ring[1]), Bug);
  }
};

QTEST_GUILESS_MAIN(TestRingBuffer)
#include "tst_ring_buffer.moc"
