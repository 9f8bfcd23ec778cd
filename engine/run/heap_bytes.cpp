#include "engine/run/heap_bytes.h"

#include <malloc.h>

namespace ringside::run {

std::size_t heapBytes() {
#if defined(__GLIBC__)
  const auto heap = ::mallinfo2();
  return heap.uordblks + heap.hblkhd;
#else
  return 0;
#endif
}

}  // namespace ringside::run
