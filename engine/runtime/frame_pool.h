// FramePool: memory for coroutine frames, handed back to the next frame of the same size.
//
// Model     Free lists by size class of 64 bytes, one set a thread, cut from slabs of 2 MiB that
//           ask for huge pages; frames above 4 KiB go to the heap.
// Threads   Any. A frame freed on another thread joins that thread's lists. What a thread has left
//           when it ends goes to the next that needs a slab.
// Cost      About 2 ns a pair of calls once warm. A slab is never given back to the system, since a
//           frame of it may live on any thread: the pool keeps what the largest run needed. Under
//           AddressSanitizer every frame comes from the heap, so that a stale handle is caught.
// Rejected  Frames from the heap: with 100,000 payments in flight each event misses the cache and
//           then, on small pages, the address translation too.
#pragma once

#include <cstddef>

namespace ringside {

void* allocateFrame(std::size_t size);
void releaseFrame(void* frame, std::size_t size) noexcept;

}  // namespace ringside
