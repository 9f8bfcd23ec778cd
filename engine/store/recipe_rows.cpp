#include "engine/store/recipe_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <bit>
#include <cstring>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace ringside::store {
namespace {

std::int64_t nanos(Instant at) { return at.time_since_epoch().count(); }
Instant instant(std::int64_t raw) { return Instant(Duration(raw)); }

// An arrival is 24 bytes, little-endian: nanoseconds, key, size.
constexpr std::size_t kArrivalBytes = 24;

void append(std::string& bytes, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint64_t take(const char*& at) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value |= std::uint64_t{static_cast<unsigned char>(*at++)} << (8 * i);
  return value;
}

void insertArguments(SQLite::Statement& insert, std::int64_t runId, int order,
                     const std::vector<lab::ParameterValue>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    insert.bind(1, runId);
    insert.bind(2, order);
    insert.bind(3, static_cast<int>(i));
    insert.bind(4, arguments[i].key);
    insert.bind(5, arguments[i].value);
    insert.exec();
    insert.reset();
  }
}

std::vector<lab::ParameterValue> readArguments(SQLite::Statement& select, std::int64_t runId,
                                               int order) {
  std::vector<lab::ParameterValue> arguments;
  select.reset();
  select.bind(1, runId);
  select.bind(2, order);
  while (select.executeStep()) {
    arguments.push_back({select.getColumn(0).getString(), select.getColumn(1).getDouble()});
  }
  return arguments;
}

void insertPlan(SQLite::Database& database, std::int64_t runId, const run::RunPlan& plan) {
  SQLite::Statement knob(database,
                         "INSERT INTO planKnob(runId, knobOrder, knob, value) VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < plan.knobs.size(); ++i) {
    knob.bind(1, runId);
    knob.bind(2, static_cast<int>(i));
    knob.bind(3, plan.knobs[i].key);
    knob.bind(4, plan.knobs[i].value);
    knob.exec();
    knob.reset();
  }
  SQLite::Statement fault(database,
                          "INSERT INTO planFault(runId, faultOrder, atRaw, name, durationRaw)"
                          " VALUES (?, ?, ?, ?, ?)");
  SQLite::Statement argument(
      database,
      "INSERT INTO planFaultArgument(runId, faultOrder, argumentOrder, argument, value)"
      " VALUES (?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < plan.faults.size(); ++i) {
    const lab::ScheduledFault& each = plan.faults[i];
    fault.bind(1, runId);
    fault.bind(2, static_cast<int>(i));
    fault.bind(3, nanos(each.at));
    fault.bind(4, each.order.name);
    fault.bind(5, static_cast<std::int64_t>(each.order.duration.count()));
    fault.exec();
    fault.reset();
    insertArguments(argument, runId, static_cast<int>(i), each.order.arguments);
  }
}

void insertArrivals(SQLite::Database& database, std::int64_t runId,
                    const lab::ArrivalTrace& trace) {
  std::string bytes;
  bytes.reserve(trace.arrivals.size() * kArrivalBytes);
  for (const lab::Arrival& arrival : trace.arrivals) {
    append(bytes, static_cast<std::uint64_t>(arrival.at.count()));
    append(bytes, arrival.key);
    append(bytes, std::bit_cast<std::uint64_t>(arrival.size));
  }
  SQLite::Statement insert(database,
                           "INSERT INTO arrivals(runId, name, badRows, firstBadRow, rows)"
                           " VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, runId);
  insert.bind(2, trace.name);
  insert.bind(3, static_cast<std::int64_t>(trace.badRows));
  insert.bind(4, trace.firstBadRow);
  insert.bind(5, bytes.data(), static_cast<int>(bytes.size()));
  insert.exec();
}

void insertJournal(SQLite::Database& database, std::int64_t runId, const run::Journal& journal) {
  SQLite::Statement insert(database,
                           "INSERT INTO journal(runId, entryOrder, atRaw, afterEvent, act, name,"
                           " value, faultId, durationRaw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::Statement argument(
      database,
      "INSERT INTO journalArgument(runId, entryOrder, argumentOrder, argument, value)"
      " VALUES (?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < journal.size(); ++i) {
    const run::JournalEntry& entry = journal[i];
    const int order = static_cast<int>(i);
    insert.bind(1, runId);
    insert.bind(2, order);
    insert.bind(3, nanos(entry.at));
    insert.bind(4, static_cast<std::int64_t>(entry.afterEvent));
    if (const auto* turned = std::get_if<run::KnobTurned>(&entry.act)) {
      insert.bind(5, "knob");
      insert.bind(6, turned->key);
      insert.bind(7, turned->value);
    } else if (const auto* injected = std::get_if<run::FaultInjected>(&entry.act)) {
      insert.bind(5, "inject");
      insert.bind(6, injected->order.name);
      insert.bind(8, static_cast<std::int64_t>(injected->id));
      insert.bind(9, static_cast<std::int64_t>(injected->order.duration.count()));
      insertArguments(argument, runId, order, injected->order.arguments);
    } else {
      insert.bind(5, "lift");
      insert.bind(6, "");
      insert.bind(8, static_cast<std::int64_t>(std::get<run::FaultLifted>(entry.act).id));
    }
    insert.exec();
    insert.reset();
    insert.clearBindings();
  }
}

void readArrivals(SQLite::Database& database, std::int64_t runId, run::RunPlan& plan) {
  SQLite::Statement select(database,
                           "SELECT name, badRows, firstBadRow, rows FROM arrivals WHERE runId = ?");
  select.bind(1, runId);
  if (!select.executeStep()) return;
  auto trace = std::make_shared<lab::ArrivalTrace>();
  trace->name = select.getColumn(0).getString();
  trace->badRows = static_cast<std::uint64_t>(select.getColumn(1).getInt64());
  trace->firstBadRow = select.getColumn(2).getString();
  const SQLite::Column rows = select.getColumn(3);
  const auto* at = static_cast<const char*>(rows.getBlob());
  const auto count = static_cast<std::size_t>(rows.getBytes()) / kArrivalBytes;
  for (std::size_t i = 0; i < count; ++i) {
    lab::Arrival arrival;
    arrival.at = Duration(static_cast<std::int64_t>(take(at)));
    arrival.key = take(at);
    arrival.size = std::bit_cast<double>(take(at));
    trace->arrivals.push_back(arrival);
  }
  plan.arrivals = std::move(trace);
}

}  // namespace

void insertRecipe(SQLite::Database& database, std::int64_t runId, const run::RunPlan& plan,
                  const run::Journal& journal) {
  insertPlan(database, runId, plan);
  if (plan.arrivals) insertArrivals(database, runId, *plan.arrivals);
  insertJournal(database, runId, journal);
}

void readRecipe(SQLite::Database& database, std::int64_t runId, Recipe& recipe) {
  SQLite::Statement knobs(database,
                          "SELECT knob, value FROM planKnob WHERE runId = ? ORDER BY knobOrder");
  knobs.bind(1, runId);
  while (knobs.executeStep()) {
    recipe.plan.knobs.push_back({knobs.getColumn(0).getString(), knobs.getColumn(1).getDouble()});
  }
  SQLite::Statement faults(database,
                           "SELECT faultOrder, atRaw, name, durationRaw FROM planFault"
                           " WHERE runId = ? ORDER BY faultOrder");
  SQLite::Statement arguments(database,
                              "SELECT argument, value FROM planFaultArgument"
                              " WHERE runId = ? AND faultOrder = ? ORDER BY argumentOrder");
  faults.bind(1, runId);
  while (faults.executeStep()) {
    lab::FaultOrder order{
        faults.getColumn(2).getString(), {}, Duration(faults.getColumn(3).getInt64())};
    order.arguments = readArguments(arguments, runId, faults.getColumn(0).getInt());
    recipe.plan.faults.push_back({instant(faults.getColumn(1).getInt64()), std::move(order)});
  }
  readArrivals(database, runId, recipe.plan);
  SQLite::Statement entries(database,
                            "SELECT entryOrder, atRaw, afterEvent, act, name, value, faultId,"
                            " durationRaw FROM journal WHERE runId = ? ORDER BY entryOrder");
  SQLite::Statement given(database,
                          "SELECT argument, value FROM journalArgument"
                          " WHERE runId = ? AND entryOrder = ? ORDER BY argumentOrder");
  entries.bind(1, runId);
  while (entries.executeStep()) {
    run::JournalEntry entry;
    entry.at = instant(entries.getColumn(1).getInt64());
    entry.afterEvent = static_cast<std::uint64_t>(entries.getColumn(2).getInt64());
    const std::string act = entries.getColumn(3).getString();
    const std::string name = entries.getColumn(4).getString();
    const auto faultId = static_cast<std::uint64_t>(entries.getColumn(6).getInt64());
    if (act == "knob") {
      entry.act = run::KnobTurned{name, entries.getColumn(5).getDouble()};
    } else if (act == "inject") {
      lab::FaultOrder order{name, {}, Duration(entries.getColumn(7).getInt64())};
      order.arguments = readArguments(given, runId, entries.getColumn(0).getInt());
      entry.act = run::FaultInjected{faultId, std::move(order)};
    } else {
      entry.act = run::FaultLifted{faultId};
    }
    recipe.journal.push_back(std::move(entry));
  }
}

}  // namespace ringside::store
