// FramePool: blocks do not overlap, are aligned, come back, and may cross threads.
#include <QtTest>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#include "engine/base/frame_pool.h"
#include "engine/base/rng.h"

using namespace ringside;

namespace {

struct Block {
  unsigned char* bytes;
  std::size_t size;
  unsigned char fill;

  [[nodiscard]] bool intact() const {
    return std::all_of(bytes, bytes + size, [this](unsigned char b) { return b == fill; });
  }
};

Block blockOf(std::size_t size, unsigned char fill) {
  auto* bytes = static_cast<unsigned char*>(allocateFrame(size));
  std::memset(bytes, fill, size);
  return {bytes, size, fill};
}

}  // namespace

class TestFramePool : public QObject {
  Q_OBJECT

 private slots:
  void blocksKeepWhatIsWrittenToThem() {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Rng rng(seed);
      std::vector<Block> blocks;
      for (int step = 0; step < 5000; ++step) {
        if (blocks.empty() || rng.chance(0.55)) {
          const std::size_t size = 1 + rng.below(rng.chance(0.1) ? 9000 : 700);
          blocks.push_back(blockOf(size, static_cast<unsigned char>(rng.below(256))));
          QCOMPARE(reinterpret_cast<std::uintptr_t>(blocks.back().bytes) % 16, 0u);
        } else {
          std::swap(blocks[rng.below(blocks.size())], blocks.back());
          QVERIFY(blocks.back().intact());
          releaseFrame(blocks.back().bytes, blocks.back().size);
          blocks.pop_back();
        }
      }
      for (const Block& block : blocks) {
        QVERIFY(block.intact());
        releaseFrame(block.bytes, block.size);
      }
    }
  }

  void everySizeAtTheEdgesOfItsClassHasRoom() {
    std::vector<Block> blocks;
    for (const std::size_t size : {1u, 63u, 64u, 65u, 128u, 129u, 4095u, 4096u, 4097u, 8192u}) {
      blocks.push_back(blockOf(size, static_cast<unsigned char>(size)));
    }
    for (const Block& block : blocks) {
      QVERIFY(block.intact());
      releaseFrame(block.bytes, block.size);
    }
  }

  void blocksOutliveTheThreadThatMadeThem() {
    std::vector<Block> blocks;
    for (int round = 0; round < 20; ++round) {
      std::thread([&blocks] {
        for (int i = 0; i < 500; ++i) blocks.push_back(blockOf(320, 7));
      }).join();
      // Released here, and taken up again by the next thread or by this one.
      for (std::size_t i = 0; i < 400; ++i) {
        QVERIFY(blocks.back().intact());
        releaseFrame(blocks.back().bytes, blocks.back().size);
        blocks.pop_back();
      }
    }
    for (const Block& block : blocks) {
      QVERIFY(block.intact());
      releaseFrame(block.bytes, block.size);
    }
  }

  void threadsAtOnceDoNotShareABlock() {
    std::vector<std::thread> threads;
    std::vector<int> damaged(4, 0);
    for (std::size_t t = 0; t < damaged.size(); ++t) {
      threads.emplace_back([&damaged, t] {
        Rng rng(t);
        std::vector<Block> blocks;
        for (int step = 0; step < 20'000; ++step) {
          if (blocks.size() < 200) {
            blocks.push_back(blockOf(1 + rng.below(600), static_cast<unsigned char>(t)));
            continue;
          }
          for (; blocks.size() > 100; blocks.pop_back()) {
            if (!blocks.back().intact()) ++damaged[t];
            releaseFrame(blocks.back().bytes, blocks.back().size);
          }
        }
        for (const Block& block : blocks) releaseFrame(block.bytes, block.size);
      });
    }
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(damaged, std::vector<int>(4, 0));
  }
};

QTEST_GUILESS_MAIN(TestFramePool)
#include "tst_frame_pool.moc"
