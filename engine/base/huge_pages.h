// HugePageAllocator: memory for large tables, on 2 MiB pages where the system has them.
//
// Model     A std allocator. Blocks of 2 MiB and more are aligned to 2 MiB and ask for huge pages;
//           smaller ones come from the heap. Table<T> is a vector with it.
// Why       A table of some tens of megabytes that is read in no order costs a page walk beside
//           each cache miss on 4 KiB pages, and 512 times the page faults when it is first filled.
//           Where the system refuses, nothing but that is lost.
// Threads   Any.
#pragma once

#include <cstddef>
#include <new>
#include <sys/mman.h>
#include <vector>

namespace ringside {

inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

// Memory aligned to huge pages; freed by ::operator delete with that alignment.
inline void* allocateHugePages(std::size_t bytes) {
  void* const memory = ::operator new (bytes, std::align_val_t{kHugePage});
  (void)::madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

template <class T>
struct HugePageAllocator {
  using value_type = T;

  HugePageAllocator() = default;
  template <class U>
  HugePageAllocator(const HugePageAllocator<U>&) {}  // NOLINT: allocators convert.

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kHugePage) {
      return static_cast<T*>(::operator new (bytes, std::align_val_t{alignof(T)}));
    }
    return static_cast<T*>(allocateHugePages(bytes));
  }
  void deallocate(T* memory, std::size_t count) {
    const bool huge = count * sizeof(T) >= kHugePage;
    ::operator delete (memory, std::align_val_t{huge ? kHugePage : alignof(T)});
  }

  template <class U>
  bool operator==(const HugePageAllocator<U>&) const {
    return true;
  }
};

template <class T>
using Table = std::vector<T, HugePageAllocator<T>>;

}  // namespace ringside
