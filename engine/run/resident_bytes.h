// residentBytes: how much memory the process occupies now.
//
// Model     What the kernel counts, since blocks that were reserved and never touched cost nothing;
//           0 where it does not say. It steers how many runs are held, and no result depends on it.
// Cost      A few microseconds: one small file of the kernel is read.
// Threads   Any.
#pragma once

#include <cstddef>

namespace ringside::run {

std::size_t residentBytes();

}  // namespace ringside::run
