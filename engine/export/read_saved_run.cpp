// Reading a saved run: every value is checked against what the lab declares before a run is built.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <sstream>

#include "engine/export/arrivals_hash.h"
#include "engine/export/run_record.h"
#include "engine/export/saved_run.h"
#include "engine/labs/catalog.h"
#include "engine/study/json_node.h"
#include "engine/study/load_content.h"

namespace ringside::exports {
namespace {

using study::JsonNode;
using study::JsonObject;

constexpr int kVersion = 1;
constexpr std::uintmax_t kMostBytes = std::uintmax_t{64} << 20;
constexpr std::size_t kMostBranches = 10'000;
constexpr std::size_t kMostEntries = 1'000'000;

class Reader {
 public:
  Reader(const std::string& file, study::Complaints& complaints)
      : folder_(std::filesystem::path(file).parent_path()), complaints_(complaints) {}

  SavedRun read(const JsonNode& node) {
    JsonObject object = node.object();
    version(object.required("ringside_run"));
    if (!complaints_.errors.empty()) return {};
    const JsonNode lab = object.required("lab");
    const std::string id = lab.text();
    const auto made = labs::make(id);
    if (!made) {
      if (lab.isText()) lab.expected("a lab; " + made.error().message);
      return {};
    }
    info_ = (*made)->describe();
    saved_.plan.labId = info_.id;
    plan(object);
    story(object);
    for (const JsonNode& each : object.optional("breakpoints").items(0, kMostBranches)) {
      JsonObject breakpoint = each.object();
      saved_.breakpoints.push_back(
          {breakpoint.required("condition").text(), breakpoint.required("on").toggle()});
      breakpoint.finish();
    }
    JsonObject saved = object.required("saved").object();
    saved_.saved = place(saved);
    saved_.fingerprint = hexadecimal(saved.required("fingerprint"));
    saved.finish();
    object.finish();
    return std::move(saved_);
  }

 private:
  void version(const JsonNode& node) {
    if (!node.present()) return;
    const int found = node.whole(1, 1'000'000);
    if (found > kVersion) {
      node.complain(
          fmt::format("expected version {}, found {}: the file was written by a newer "
                      "Ringside",
                      kVersion, found));
    }
  }

  void plan(JsonObject& object) {
    const JsonNode preset = object.optional("preset");
    if (preset.present()) saved_.plan.preset = presetId(preset);
    for (const auto& [key, node] : object.optional("set").entries()) {
      if (const auto value = knob(key, node, node)) saved_.plan.knobs.push_back({key, *value});
    }
    const JsonNode seed = object.required("seed");
    saved_.plan.seed = seed.seed();
    const JsonNode length = object.required("for");
    saved_.plan.length = duration(length);
    if (length.isText() && saved_.plan.length <= Duration::zero()) {
      length.expected("a duration above 0");
    }
    for (const JsonNode& node : object.optional("faults").items(0, kMostEntries)) {
      if (const auto order = fault(node)) saved_.plan.faults.push_back(*order);
    }
    const JsonNode recording = object.optional("arrivals");
    if (recording.present()) arrivals(recording);
  }

  std::string presetId(const JsonNode& node) {
    const std::string id = node.text();
    std::string known;
    for (const lab::Preset& preset : info_.presets) {
      if (preset.id == id) return id;
      known += (known.empty() ? "" : ", ") + preset.id;
    }
    if (node.isText()) node.expected("a preset of " + info_.id + " (" + known + ")");
    return {};
  }

  // `at` is where a wrong key is told of, `node` where a wrong value is.
  std::optional<double> knob(const std::string& key, const JsonNode& at, const JsonNode& node) {
    const auto spec = std::ranges::find(info_.knobs, key, &lab::ParameterSpec::key);
    if (spec == info_.knobs.end()) {
      at.complain(fmt::format("expected a parameter of {}, found \"{}\"", info_.id, key));
      return std::nullopt;
    }
    if (!node.isText()) {
      if (node.present()) node.expected("a text such as \"" + format(*spec, spec->initial) + "\"");
      return std::nullopt;
    }
    const auto value = lab::parse(*spec, node.text());
    if (value) return *value;
    node.expected(allowedText(*spec) + " for " + key);
    return std::nullopt;
  }

  Duration duration(const JsonNode& node) {
    if (!node.present()) return {};
    const auto value = lab::parseDuration(node.isText() ? node.text() : "");
    if (!value) node.expected("a duration such as \"10ms\"");
    return value ? *value : Duration{};
  }

  std::optional<lab::ScheduledFault> fault(const JsonNode& node) {
    if (!node.present()) return std::nullopt;
    if (!node.isText()) {
      node.expected("a text such as \"10ms NAME ARG=VALUE for 5ms\"");
      return std::nullopt;
    }
    const auto order = lab::parseFault(info_.faults, node.text());
    if (order) return *order;
    node.expected("a fault of " + info_.id + " (" + order.error().message + ")");
    return std::nullopt;
  }

  std::uint64_t hexadecimal(const JsonNode& node) {
    if (!node.present()) return 0;
    std::uint64_t value = 0;
    const std::string text = node.isText() ? node.text() : "";
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() != 16 || error != std::errc{} || end != text.data() + text.size()) {
      node.expected("sixteen hexadecimal digits");
      return 0;
    }
    return value;
  }

  void arrivals(const JsonNode& node) {
    JsonObject object = node.object();
    const JsonNode file = object.required("file");
    saved_.arrivalsFile = file.text();
    const JsonNode hash = object.required("hash");
    const std::uint64_t expected = hexadecimal(hash);
    object.finish();
    if (!complaints_.errors.empty()) return;
    if (!info_.acceptsArrivals) {
      return node.complain("expected none: " + info_.id + " makes its own arrivals");
    }
    auto trace = lab::readArrivals((folder_ / saved_.arrivalsFile).string());
    if (!trace) return file.expected("recorded arrivals (" + trace.error().message + ")");
    const std::uint64_t found = arrivalsHash(*trace);
    if (found != expected) {
      return hash.complain(
          fmt::format("expected the arrivals of the saved run, {}; the file's are "
                      "{}",
                      fingerprintText(expected), fingerprintText(found)));
    }
    saved_.plan.arrivals = std::make_shared<const lab::ArrivalTrace>(*std::move(trace));
  }

  run::Position place(JsonObject& object) {
    const JsonNode event = object.required("event");
    const JsonNode at = object.required("at");
    return {event.present() ? event.seed() : 0, Instant(duration(at))};
  }

  run::Position placeAt(const JsonNode& node) {
    JsonObject object = node.object();
    const run::Position position = place(object);
    object.finish();
    return position;
  }

  void story(JsonObject& object) {
    saved_.story.branches.clear();
    for (const JsonNode& node : object.required("branches").items(1, kMostBranches)) branch(node);
    const int last = std::max(0, static_cast<int>(saved_.story.branches.size()) - 1);
    saved_.story.current = object.required("branch").whole(0, last);
    for (const JsonNode& node : object.optional("bookmarks").items(0, kMostEntries)) {
      JsonObject mark = node.object();
      const JsonNode name = mark.optional("name");
      saved_.story.mark({mark.required("branch").whole(0, last), place(mark),
                         name.present() ? name.text() : std::string()});
      mark.finish();
    }
  }

  void branch(const JsonNode& node) {
    JsonObject object = node.object();
    run::Branch branch;
    const JsonNode name = object.optional("name");
    if (name.present()) branch.name = name.text();
    const int before = static_cast<int>(saved_.story.branches.size()) - 1;
    const bool first = before < 0;
    const JsonNode parent = first ? object.optional("parent") : object.required("parent");
    if (first && parent.present()) parent.expected("none: the first branch has no parent");
    if (!first) {
      branch.parent = parent.whole(0, before);
      branch.forked = placeAt(object.required("forked"));
    }
    branch.reached = placeAt(object.required("reached"));
    for (const JsonNode& act : object.optional("journal").items(0, kMostEntries)) {
      entry(act, branch.journal);
    }
    object.finish();
    saved_.story.branches.push_back(std::move(branch));
  }

  void entry(const JsonNode& node, run::Journal& journal) {
    JsonObject object = node.object();
    run::JournalEntry entry;
    const run::Position position = place(object);
    entry.at = position.at;
    entry.afterEvent = position.events;
    if (!journal.empty() && position < journal.back().position()) {
      node.complain("expected an act no earlier than the one before it, found one at " +
                    lab::formatDuration(position.at.time_since_epoch()));
    }
    const auto what = object.oneOf({"turn", "inject", "lift"});
    if (!what) return;
    if (*what == "turn") {
      const JsonNode key = object.required("turn");
      const auto value = knob(key.text(), key, object.required("to"));
      entry.act = run::KnobTurned{key.text(), value.value_or(0)};
    } else if (*what == "inject") {
      const JsonNode id = object.required("fault");
      const auto order = fault(object.required("inject"));
      entry.act = run::FaultInjected{id.seed(), order ? order->order : lab::FaultOrder{}};
    } else {
      entry.act = run::FaultLifted{object.required("lift").seed()};
    }
    object.finish();
    journal.push_back(std::move(entry));
  }

  std::filesystem::path folder_;
  study::Complaints& complaints_;
  lab::LabInfo info_;
  SavedRun saved_;
};

}  // namespace

Result<SavedRun> parseSavedRun(std::string_view text, const std::string& file) {
  study::Complaints complaints{file, {}};
  const auto document = study::parseJson(text, complaints);
  SavedRun saved;
  if (document && complaints.errors.empty()) {
    saved = Reader(file, complaints).read(JsonNode(&*document, "", complaints));
  }
  if (complaints.errors.empty()) return saved;
  const std::size_t more = complaints.errors.size() - 1;
  const std::string rest = more == 0 ? "" : fmt::format(" (and {} more)", more);
  return Error{study::describe(complaints.errors.front()) + rest};
}

Result<SavedRun> readSavedRun(const std::string& path) {
  std::error_code failed;
  const std::uintmax_t size = std::filesystem::file_size(path, failed);
  if (failed) return Error{path + ": cannot be read: " + failed.message()};
  if (size > kMostBytes) {
    return Error{
        fmt::format("{}: expected a saved run of at most 64 MiB, found {} bytes", path, size)};
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error{path + ": cannot be read"};
  return parseSavedRun(text.str(), path);
}

}  // namespace ringside::exports
