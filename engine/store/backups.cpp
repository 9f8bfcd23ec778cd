#include "engine/store/backups.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace ringside::store {
namespace {

namespace fs = std::filesystem;

// Of one kind, oldest first: the date is in the name.
std::vector<fs::path> backupsIn(const fs::path& folder, bool beforeMigration) {
  std::vector<fs::path> found;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("runs-") || !name.ends_with(".db")) continue;
    if ((name.find("-before-") != std::string::npos) == beforeMigration) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

bool isSound(const fs::path& path) {
  try {
    SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
    return database.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
  } catch (const SQLite::Exception&) {
    return false;
  }
}

// The bytes lie on the disk before the name does.
bool syncFile(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && done;
}

Result<Done> copyTo(SQLite::Database& database, const fs::path& target) {
  std::error_code code;
  fs::create_directories(target.parent_path(), code);
  const fs::path part = target.string() + ".part";
  fs::remove(part, code);
  try {
    SQLite::Database copy(part.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(copy, database);
    backup.executeStep(-1);
    // A copy in WAL mode would make files of its own when it is looked at.
    copy.exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception& error) {
    fs::remove(part, code);
    return Error{
        fmt::format("{}: the backup cannot be written: {}", target.string(), error.what())};
  }
  const bool synced = syncFile(part);
  if (synced) fs::rename(part, target, code);
  if (synced && !code) return Done{};
  const std::string why = code ? code.message() : "it does not reach the disk";
  fs::remove(part, code);
  return Error{fmt::format("{}: the backup cannot be written: {}", target.string(), why)};
}

void keepLast(const fs::path& folder, bool beforeMigration) {
  auto backups = backupsIn(folder, beforeMigration);
  std::error_code code;
  for (std::size_t i = 0; i + kBackupsKept < backups.size(); ++i) fs::remove(backups[i], code);
}

}  // namespace

std::string dayOf(std::int64_t unixMillis) {
  using namespace std::chrono;
  const sys_days day = floor<days>(sys_time<milliseconds>(milliseconds(unixMillis)));
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string backupFolder(const std::string& storePath) {
  return (fs::path(storePath).parent_path() / "backups").string();
}

Result<Done> backUpDaily(SQLite::Database& database, const std::string& storePath,
                         std::int64_t nowMs) {
  const fs::path folder = backupFolder(storePath);
  const fs::path target = folder / fmt::format("runs-{}.db", dayOf(nowMs));
  std::error_code code;
  if (fs::exists(target, code)) return Done{};
  auto copied = copyTo(database, target);
  if (copied) keepLast(folder, false);
  return copied;
}

Result<Done> backUpBefore(SQLite::Database& database, const std::string& storePath,
                          std::int64_t nowMs, int version) {
  const fs::path folder = backupFolder(storePath);
  auto copied =
      copyTo(database, folder / fmt::format("runs-{}-before-v{}.db", dayOf(nowMs), version));
  if (copied) keepLast(folder, true);
  return copied;
}

std::optional<std::string> newestBackup(const std::string& storePath) {
  const fs::path folder = backupFolder(storePath);
  auto all = backupsIn(folder, false);
  const auto before = backupsIn(folder, true);
  all.insert(all.end(), before.begin(), before.end());
  std::ranges::sort(all, std::greater{});
  const auto sound = std::ranges::find_if(all, isSound);
  if (sound == all.end()) return std::nullopt;
  return sound->string();
}

}  // namespace ringside::store
