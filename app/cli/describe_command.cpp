#include <fmt/format.h>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/text_table.h"
#include "app/content_folder.h"
#include "engine/export/json.h"
#include "engine/lab/starting_knobs.h"
#include "engine/labs/catalog.h"
#include "engine/run/run.h"
#include "engine/study/load_content.h"

namespace ringside::cli {
namespace {

std::string_view symbolOf(study::Comparator comparator) {
  switch (comparator) {
    case study::Comparator::Equal:
      return "=";
    case study::Comparator::Near:
      return "~";
    case study::Comparator::Less:
      return "<";
    case study::Comparator::LessOrEqual:
      return "<=";
    case study::Comparator::Greater:
      return ">";
    case study::Comparator::GreaterOrEqual:
      return ">=";
  }
  return "";
}

// "p99(payment.latency) <= 143ms".
std::string statementOf(const study::Claim& claim) {
  std::string text =
      fmt::format("{} {} {}", claim.metric, symbolOf(claim.comparator), claim.valueText);
  if (!claim.toleranceText.empty()) text += " +- " + claim.toleranceText;
  if (claim.base) text += " (ratio to a base run)";
  return text;
}

std::vector<exports::ClaimSummary> claimsOf(std::string_view lab) {
  std::vector<exports::ClaimSummary> claims;
  for (const study::Scenario& scenario : study::loadScenarios(app::scenarioFolders()).scenarios) {
    for (const study::Claim& claim : scenario.claims) {
      if (claim.experiment.lab != lab) continue;
      claims.push_back({scenario.id, claim.id, claim.text, statementOf(claim)});
    }
  }
  return claims;
}

std::string parametersText(const std::vector<lab::ParameterSpec>& specs) {
  TextTable table({"PARAMETER", "DEFAULT", "ALLOWED", "WHAT IT IS"}, Align::Left);
  for (const lab::ParameterSpec& spec : specs) {
    table.add({spec.key, lab::format(spec, spec.initial), lab::allowedText(spec), spec.help});
  }
  return table.text();
}

std::string faultsText(const std::vector<lab::FaultSpec>& faults) {
  TextTable table({"FAULT", "ARGUMENTS", "WHAT IT DOES"}, Align::Left);
  for (const lab::FaultSpec& fault : faults) {
    std::string arguments;
    for (const lab::ParameterSpec& argument : fault.arguments) {
      const bool numbersPart = arguments.empty() && !fault.countKnob.empty();
      arguments += fmt::format("{}{}={} ({}{})", arguments.empty() ? "" : ", ", argument.key,
                               lab::format(argument, argument.initial), lab::allowedText(argument),
                               numbersPart ? ", by " + fault.countKnob : "");
    }
    table.add({fault.name, arguments, fault.help});
  }
  return table.text();
}

std::string describedText(const exports::LabSummary& lab) {
  std::string out = fmt::format("{}: {}\n\n", lab.info.title, lab.info.summary);
  TextTable presets({"PRESET", "WHAT IT IS"}, Align::Left);
  for (const lab::Preset& preset : lab.info.presets) presets.add({preset.id, preset.help});
  if (!presets.empty()) out += presets.text() + "\n";
  out += parametersText(lab.info.knobs);
  const auto knobs = lab::startingKnobs(lab.info, "", {});
  if (!lab.info.faults.empty()) out += "\n" + faultsText(lab::fitted(lab.info.faults, *knobs));
  TextTable metrics({"METRIC", "KIND", "UNIT", "WHAT IT COUNTS"}, Align::Left);
  for (const metrics::MetricValue& metric : lab.metrics) {
    metrics.add({metric.name, std::string(exports::kindText(metric.kind)),
                 std::string(metrics::symbol(metric.unit)), metric.help});
  }
  if (!metrics.empty()) out += "\n" + metrics.text();
  TextTable claims({"CLAIM", "SCENARIO", "STATEMENT", "IN WORDS"}, Align::Left);
  for (const auto& claim : lab.claims) {
    claims.add({claim.id, claim.scenario, claim.statement, claim.text});
  }
  if (!claims.empty()) out += "\n" + claims.text();
  return out;
}

int describeLab(const std::string& id, bool json) {
  run::RunPlan plan;
  plan.labId = id;
  if (const auto known = labs::make(id); !known) return complain(kBadInput, known.error().message);
  // Instruments are declared when a run is built; none of its events is needed for that.
  const auto built = run::Run::make(plan);
  if (!built) return complain(kFailed, built.error().message);
  const exports::LabSummary summary{(*built)->info(), (*built)->metrics(), claimsOf(id)};
  print(json ? exports::describeJson(summary) : describedText(summary));
  return kDone;
}

}  // namespace

void addDescribe(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string lab;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("describe", "Shows a lab's parameters, faults, metrics and claims.");
  command->add_option("LAB", options->lab, "Id of the lab: see 'ringside-cli labs'.")->required();
  command->add_flag("--json", options->json, "One JSON object instead of tables.");
  command->callback([options, &chosen] {
    chosen = [options] { return describeLab(options->lab, options->json); };
  });
}

}  // namespace ringside::cli
