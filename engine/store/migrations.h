// Migrations: the history of the run store's schema, one step a version.
//
// Model     `PRAGMA user_version` says how far a file has come; migrate() takes the steps that are
//           left, each in a transaction of its own together with its number.
//             1  the result tables of export/sqlite_run.h, and what makes a run again: its plan
//                and its journal, with the recorded arrivals it was driven by
//             2  tags and remarks
//             3  runs that were removed but may be brought back; the order by date
// Promise   A step that was ever released is never changed. A step that fails leaves the file at
//           the version before it.
// Errors    SQLite::Exception.
#pragma once

namespace SQLite {
class Database;
}

namespace ringside::store {

inline constexpr int kSchemaVersion = 3;

int versionOf(SQLite::Database& database);
// REQUIRES: versionOf(database) <= version <= kSchemaVersion.
void migrate(SQLite::Database& database, int version = kSchemaVersion);

}  // namespace ringside::store
