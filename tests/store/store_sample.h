// StoreSample: runs and figures that the tests of the run store share.
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QString>

#include <sqlite3.h>

#include "engine/store/run_store.h"
#include "tests/export/sample_record.h"

namespace ringside::store {

inline constexpr std::int64_t kDayMs = 86'400'000;
inline constexpr std::int64_t kNow = 1'795'000'000'000;  // In November 2026.

// A run of a few rows that differs from others by its seed.
inline exports::RunRecord smallRecord(std::uint64_t seed) {
  exports::RunRecord record = exports::sampleRecord();
  record.plan.seed = seed;
  record.frame.seed = seed;
  record.frame.fingerprint = 1000 + seed;
  return record;
}

inline StoreFile fileAt(const QString& folder, std::int64_t nowMs = kNow) {
  return {.path = (folder + "/runs.db").toStdString(), .nowMs = nowMs};
}

inline std::vector<std::uint64_t> seedsIn(RunStore& store, const RunQuery& query = {}) {
  std::vector<std::uint64_t> seeds;
  const auto runs = store.search(query);
  if (!runs) qFatal("%s", runs.error().message.c_str());
  for (const KeptRun& run : *runs) seeds.push_back(run.seed);
  return seeds;
}

// For QTemporaryDir: a folder in memory where there is one, since a disk takes long over hundreds
// of syncs. What is tested is what SQLite asks for, not what the disk does with it.
inline QString quickFolder() {
  return QFileInfo(QStringLiteral("/dev/shm")).isWritable()
             ? QStringLiteral("/dev/shm/ringside-XXXXXX")
             : QDir::tempPath() + QStringLiteral("/ringside-XXXXXX");
}

// The first cell of `sql` on the file, by SQLite itself.
inline QString ask(const QString& path, const char* sql) {
  sqlite3* handle = nullptr;
  sqlite3_stmt* statement = nullptr;
  QString answer = QStringLiteral("none");
  if (sqlite3_open_v2(path.toUtf8(), &handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW) {
    answer = QString::fromUtf8(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  }
  sqlite3_finalize(statement);
  sqlite3_close(handle);
  return answer;
}

}  // namespace ringside::store
