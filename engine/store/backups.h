// Backups: copies of the run store beside it, one a day and one before each change of its schema.
//
// Model     "FOLDER/backups/runs-2026-11-21.db" and "runs-2026-11-21-before-v3.db". The last seven
//           of each kind stay. A copy is taken page by page by SQLite itself, so it is whole even
//           while another program writes, and gets its name when it lies on the disk.
// Time      The day is that of the caller's clock, UTC.
// Errors    One sentence; the store itself is never touched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace SQLite {
class Database;
}

namespace ringside::store {

inline constexpr std::size_t kBackupsKept = 7;

// "2026-11-21". REQUIRES: a time of the years 1970 to 9999.
std::string dayOf(std::int64_t unixMillis);

std::string backupFolder(const std::string& storePath);
// Unless there is one of today.
Result<Done> backUpDaily(SQLite::Database& database, const std::string& storePath,
                         std::int64_t nowMs);
Result<Done> backUpBefore(SQLite::Database& database, const std::string& storePath,
                          std::int64_t nowMs, int version);
// The newest one that is sound.
std::optional<std::string> newestBackup(const std::string& storePath);

}  // namespace ringside::store
