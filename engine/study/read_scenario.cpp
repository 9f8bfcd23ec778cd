// parseScenario of load_content.h: the outline of a scenario file.
#include <filesystem>
#include <fmt/format.h>
#include <set>

#include "engine/study/json_node.h"
#include "engine/study/load_content.h"
#include "engine/study/read_experiment.h"

namespace ringside::study {
namespace {

constexpr std::size_t kMost = 100;  // Of anything there is a list of.

void readFigures(const JsonNode& node, Scenario& scenario) {
  for (const JsonNode& item : node.items(0, kMost)) {
    JsonObject object = item.object();
    scenario.figures.push_back({object.required("label").text(), object.required("value").text()});
    object.finish();
  }
}

void readAnswer(const JsonNode& node, Scenario& scenario) {
  for (const JsonNode& item : node.items(1, kMost)) {
    JsonObject object = item.object();
    scenario.answer.push_back(
        {object.required("title").text(), object.required("body").markdown()});
    object.finish();
  }
}

void readFollowUps(const JsonNode& node, Scenario& scenario) {
  for (const JsonNode& item : node.items(0, kMost)) {
    JsonObject object = item.object();
    scenario.followUps.push_back(
        {object.required("question").text(), object.required("answer").markdown()});
    object.finish();
  }
}

// `id` was read from `item`; says so when it stood before.
void expectNew(const JsonNode& item, const std::string& id, std::set<std::string>& seen) {
  if (!id.empty() && !seen.insert(id).second) {
    item.complain(fmt::format("expected an id of its own, found \"{}\" again", id));
  }
}

void readPitfalls(const JsonNode& node, Scenario& scenario) {
  for (const JsonNode& item : node.items(0, kMost)) {
    JsonObject object = item.object();
    Pitfall pitfall;
    pitfall.said = object.required("said").markdown();
    pitfall.measured = object.required("measured").markdown();
    const JsonNode claim = object.optional("claim");
    if (claim.present()) pitfall.claim = claim.id();
    bool known = pitfall.claim.empty();
    for (const Claim& candidate : scenario.claims) {
      known = known || candidate.id == pitfall.claim;
    }
    if (!known) claim.expected("the id of a claim in this file");
    object.finish();
    scenario.pitfalls.push_back(std::move(pitfall));
  }
}

void readQuestionsAndClaims(JsonObject& object, Scenario& scenario) {
  const NamedExperiments named = readNamedExperiments(object.optional("experiments"));
  std::set<std::string> seen;
  for (const JsonNode& item : object.required("claims").items(0, kMost)) {
    scenario.claims.push_back(readClaim(item, named));
    expectNew(item, scenario.claims.back().id, seen);
  }
  seen.clear();
  for (const JsonNode& item : object.required("checkpoints").items(0, kMost)) {
    scenario.checkpoints.push_back(readCheckpoint(item, named));
    expectNew(item, scenario.checkpoints.back().id, seen);
  }
}

LabLink readLabLink(const JsonNode& node) {
  JsonObject object = node.object();
  LabLink link;
  link.lab = object.required("lab").id();
  const JsonNode preset = object.optional("preset");
  if (preset.present()) link.preset = preset.id();
  object.finish();
  return link;
}

Scenario readScenario(const JsonNode& node, const std::string& file) {
  JsonObject object = node.object();
  Scenario scenario;
  scenario.file = file;
  const JsonNode id = object.required("id");
  scenario.id = id.id();
  const std::string stem = std::filesystem::path(file).stem().string();
  if (!scenario.id.empty() && scenario.id != stem) {
    id.expected(fmt::format("the name of the file, \"{}\"", stem));
  }
  scenario.title = object.required("title").text();
  scenario.group = object.required("group").text();
  scenario.difficulty = object.required("difficulty").whole(1, 5);
  for (const JsonNode& tag : object.optional("tags").items(0, kMost)) {
    scenario.tags.push_back(tag.text());
  }
  scenario.lab = readLabLink(object.required("lab"));
  readFigures(object.optional("figures"), scenario);
  scenario.question = object.required("question").markdown();
  readAnswer(object.required("answer"), scenario);
  readFollowUps(object.optional("follow_ups"), scenario);
  readQuestionsAndClaims(object, scenario);
  readPitfalls(object.optional("pitfalls"), scenario);
  object.finish();
  return scenario;
}

}  // namespace

std::optional<Scenario> parseScenario(std::string_view text, const std::string& file,
                                      std::vector<ContentError>& errors) {
  Complaints complaints{file, {}};
  std::optional<Scenario> scenario;
  if (const auto document = parseJson(text, complaints)) {
    scenario = readScenario(JsonNode(&*document, "", complaints), file);
  }
  if (complaints.errors.empty()) return scenario;
  errors.insert(errors.end(), complaints.errors.begin(), complaints.errors.end());
  return std::nullopt;
}

}  // namespace ringside::study
