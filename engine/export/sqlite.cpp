#include "engine/export/sqlite.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/export/sqlite_run.h"

namespace ringside::exports {

Result<std::string> sqliteFile(const RunRecord& record) {
  try {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Transaction transaction(database);
    database.exec(resultSchema());
    insertRun(database, record);
    transaction.commit();
    sqlite3_int64 size = 0;
    unsigned char* const bytes = sqlite3_serialize(database.getHandle(), "main", &size, 0);
    if (bytes == nullptr) return Error{"the SQLite database does not fit in memory"};
    std::string content(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return content;
  } catch (const SQLite::Exception& error) {
    return Error{fmt::format("the SQLite database cannot be made: {}", error.what())};
  }
}

}  // namespace ringside::exports
