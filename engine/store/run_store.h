// RunStore: every finished run, kept in a file to be found, read, marked and run again.
//
// Model     One SQLite database (store_file.h says how it is opened, migrations.h what is in it). A
//           run is kept with its plan, journal, knobs, scalars, statistics, vectors, events,
//           faults, claims, checks and sampled requests; recipe() gives back what makes it again.
//           Beyond the limits the oldest runs go, but none that has a tag or a remark.
// Promise   A run that keep() says is in the file is there after a crash or a power cut. When the
//           file fails (disk full, locked, damaged), the run is kept in memory and the answer says
//           so; what was in the file before stays as it was.
// Time      From the caller, as milliseconds of Unix time: the engine has no wall clock.
// Threads   One owner. Another program may use the same file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/export/run_record.h"
#include "engine/store/recipe_rows.h"
#include "engine/store/store_file.h"

namespace ringside::store {

struct Limits {
  std::int64_t runs = 200;                       // 1 or more.
  std::int64_t bytes = std::int64_t{256} << 20;  // Of the file.
};

struct KeptRun {
  std::int64_t id = 0;
  std::int64_t keptAtMs = 0;
  std::string lab{};
  std::string title;  // Of the lab.
  std::string preset;
  std::uint64_t seed = 0;
  std::string state;  // "finished", "failed".
  std::string error;  // Of a failed one.
  std::string fingerprint;
  std::uint64_t events = 0;
  Duration virtualTime{};
  std::string settings;  // "tps=500k, 20ms kill_shard shard=2": what the plan changes.
  int holds = 0;         // Claims and checks.
  int fails = 0;
  std::string remark;
  std::vector<std::string> tags;
  bool inFile = true;  // False: gone when the program ends.
};

// All that is given must fit.
struct RunQuery {
  // Words, each somewhere in lab, preset, seed, settings, remark, tags, events or claims.
  std::string text{};
  std::string lab{};
  std::string tag{};
  std::int64_t fromMs = 0;
  std::int64_t toMs = INT64_MAX;  // Not included.
  int most = 1000;
};

// A number of a kept run.
struct KeptFigure {
  std::string name;  // "payment.latency".
  std::string kind;  // "scalar", "statistic".
  std::string unit;  // As metrics::symbol().
  double value = 0;  // Of a statistic its mean; not-a-number where there is none.
  std::int64_t count = 0;
};

class RunStore {
 public:
  explicit RunStore(const StoreFile& file, Limits limits = {});
  ~RunStore();
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  [[nodiscard]] Holding holding() const { return holding_; }
  // What was not as usual when it was opened; empty when all was.
  [[nodiscard]] const std::string& message() const { return message_; }

  void setLimits(Limits limits);  // In force from the next keep() on.

  struct Kept {
    std::int64_t id = 0;
    bool inFile = false;
    std::string message;  // Why it is not in the file, or why old runs could not be removed.
  };
  Kept keep(const exports::RunRecord& record, std::int64_t nowMs);

  // Newest first.
  Result<std::vector<KeptRun>> search(const RunQuery& query);
  Result<KeptRun> find(std::int64_t id);
  Result<Recipe> recipe(std::int64_t id);
  Result<std::vector<KeptFigure>> figures(std::int64_t id);
  Result<std::vector<std::string>> tags();  // All there are, in order.

  Result<Done> setTags(std::int64_t id, std::vector<std::string> tags);
  Result<Done> setRemark(std::int64_t id, std::string_view remark);
  // Out of sight until restore(); for good when the store is opened next.
  Result<Done> remove(const std::vector<std::int64_t>& ids, std::int64_t nowMs);
  Result<Done> restore(const std::vector<std::int64_t>& ids);

 private:
  SQLite::Database& databaseOf(std::int64_t id);
  SQLite::Database& memory();
  [[nodiscard]] std::vector<SQLite::Database*> databases() const;
  void enforceLimits();
  Result<Done> mark(const std::vector<std::int64_t>& ids, const std::string& value);

  std::string path_;
  Limits limits_;
  std::unique_ptr<SQLite::Database> main_;    // The file; or memory where there is none.
  std::unique_ptr<SQLite::Database> memory_;  // What the file would not take.
  Holding holding_;
  std::string message_;
};

}  // namespace ringside::store
