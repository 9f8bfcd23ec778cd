#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <limits>

#include "engine/store/run_store.h"

namespace ringside::store {
namespace {

constexpr char kColumns[] =
    "kept.runId, keptAtMs, lab, title, preset, seed, state, error, fingerprint, events, simtimeRaw,"
    " settings, holds, fails, remark";

std::uint64_t unsignedOf(const std::string& text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

KeptRun runOf(SQLite::Statement& row) {
  KeptRun run;
  run.id = row.getColumn(0).getInt64();
  run.keptAtMs = row.getColumn(1).getInt64();
  run.lab = row.getColumn(2).getString();
  run.title = row.getColumn(3).getString();
  run.preset = row.getColumn(4).getString();
  run.seed = unsignedOf(row.getColumn(5).getString());
  run.state = row.getColumn(6).getString();
  run.error = row.getColumn(7).getString();
  run.fingerprint = row.getColumn(8).getString();
  run.events = static_cast<std::uint64_t>(row.getColumn(9).getInt64());
  run.virtualTime = Duration(row.getColumn(10).getInt64());
  run.settings = row.getColumn(11).getString();
  run.holds = row.getColumn(12).getInt();
  run.fails = row.getColumn(13).getInt();
  run.remark = row.getColumn(14).getString();
  run.inFile = run.id <= kFirstMemoryId;
  return run;
}

std::vector<std::string> tagsOf(SQLite::Database& database, std::int64_t id) {
  std::vector<std::string> tags;
  SQLite::Statement select(database, "SELECT name FROM tag WHERE runId = ? ORDER BY name");
  select.bind(1, id);
  while (select.executeStep()) tags.push_back(select.getColumn(0).getString());
  return tags;
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (c != ' ' && c != '\t' && c != '\n') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

// As a pattern of LIKE in which nothing but the ends is open.
std::string pattern(const std::string& word) {
  std::string like = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '\\') like += '\\';
    like += c;
  }
  return like + "%";
}

std::string condition(const RunQuery& query, std::size_t words) {
  std::string where = " WHERE removedAtMs IS NULL AND keptAtMs >= :from AND keptAtMs < :to";
  if (!query.lab.empty()) where += " AND lab = :lab";
  if (!query.tag.empty()) {
    where += " AND kept.runId IN (SELECT runId FROM tag WHERE name = :tag)";
  }
  for (std::size_t i = 0; i < words; ++i) {
    const std::string like = fmt::format(" LIKE :word{} ESCAPE '\\'", i);
    where +=
        " AND ((lab || ' ' || title || ' ' || preset || ' seed ' || seed || ' ' || settings ||"
        " ' ' || state || ' ' || error || ' ' || fingerprint || ' ' || remark)" +
        like;
    for (const char* in : {"SELECT 1 FROM tag WHERE tag.runId = kept.runId AND name",
                           "SELECT 1 FROM event WHERE event.runId = kept.runId AND text",
                           "SELECT 1 FROM claim WHERE claim.runId = kept.runId AND text"}) {
      where += fmt::format(" OR EXISTS ({}{})", in, like);
    }
    where += ')';
  }
  return where;
}

void searchIn(SQLite::Database& database, const RunQuery& query, std::vector<KeptRun>& runs) {
  const auto words = wordsOf(query.text);
  SQLite::Statement select(database,
                           fmt::format("SELECT {} FROM kept{} ORDER BY keptAtMs DESC, runId DESC"
                                       " LIMIT :most",
                                       kColumns, condition(query, words.size())));
  select.bind(":from", query.fromMs);
  select.bind(":to", query.toMs);
  select.bind(":most", query.most);
  if (!query.lab.empty()) select.bind(":lab", query.lab);
  if (!query.tag.empty()) select.bind(":tag", query.tag);
  for (std::size_t i = 0; i < words.size(); ++i) {
    select.bind(fmt::format(":word{}", i), pattern(words[i]));
  }
  while (select.executeStep()) {
    runs.push_back(runOf(select));
    runs.back().tags = tagsOf(database, runs.back().id);
  }
}

Error cannotRead(const SQLite::Exception& error) {
  return Error{fmt::format("the kept runs cannot be read: {}", reasonOf(error))};
}

}  // namespace

Result<std::vector<KeptRun>> RunStore::search(const RunQuery& query) {
  try {
    std::vector<KeptRun> runs;
    for (SQLite::Database* database : databases()) searchIn(*database, query, runs);
    std::ranges::stable_sort(runs, std::greater{}, &KeptRun::keptAtMs);
    if (runs.size() > static_cast<std::size_t>(std::max(query.most, 0))) {
      runs.resize(static_cast<std::size_t>(std::max(query.most, 0)));
    }
    return runs;
  } catch (const SQLite::Exception& error) {
    return cannotRead(error);
  }
}

Result<KeptRun> RunStore::find(std::int64_t id) {
  try {
    SQLite::Database& database = databaseOf(id);
    SQLite::Statement select(
        database,
        fmt::format("SELECT {} FROM kept WHERE runId = ? AND removedAtMs IS NULL", kColumns));
    select.bind(1, id);
    if (!select.executeStep()) return Error{fmt::format("there is no run {}", id)};
    KeptRun run = runOf(select);
    run.tags = tagsOf(database, id);
    return run;
  } catch (const SQLite::Exception& error) {
    return cannotRead(error);
  }
}

Result<Recipe> RunStore::recipe(std::int64_t id) {
  try {
    SQLite::Database& database = databaseOf(id);
    SQLite::Statement select(database,
                             "SELECT lab, preset, seed, lengthRaw FROM kept WHERE runId = ?");
    select.bind(1, id);
    if (!select.executeStep()) return Error{fmt::format("there is no run {}", id)};
    Recipe recipe;
    recipe.plan.labId = select.getColumn(0).getString();
    recipe.plan.preset = select.getColumn(1).getString();
    recipe.plan.seed = unsignedOf(select.getColumn(2).getString());
    recipe.plan.length = Duration(select.getColumn(3).getInt64());
    readRecipe(database, id, recipe);
    return recipe;
  } catch (const SQLite::Exception& error) {
    return cannotRead(error);
  }
}

Result<std::vector<KeptFigure>> RunStore::figures(std::int64_t id) {
  try {
    SQLite::Statement select(
        databaseOf(id),
        "SELECT moduleName || '.' || scalarName, 'scalar', coalesce((SELECT attrValue FROM"
        " scalarAttr a WHERE a.scalarId = scalar.scalarId AND attrName = 'unit'), ''), scalarValue,"
        " 1, 0 AS part, scalarId AS place FROM scalar WHERE runId = ?1"
        " UNION ALL SELECT moduleName || '.' || statName, 'statistic', coalesce((SELECT attrValue"
        " FROM statisticAttr a WHERE a.statId = statistic.statId AND attrName = 'unit'), ''),"
        " statMean, statCount, 1, statId FROM statistic WHERE runId = ?1 ORDER BY part, place");
    select.bind(1, id);
    std::vector<KeptFigure> figures;
    while (select.executeStep()) {
      const bool none = select.getColumn(3).isNull();
      figures.push_back(
          {select.getColumn(0).getString(), select.getColumn(1).getString(),
           select.getColumn(2).getString(),
           none ? std::numeric_limits<double>::quiet_NaN() : select.getColumn(3).getDouble(),
           select.getColumn(4).getInt64()});
    }
    return figures;
  } catch (const SQLite::Exception& error) {
    return cannotRead(error);
  }
}

Result<std::vector<std::string>> RunStore::tags() {
  try {
    std::vector<std::string> all;
    for (SQLite::Database* database : databases()) {
      SQLite::Statement select(*database,
                               "SELECT DISTINCT name FROM tag JOIN kept USING(runId)"
                               " WHERE removedAtMs IS NULL");
      while (select.executeStep()) all.push_back(select.getColumn(0).getString());
    }
    std::ranges::sort(all);
    const auto rest = std::ranges::unique(all);
    all.erase(rest.begin(), rest.end());
    return all;
  } catch (const SQLite::Exception& error) {
    return cannotRead(error);
  }
}

}  // namespace ringside::store
