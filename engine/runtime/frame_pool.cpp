#include "engine/runtime/frame_pool.h"

#include <array>
#include <new>

namespace ringside {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kPooled = false;
#else
constexpr bool kPooled = true;
#endif

constexpr std::size_t kStep = 64;
constexpr std::size_t kClasses = 64;  // Up to 4 KiB.

struct FreeFrame {
  FreeFrame* next;
};

// An allocator's cache, not state of any run: what it holds never reaches a result.
class Lists {
 public:
  Lists() = default;
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;
  ~Lists() {
    for (FreeFrame* head : heads_) {
      while (head != nullptr) {
        FreeFrame* next = head->next;
        ::operator delete(head);
        head = next;
      }
    }
  }

  void* take(std::size_t sizeClass) {
    FreeFrame* frame = heads_[sizeClass];
    if (frame == nullptr) return ::operator new((sizeClass + 1) * kStep);
    heads_[sizeClass] = frame->next;
    return frame;
  }

  void give(void* frame, std::size_t sizeClass) noexcept {
    heads_[sizeClass] = ::new (frame) FreeFrame{heads_[sizeClass]};
  }

 private:
  std::array<FreeFrame*, kClasses> heads_{};
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
