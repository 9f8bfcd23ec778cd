#include "engine/base/frame_pool.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "engine/base/huge_pages.h"

namespace ringside::frame_pool {
namespace {

// What threads that have ended left behind.
struct Depot {
  std::mutex mutex;
  std::array<FreeFrame*, kClasses> lists{};

  FreeFrame* takeList(std::size_t sizeClass) {
    const std::lock_guard lock(mutex);
    FreeFrame* const first = lists[sizeClass];
    if (first != nullptr) lists[sizeClass] = first->nextList;
    return first;
  }

  void giveList(FreeFrame* first, std::size_t sizeClass) {
    const std::lock_guard lock(mutex);
    first->nextList = std::exchange(lists[sizeClass], first);
  }
};

constinit Depot depot;

// The uncut rest of a thread's newest slab, and the end of its lists.
class Rest {
 public:
  Rest() { local.open = true; }
  Rest(const Rest&) = delete;
  Rest& operator=(const Rest&) = delete;
  ~Rest() {
    giveUpRest();
    for (std::size_t i = 0; i < kClasses; ++i) {
      if (local.heads[i] != nullptr) depot.giveList(std::exchange(local.heads[i], nullptr), i);
    }
    local.open = false;
  }

  void* cut(std::size_t sizeClass) {
    const std::size_t size = (sizeClass + 1) * kStep;
    if (left_ < size) {
      if (FreeFrame* const frames = depot.takeList(sizeClass)) {
        local.heads[sizeClass] = frames->next;
        return frames;
      }
      giveUpRest();
      // It stays with the process: a frame cut from it may be anywhere when this thread ends.
      next_ = static_cast<std::byte*>(allocateHugePages(kHugePage));
      left_ = kHugePage;
    }
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }

 private:
  void giveUpRest() {
    while (left_ > 0) {
      const std::size_t sizeClass = std::min(left_ / kStep, kClasses) - 1;
      const std::size_t size = (sizeClass + 1) * kStep;
      local.heads[sizeClass] = ::new (next_) FreeFrame{local.heads[sizeClass], nullptr};
      next_ += size;
      left_ -= size;
    }
  }

  std::byte* next_ = nullptr;
  std::size_t left_ = 0;  // A multiple of kStep.
};

Rest& rest() {
  thread_local Rest rest;
  return rest;
}

}  // namespace

constinit thread_local Local local;

void open() { rest(); }

void* takeNew(std::size_t sizeClass) { return rest().cut(sizeClass); }

}  // namespace ringside::frame_pool
