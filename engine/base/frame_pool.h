// FramePool: memory for coroutine frames and the segments of tables, handed back to the next of the
// same size.
//
// Model     Free lists by size class of 64 bytes, one set a thread, cut from slabs of 2 MiB that
//           ask for huge pages; frames above 64 KiB go to the heap.
// Threads   Any. A frame freed on another thread joins that thread's lists. What a thread has left
//           when it ends goes to the next that needs a slab.
// Cost      About 2 ns a pair of calls once warm. A slab is never given back to the system, since a
//           frame of it may live on any thread: the pool keeps what the largest run needed. Under
//           AddressSanitizer every frame comes from the heap, so that a stale handle is caught.
// Rejected  Frames from the heap: with 100,000 payments in flight each event misses the cache and
//           then, on small pages, the address translation too.
#pragma once

#include <array>
#include <cstddef>
#include <new>

namespace ringside {
namespace frame_pool {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kPooled = false;
#else
inline constexpr bool kPooled = true;
#endif

inline constexpr std::size_t kStep = 64;
inline constexpr std::size_t kClasses = 1024;  // Up to 64 KiB.

struct FreeFrame {
  FreeFrame* next;
  FreeFrame* nextList;  // Where this is the first of a list that a thread left behind.
};

// One thread's frames. An allocator's cache, not state of any run: it never reaches a result.
struct Local {
  std::array<FreeFrame*, kClasses> heads{};
  bool open = false;  // Whether what is here will be handed on when the thread ends.
};
extern constinit thread_local Local local;

void open();
void* takeNew(std::size_t sizeClass);

}  // namespace frame_pool

inline void* allocateFrame(std::size_t size) {
  const std::size_t sizeClass = (size - 1) / frame_pool::kStep;
  if (!frame_pool::kPooled || sizeClass >= frame_pool::kClasses) return ::operator new(size);
  frame_pool::FreeFrame*& head = frame_pool::local.heads[sizeClass];
  frame_pool::FreeFrame* const frame = head;
  if (frame == nullptr) [[unlikely]]
    return frame_pool::takeNew(sizeClass);
  head = frame->next;
  return frame;
}

inline void releaseFrame(void* frame, std::size_t size) noexcept {
  const std::size_t sizeClass = (size - 1) / frame_pool::kStep;
  if (!frame_pool::kPooled || sizeClass >= frame_pool::kClasses) return ::operator delete(frame);
  if (!frame_pool::local.open) [[unlikely]]
    frame_pool::open();
  frame_pool::FreeFrame*& head = frame_pool::local.heads[sizeClass];
  head = ::new (frame) frame_pool::FreeFrame{head, nullptr};
}

}  // namespace ringside
