#include "tests/tidy/rules.h"

namespace ringside::tidy {
namespace {

std::set<std::string> engineFolders(std::initializer_list<const char*> names) {
  std::set<std::string> folders;
  for (const char* name : names) folders.insert(std::string("engine/") + name);
  return folders;
}

std::map<std::string, std::set<std::string>> makeArrows() {
  std::map<std::string, std::set<std::string>> arrows;
  arrows["engine/base"] = {};
  arrows["engine/stats"] = engineFolders({"base"});
  arrows["engine/theory"] = engineFolders({"base", "stats"});
  arrows["engine/runtime"] = engineFolders({"base"});
  arrows["engine/metrics"] = engineFolders({"base"});
  arrows["engine/study"] = engineFolders({"base"});
  std::set<std::string> below = engineFolders({"base", "runtime", "metrics"});
  const auto subjects =
      engineFolders({"gateway", "scheduler", "concurrency", "cache", "sharding", "storage"});
  for (const std::string& subject : subjects) arrows[subject] = below;
  below.insert(subjects.begin(), subjects.end());
  arrows["engine/systems"] = below;
  below.insert("engine/systems");
  // For reports on runs and for what labs say of themselves; no mechanism may depend on them.
  below.merge(engineFolders({"stats", "theory"}));
  for (const char* folder : {"lab", "labs"}) {
    const std::string name = std::string("engine/") + folder;
    arrows[name] = below;
    below.insert(name);
  }
  // Claims are content that runs are judged by.
  below.insert("engine/study");
  arrows["engine/run"] = below;
  below.insert("engine/run");
  arrows["engine/export"] = below;
  below.insert("engine/export");
  arrows["engine/store"] = below;
  below.insert("engine/store");
  arrows["views"] =
      engineFolders({"base", "stats", "metrics", "lab", "labs", "run", "study", "export", "store"});
  below.insert("views");
  arrows["app"] = below;
  below.insert("app");
  below.insert("tests");
  arrows["tests"] = below;
  return arrows;
}

}  // namespace

const std::map<std::string, std::set<std::string>>& arrows() {
  static const auto kArrows = makeArrows();
  return kArrows;
}

const std::vector<BannedWord>& bannedWords() {
  static const std::vector<std::string> kEverywhere = {"engine/", "views/", "app/", "tests/"};
  static const std::vector<std::string> kProduct = {"engine/", "views/", "app/"};
  static const std::vector<std::string> kEngine = {"engine/"};
  static const std::vector<BannedWord> kWords = {
      {"rand(", R"(\bs?rand\()", kEverywhere, {}, "draw from base/rng.h, which a seed decides"},
      {"system_clock",
       R"(\bsystem_clock\b)",
       kEngine,
       {},
       "take the time as an argument: Instant now"},
      {"steady_clock",
       R"(\bsteady_clock\b)",
       kEngine,
       {"engine/run/run_worker"},
       "take the time as an argument; only the run worker meets the wall clock"},
      {"random_device",
       R"(\brandom_device\b)",
       kEverywhere,
       {},
       "seeds come from the plan; tests write theirs down"},
      {"_distribution",
       R"(\bstd::\w+_distribution\b)",
       kEverywhere,
       {},
       "use base/distributions.h: the library's output differs between versions"},
      {"processEvents",
       R"(\bprocessEvents\b)",
       kProduct,
       {},
       "give the work to a thread of its own (run_worker.h)"},
      {"SIGNAL(",
       R"(\bSIGNAL\()",
       kEverywhere,
       {},
       "connect to &Class::member, which the compiler checks"},
      {"instance(",
       R"((^|[^:\w])((?!Q)\w+::)?instance\()",
       kProduct,
       {},
       "pass what is needed to the constructor; Qt's own are exempt"},
  };
  return kWords;
}

}  // namespace ringside::tidy
