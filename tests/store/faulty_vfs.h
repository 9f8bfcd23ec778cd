// FaultyVfs: SQLite's own file system in which the n-th change of a file fails, or kills.
//
// Model     Counts writes, syncs, truncations and deletions of all files opened through it. When
//           the count reaches `at`, the operation fails with `code` and, if it is to last, so do
//           all after it; or the process is killed before it, or in the middle of a write.
// Threads   None: counters are plain.
#pragma once

#include <cstdint>

namespace ringside::store {

struct FaultPlan {
  enum class What { Nothing, FailOnce, FailOn, Kill, KillMidway };
  What what = What::Nothing;
  int at = 0;    // 1 is the first.
  int code = 0;  // SQLITE_FULL, SQLITE_IOERR_WRITE...
};

// The name to open with. Registered at the first call.
const char* faultyVfs();
void setFaults(const FaultPlan& plan);  // Counting begins anew.
int changesCounted();

}  // namespace ringside::store
