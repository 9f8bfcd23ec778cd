// RecipeRows: a run's plan and journal as rows of the run store, and back.
//
// Promise   What is read is what was written, to the bit: the run made from it has the same
//           fingerprint.
// Errors    SQLite::Exception.
#pragma once

#include <cstdint>

#include "engine/run/journal.h"
#include "engine/run/plan.h"

namespace SQLite {
class Database;
}

namespace ringside::store {

// What makes a run again.
struct Recipe {
  run::RunPlan plan;
  run::Journal journal;
};

// REQUIRES: a transaction is open, and run(runId) is there.
void insertRecipe(SQLite::Database& database, std::int64_t runId, const run::RunPlan& plan,
                  const run::Journal& journal);
// Lab, preset, seed and length are kept with the run itself: the caller has filled them in.
void readRecipe(SQLite::Database& database, std::int64_t runId, Recipe& recipe);

}  // namespace ringside::store
