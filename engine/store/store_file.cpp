#include "engine/store/store_file.h"

#include <SQLiteCpp/Statement.h>
#include <filesystem>
#include <fmt/format.h>
#include <sqlite3.h>
#include <system_error>
#include <utility>

#include "engine/store/backups.h"
#include "engine/store/migrations.h"

namespace ringside::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kSmallestFile = 512;  // A page, at least.
constexpr char kInMemory[] = "the runs of this session are kept in memory only";

bool isDamage(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xFF;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

struct Damaged {
  std::string why;
};

class Opener {
 public:
  explicit Opener(const StoreFile& file) : file_(file) {}

  OpenedStore open() {
    if (file_.path.empty()) return {memoryStore(), Holding::Memory, ""};
    std::error_code code;
    fs::create_directories(fs::path(file_.path).parent_path(), code);
    try {
      return attempt();
    } catch (const Damaged& damaged) {
      return replace(damaged.why);
    } catch (const SQLite::Exception& error) {
      return withoutFile(error);
    }
  }

 private:
  std::unique_ptr<SQLite::Database> connect(int flags) {
    auto database = std::make_unique<SQLite::Database>(file_.path, flags, file_.busyMs, vfs());
    sqlite3_extended_result_codes(database->getHandle(), 1);
    return database;
  }

  [[nodiscard]] std::string vfs() const { return file_.vfs == nullptr ? "" : file_.vfs; }

  OpenedStore attempt() {
    std::error_code code;
    if (fs::is_regular_file(file_.path, code)) {
      // SQLite takes such files for new ones; where backups are, an empty one was not new.
      const auto size = fs::file_size(file_.path, code);
      if (size > 0 && size < kSmallestFile) throw Damaged{"it is cut short"};
      if (size == 0 && newestBackup(file_.path)) throw Damaged{"it is empty"};
    }
    OpenedStore opened{nullptr, Holding::File, ""};
    try {
      opened.database = connect(SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      prepare(opened);
    } catch (const SQLite::Exception& error) {
      if (isDamage(error)) throw Damaged{error.what()};
      throw;
    }
    return opened;
  }

  void prepare(OpenedStore& opened) {
    SQLite::Database& database = *opened.database;
    const int version = versionOf(database);
    if (version > kSchemaVersion) {
      opened.database = connect(SQLite::OPEN_READONLY);
      opened.holding = Holding::ReadOnly;
      opened.message = fmt::format(
          "{} was written by a newer Ringside (its version is {}, this program knows {}): its runs "
          "can be read, and {}",
          file_.path, version, kSchemaVersion, kInMemory);
      return;
    }
    if (version > 0) {
      const std::string sound = database.execAndGet("PRAGMA quick_check(1)").getString();
      if (sound != "ok") throw Damaged{sound};
    }
    if (version == 0) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    database.exec("PRAGMA journal_mode = WAL");
    // A commit lies on the disk before it is reported, even if the power fails.
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA foreign_keys = ON");
    if (version > 0 && version < kSchemaVersion) {
      const auto saved = backUpBefore(database, file_.path, file_.nowMs, kSchemaVersion);
      if (!saved) {
        opened = {
            memoryStore(), Holding::Memory,
            fmt::format("{} is of an older version and is not changed without a backup ({}); {}",
                        file_.path, saved.error().message, kInMemory)};
        return;
      }
    }
    migrate(database);
    database.exec(
        "DELETE FROM run WHERE runId IN"
        " (SELECT runId FROM kept WHERE removedAtMs IS NOT NULL)");
    if (version == 0) return;
    const auto saved = backUpDaily(database, file_.path, file_.nowMs);
    if (!saved) opened.message = saved.error().message;
  }

  // Sets the file aside, with what belongs to it, and goes on from a backup.
  OpenedStore replace(const std::string& why) {
    const std::string aside = freeName();
    std::error_code code;
    fs::rename(file_.path, aside, code);
    if (code) {
      return {memoryStore(), Holding::Memory,
              fmt::format("{} is damaged ({}) and cannot be set aside ({}); {}", file_.path, why,
                          code.message(), kInMemory)};
    }
    for (const char* suffix : {"-wal", "-shm"}) {
      std::error_code absent;
      fs::rename(file_.path + suffix, aside + suffix, absent);
    }
    const auto backup = newestBackup(file_.path);
    if (backup) fs::copy_file(*backup, file_.path, code);
    const std::string since = backup && !code ? "the runs in " + *backup + " were brought back"
                                              : "there was no backup, and a new store was begun";
    try {
      OpenedStore opened = attempt();
      opened.message =
          fmt::format("{} was damaged ({}) and is now {}; {}", file_.path, why, aside, since);
      return opened;
    } catch (const Damaged& again) {
      return {memoryStore(), Holding::Memory,
              fmt::format("{} was damaged ({}) and is now {}; its backup is damaged too ({}); {}",
                          file_.path, why, aside, again.why, kInMemory)};
    } catch (const SQLite::Exception& error) {
      return withoutFile(error);
    }
  }

  [[nodiscard]] std::string freeName() const {
    const std::string base = fmt::format("{}.damaged-{}", file_.path, dayOf(file_.nowMs));
    std::string name = base;
    std::error_code code;
    for (int next = 2; fs::exists(name, code); ++next) name = fmt::format("{}-{}", base, next);
    return name;
  }

  // What is there may still be read.
  OpenedStore withoutFile(const SQLite::Exception& why) {
    const std::string reason = reasonOf(why);
    std::error_code code;
    if (fs::exists(file_.path, code)) {
      try {
        auto database = connect(SQLite::OPEN_READONLY);
        if (versionOf(*database) == kSchemaVersion) {
          return {std::move(database), Holding::ReadOnly,
                  fmt::format("{} cannot be written: {}; its runs can be read, and {}", file_.path,
                              reason, kInMemory)};
        }
      } catch (const SQLite::Exception&) {
        // Then in memory.
      }
    }
    return {memoryStore(), Holding::Memory,
            fmt::format("{} cannot be opened: {}; {}", file_.path, reason, kInMemory)};
  }

  const StoreFile& file_;
};

}  // namespace

OpenedStore openStore(const StoreFile& file) { return Opener(file).open(); }

std::unique_ptr<SQLite::Database> memoryStore() {
  auto database =
      std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database->exec("PRAGMA foreign_keys = ON");
  migrate(*database);
  database->exec(
      fmt::format("INSERT INTO sqlite_sequence(name, seq) VALUES ('run', {})", kFirstMemoryId));
  return database;
}

std::string reasonOf(const SQLite::Exception& error) {
  switch (error.getErrorCode() & 0xFF) {
    case SQLITE_FULL:
      return "the disk is full";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program holds it locked";
    case SQLITE_READONLY:
      return "it may only be read";
    case SQLITE_CANTOPEN:
      return "the file or its folder cannot be opened";
    case SQLITE_IOERR:
      return "the disk reports an error";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "the file is damaged";
    default:
      return error.what();
  }
}

}  // namespace ringside::store
