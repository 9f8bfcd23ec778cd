#include "engine/store/run_store.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "engine/export/sqlite_run.h"
#include "engine/lab/fault.h"

namespace ringside::store {
namespace {

std::string settingsOf(const exports::RunRecord& record) {
  std::vector<std::string> parts;
  for (const lab::ParameterValue& knob : record.plan.knobs) {
    const auto spec = std::ranges::find(record.info.knobs, knob.key, &lab::ParameterSpec::key);
    parts.push_back(spec == record.info.knobs.end()
                        ? fmt::format("{}={}", knob.key, knob.value)
                        : fmt::format("{}={}", knob.key, lab::format(*spec, knob.value)));
  }
  for (const lab::ScheduledFault& fault : record.plan.faults) {
    parts.push_back(lab::formatFault(record.info.faults, fault));
  }
  if (record.plan.arrivals) parts.push_back("arrivals " + record.plan.arrivals->name);
  if (!record.journal.empty()) parts.push_back(fmt::format("{} acts", record.journal.size()));
  return fmt::format("{}", fmt::join(parts, ", "));
}

int countOf(const exports::RunRecord& record, lab::Verdict verdict) {
  const auto claims = std::ranges::count(record.claims, verdict, &run::ClaimOutcome::verdict);
  const auto checks = std::ranges::count(record.checks, verdict, &lab::CheckResult::verdict);
  return static_cast<int>(claims + checks);
}

void insertKept(SQLite::Database& database, std::int64_t runId, const exports::RunRecord& record,
                std::int64_t nowMs) {
  const lab::Frame& frame = record.frame;
  const bool failed = frame.state == lab::RunState::Failed;
  SQLite::Statement insert(
      database,
      "INSERT INTO kept(runId, keptAtMs, lab, title, preset, seed, lengthRaw, state, error,"
      " fingerprint, events, simtimeRaw, settings, holds, fails)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, runId);
  insert.bind(2, nowMs);
  insert.bind(3, record.plan.labId.empty() ? record.info.id : record.plan.labId);
  insert.bind(4, record.info.title);
  insert.bind(5, record.plan.preset);
  insert.bind(6, std::to_string(record.plan.seed));
  insert.bind(7, static_cast<std::int64_t>(record.plan.length.count()));
  insert.bind(8, failed ? "failed" : "finished");
  insert.bind(9, failed ? frame.note : "");
  insert.bind(10, exports::fingerprintText(frame.fingerprint));
  insert.bind(11, static_cast<std::int64_t>(frame.events));
  insert.bind(12, static_cast<std::int64_t>(frame.now.time_since_epoch().count()));
  insert.bind(13, settingsOf(record));
  insert.bind(14, countOf(record, lab::Verdict::Holds));
  insert.bind(15, countOf(record, lab::Verdict::Fails));
  insert.exec();
}

std::int64_t insertAll(SQLite::Database& database, const exports::RunRecord& record,
                       std::int64_t nowMs) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const std::int64_t runId = exports::insertRun(database, record);
  insertKept(database, runId, record, nowMs);
  insertRecipe(database, runId, record.plan, record.journal);
  transaction.commit();
  return runId;
}

std::int64_t bytesUsed(SQLite::Database& database) {
  const std::int64_t pages = database.execAndGet("PRAGMA page_count").getInt64() -
                             database.execAndGet("PRAGMA freelist_count").getInt64();
  return pages * database.execAndGet("PRAGMA page_size").getInt64();
}

}  // namespace

RunStore::RunStore(const StoreFile& file, Limits limits) : path_(file.path), limits_(limits) {
  OpenedStore opened = openStore(file);
  main_ = std::move(opened.database);
  holding_ = opened.holding;
  message_ = std::move(opened.message);
}

RunStore::~RunStore() = default;

void RunStore::setLimits(Limits limits) { limits_ = limits; }

SQLite::Database& RunStore::memory() {
  if (holding_ == Holding::Memory) return *main_;
  if (memory_ == nullptr) memory_ = memoryStore();
  return *memory_;
}

SQLite::Database& RunStore::databaseOf(std::int64_t id) {
  return id > kFirstMemoryId ? memory() : *main_;
}

std::vector<SQLite::Database*> RunStore::databases() const {
  std::vector<SQLite::Database*> all = {main_.get()};
  if (memory_ != nullptr) all.push_back(memory_.get());
  return all;
}

RunStore::Kept RunStore::keep(const exports::RunRecord& record, std::int64_t nowMs) {
  Kept kept;
  if (holding_ == Holding::File) {
    try {
      kept.id = insertAll(*main_, record, nowMs);
      kept.inFile = true;
    } catch (const SQLite::Exception& error) {
      kept.message = fmt::format("{} cannot be written: {}; this run is kept in memory only", path_,
                                 reasonOf(error));
    }
  }
  try {
    if (!kept.inFile) kept.id = insertAll(memory(), record, nowMs);
    enforceLimits();
  } catch (const SQLite::Exception& error) {
    const std::string where =
        kept.inFile ? path_ + ": old runs cannot be removed" : "the run is not kept";
    if (kept.message.empty()) kept.message = fmt::format("{}: {}", where, reasonOf(error));
  }
  return kept;
}

// The oldest without a mark go first; the run just kept always stays.
void RunStore::enforceLimits() {
  constexpr char kOldest[] =
      "SELECT runId FROM kept WHERE remark = '' AND runId NOT IN (SELECT runId FROM tag)"
      " AND runId <> (SELECT max(runId) FROM kept) ORDER BY keptAtMs, runId LIMIT ?";
  for (SQLite::Database* database : databases()) {
    if (holding_ == Holding::ReadOnly && database == main_.get()) continue;
    bool removed = false;
    for (;;) {
      const std::int64_t runs = database->execAndGet("SELECT count(*) FROM kept").getInt64();
      std::int64_t surplus =
          std::max<std::int64_t>(0, runs - std::max<std::int64_t>(1, limits_.runs));
      if (surplus == 0 && bytesUsed(*database) > limits_.bytes) surplus = 1;
      if (surplus == 0) break;
      SQLite::Transaction transaction(*database, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement erase(*database,
                              fmt::format("DELETE FROM run WHERE runId IN ({})", kOldest));
      erase.bind(1, surplus);
      const int erased = erase.exec();
      transaction.commit();
      removed = removed || erased > 0;
      if (erased < surplus) break;  // What is left is marked.
    }
    if (removed) database->exec("PRAGMA incremental_vacuum");
  }
}

Result<Done> RunStore::setTags(std::int64_t id, std::vector<std::string> tags) {
  try {
    SQLite::Database& database = databaseOf(id);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement clear(database, "DELETE FROM tag WHERE runId = ?");
    clear.bind(1, id);
    clear.exec();
    SQLite::Statement insert(database, "INSERT OR IGNORE INTO tag(runId, name) VALUES (?, ?)");
    for (const std::string& tag : tags) {
      if (tag.empty()) continue;
      insert.bind(1, id);
      insert.bind(2, tag);
      insert.exec();
      insert.reset();
    }
    transaction.commit();
    return Done{};
  } catch (const SQLite::Exception& error) {
    return Error{fmt::format("the tags cannot be kept: {}", reasonOf(error))};
  }
}

Result<Done> RunStore::setRemark(std::int64_t id, std::string_view remark) {
  try {
    SQLite::Statement update(databaseOf(id), "UPDATE kept SET remark = ? WHERE runId = ?");
    update.bind(1, std::string(remark));
    update.bind(2, id);
    if (update.exec() == 1) return Done{};
    return Error{fmt::format("there is no run {}", id)};
  } catch (const SQLite::Exception& error) {
    return Error{fmt::format("the note cannot be kept: {}", reasonOf(error))};
  }
}

Result<Done> RunStore::mark(const std::vector<std::int64_t>& ids, const std::string& value) {
  try {
    for (const std::int64_t id : ids) {
      databaseOf(id).exec(
          fmt::format("UPDATE kept SET removedAtMs = {} WHERE runId = {}", value, id));
    }
    return Done{};
  } catch (const SQLite::Exception& error) {
    return Error{fmt::format("the run cannot be removed or brought back: {}", reasonOf(error))};
  }
}

Result<Done> RunStore::remove(const std::vector<std::int64_t>& ids, std::int64_t nowMs) {
  return mark(ids, std::to_string(nowMs));
}

Result<Done> RunStore::restore(const std::vector<std::int64_t>& ids) { return mark(ids, "NULL"); }

}  // namespace ringside::store
