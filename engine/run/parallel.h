// forEachIndex: independent pieces of work on several threads.
//
// Promise   work(i) is called once for each i in [0, count), on one of `threads` threads, in
//           ascending order of starting. What they write to places of their own does not depend on
//           the number of threads. If one throws, no further one is begun, and the exception of the
//           smallest index is rethrown.
// Threads   Blocks the caller, whose thread is one of those that work.
// Rejected  std::async and parallel algorithms: neither says how many threads there will be.
#pragma once

#include <cstddef>
#include <functional>

namespace ringside::run {

void forEachIndex(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work);

// As many as the machine runs at once; at least 1.
[[nodiscard]] unsigned allCores();

}  // namespace ringside::run
