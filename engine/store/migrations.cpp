#include "engine/store/migrations.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <array>
#include <string>

#include "engine/base/check.h"
#include "engine/export/sqlite_run.h"

namespace ringside::store {
namespace {

constexpr char kPlans[] = R"sql(
CREATE TABLE kept(
  runId INTEGER PRIMARY KEY NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  keptAtMs INTEGER NOT NULL, lab TEXT NOT NULL, title TEXT NOT NULL, preset TEXT NOT NULL,
  seed TEXT NOT NULL, lengthRaw INTEGER NOT NULL, state TEXT NOT NULL, error TEXT NOT NULL,
  fingerprint TEXT NOT NULL, events INTEGER NOT NULL, simtimeRaw INTEGER NOT NULL,
  settings TEXT NOT NULL, holds INTEGER NOT NULL, fails INTEGER NOT NULL);
CREATE TABLE planKnob(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  knobOrder INTEGER NOT NULL, knob TEXT NOT NULL, value REAL NOT NULL);
CREATE TABLE planFault(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  faultOrder INTEGER NOT NULL, atRaw INTEGER NOT NULL, name TEXT NOT NULL,
  durationRaw INTEGER NOT NULL, PRIMARY KEY(runId, faultOrder));
CREATE TABLE planFaultArgument(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  faultOrder INTEGER NOT NULL, argumentOrder INTEGER NOT NULL, argument TEXT NOT NULL,
  value REAL NOT NULL);
CREATE TABLE journal(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  entryOrder INTEGER NOT NULL, atRaw INTEGER NOT NULL, afterEvent INTEGER NOT NULL,
  act TEXT NOT NULL, name TEXT NOT NULL, value REAL, faultId INTEGER, durationRaw INTEGER,
  PRIMARY KEY(runId, entryOrder));
CREATE TABLE journalArgument(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  entryOrder INTEGER NOT NULL, argumentOrder INTEGER NOT NULL, argument TEXT NOT NULL,
  value REAL NOT NULL);
CREATE TABLE arrivals(
  runId INTEGER PRIMARY KEY NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  name TEXT NOT NULL, badRows INTEGER NOT NULL, firstBadRow TEXT NOT NULL, rows BLOB NOT NULL);
CREATE INDEX planKnobOfRun ON planKnob(runId);
CREATE INDEX planFaultArgumentOfRun ON planFaultArgument(runId);
CREATE INDEX journalArgumentOfRun ON journalArgument(runId);
)sql";

constexpr char kTags[] = R"sql(
CREATE TABLE tag(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  name TEXT NOT NULL, PRIMARY KEY(runId, name)) WITHOUT ROWID;
CREATE INDEX runsOfTag ON tag(name);
ALTER TABLE kept ADD COLUMN remark TEXT NOT NULL DEFAULT '';
)sql";

constexpr char kRemovals[] = R"sql(
ALTER TABLE kept ADD COLUMN removedAtMs INTEGER;
CREATE INDEX keptByDate ON kept(keptAtMs);
)sql";

}  // namespace

int versionOf(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

void migrate(SQLite::Database& database, int version) {
  const std::array<std::string, kSchemaVersion> steps = {
      std::string(exports::resultSchema()) + kPlans, kTags, kRemovals};
  RINGSIDE_CHECK(version <= kSchemaVersion);
  for (int at = versionOf(database); at < version; ++at) {
    SQLite::Transaction transaction(database);
    database.exec(steps[static_cast<std::size_t>(at)]);
    database.exec("PRAGMA user_version = " + std::to_string(at + 1));
    transaction.commit();
  }
}

}  // namespace ringside::store
