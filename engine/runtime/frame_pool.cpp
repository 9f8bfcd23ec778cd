#include "engine/runtime/frame_pool.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <mutex>
#include <new>
#include <sys/mman.h>
#include <utility>

namespace ringside {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kPooled = false;
#else
constexpr bool kPooled = true;
#endif

constexpr std::size_t kStep = 64;
constexpr std::size_t kClasses = 64;  // Up to 4 KiB.
constexpr std::size_t kSlabBytes = std::size_t{2} << 20;

struct FreeFrame {
  FreeFrame* next;
};
using FreeLists = std::array<FreeFrame*, kClasses>;

// An allocator's cache, not state of any run: what it holds never reaches a result.
struct Depot {
  std::mutex mutex;
  FreeLists heads{};  // Left behind by threads that have ended.

  FreeFrame* takeAll(std::size_t sizeClass) {
    const std::lock_guard lock(mutex);
    return std::exchange(heads[sizeClass], nullptr);
  }

  void giveAll(FreeFrame* first, std::size_t sizeClass) {
    FreeFrame* last = first;
    while (last->next != nullptr) last = last->next;
    const std::lock_guard lock(mutex);
    last->next = std::exchange(heads[sizeClass], first);
  }
};

constinit Depot depot;

// Memory that stays with the process: a frame cut from it may be anywhere when this thread ends.
std::byte* newSlab() {
  void* const slab = ::operator new (kSlabBytes, std::align_val_t{kSlabBytes});
  // With small pages, each frame touched after a long sleep costs a page walk as well. Where the
  // system refuses, nothing but that speed is lost.
  (void)::madvise(slab, kSlabBytes, MADV_HUGEPAGE);
  return static_cast<std::byte*>(slab);
}

// One thread's frames.
class Lists {
 public:
  Lists() = default;
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;
  ~Lists() {
    while (left_ >= kStep) {
      const std::size_t sizeClass = std::min(left_ / kStep, kClasses) - 1;
      give(cut((sizeClass + 1) * kStep), sizeClass);
    }
    for (std::size_t i = 0; i < kClasses; ++i) {
      if (heads_[i] != nullptr) depot.giveAll(heads_[i], i);
    }
  }

  void* take(std::size_t sizeClass) {
    FreeFrame* const frame = heads_[sizeClass];
    if (frame == nullptr) [[unlikely]]
      return takeNew(sizeClass);
    heads_[sizeClass] = frame->next;
    return frame;
  }

  void give(void* frame, std::size_t sizeClass) noexcept {
    heads_[sizeClass] = ::new (frame) FreeFrame{heads_[sizeClass]};
  }

 private:
  void* takeNew(std::size_t sizeClass) {
    const std::size_t size = (sizeClass + 1) * kStep;
    if (left_ < size) {
      if (FreeFrame* const frames = depot.takeAll(sizeClass)) {
        heads_[sizeClass] = frames->next;
        return frames;
      }
      if (left_ > 0) give(next_, left_ / kStep - 1);
      next_ = newSlab();
      left_ = kSlabBytes;
    }
    return cut(size);
  }

  void* cut(std::size_t size) {
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }

  FreeLists heads_{};
  std::byte* next_ = nullptr;  // The uncut rest of the newest slab: a multiple of kStep.
  std::size_t left_ = 0;
};

Lists& lists() {
  thread_local Lists lists;
  return lists;
}

}  // namespace

void* allocateFrame(std::size_t size) {
  const std::size_t sizeClass = (size - 1) / kStep;
  if (!kPooled || sizeClass >= kClasses) return ::operator new(size);
  return lists().take(sizeClass);
}

void releaseFrame(void* frame, std::size_t size) noexcept {
  const std::size_t sizeClass = (size - 1) / kStep;
  if (!kPooled || sizeClass >= kClasses) return ::operator delete(frame);
  lists().give(frame, sizeClass);
}

}  // namespace ringside
