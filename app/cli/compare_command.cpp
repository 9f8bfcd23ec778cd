#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/long_work.h"
#include "app/cli/side_plan.h"
#include "app/cli/text_table.h"
#include "engine/export/compare_json.h"
#include "engine/labs/catalog.h"
#include "engine/metrics/format_value.h"
#include "engine/run/compare.h"
#include "engine/run/parallel.h"

namespace ringside::cli {
namespace {

struct CompareOptions {
  RunRequest base;
  std::string a;
  std::string b;
  std::vector<std::string> others;
  std::string replications = "1";
  std::string threads;
};

// Of the difference: with its sign, in the statistic's own unit.
std::string signedText(double value, metrics::Unit unit) {
  return (value > 0 ? "+" : value < 0 ? "-" : "") + metrics::formatValue(std::abs(value), unit);
}

std::string intervalText(const run::Delta& delta) {
  if (!delta.interval) return "-";
  return fmt::format("{} to {}", signedText(delta.interval->low(), delta.unit),
                     signedText(delta.interval->high(), delta.unit));
}

std::string relativeText(const run::Delta& delta) {
  return delta.relative ? fmt::format("{:+.2f} %", *delta.relative * 100) : "-";
}

std::string deltasText(const std::vector<run::Delta>& deltas, std::size_t side) {
  const std::string name = exports::sideName(side);
  TextTable table({"STATISTIC", "A", name, name + " - A", "RELATIVE", "95 % INTERVAL", "SURE"});
  std::size_t same = 0;
  for (const run::Delta& delta : deltas) {
    if (!delta.differs()) {
      ++same;
      continue;
    }
    table.add({delta.statistic, metrics::formatValue(delta.firstMean, delta.unit),
               metrics::formatValue(delta.otherMean, delta.unit),
               signedText(delta.absolute, delta.unit), relativeText(delta), intervalText(delta),
               delta.significant() ? "*" : ""});
  }
  std::string text = table.empty() ? "" : table.text();
  if (same > 0) text += fmt::format("  {} statistics are the same in every replication\n", same);
  return text;
}

std::string divergenceText(const std::optional<run::Divergence>& divergence, std::size_t side) {
  const std::string name = exports::sideName(side);
  if (!divergence) return fmt::format("\n  A and {} have the same events\n\n", name);
  return fmt::format("\n  {} parts from A at {}\n\n", name, run::describe(divergence));
}

std::string comparedText(const run::Comparison& comparison, const lab::LabInfo& info) {
  const auto& first = comparison.sides.front();
  const std::size_t replications = first.fingerprints.size();
  const Duration length =
      first.plan.length > Duration::zero() ? first.plan.length : info.usualLength;
  std::string text =
      fmt::format("{}, {} of virtual time, ", info.title, lab::formatDuration(length));
  text += replications == 1 ? fmt::format("seed {}\n", first.plan.seed)
                            : fmt::format("seeds {} to {}\n", first.plan.seed,
                                          first.plan.seed + replications - 1);
  for (std::size_t i = 0; i < comparison.sides.size(); ++i) {
    text += fmt::format("  {}: {}\n", exports::sideName(i),
                        exports::sideText(comparison.sides[i].plan, info));
  }
  for (std::size_t i = 0; i < comparison.deltas.size(); ++i) {
    text += divergenceText(comparison.divergences[i], i + 1);
    text += deltasText(comparison.deltas[i], i + 1);
  }
  text += replications == 1
              ? "\n  one replication has no intervals: --replications 10 gives them\n"
              : "\n  * the interval leaves out 0; by chance alone one in twenty would\n";
  return text;
}

Result<run::CompareRequest> requestOf(const CompareOptions& options) {
  run::CompareRequest request;
  const auto add = [&](std::string_view option, const std::string& text) -> std::optional<Error> {
    auto plan = sidePlan(options.base, option, text);
    if (!plan) return plan.error();
    request.sides.push_back(std::move(*plan));
    return std::nullopt;
  };
  if (const auto wrong = add("--a", options.a)) return *wrong;
  if (const auto wrong = add("--b", options.b)) return *wrong;
  for (const std::string& other : options.others) {
    if (const auto wrong = add("--also", other)) return *wrong;
  }
  const auto replications = wholeNumber("--replications", options.replications, 1);
  if (!replications) return replications.error();
  constexpr std::uint64_t kMost = 100'000;
  if (*replications > kMost) return Error{"--replications: at most 100000"};
  request.replications = static_cast<int>(*replications);
  request.threads = run::allCores();
  if (options.threads.empty()) return request;
  const auto threads = wholeNumber("--threads", options.threads, 1);
  if (!threads) return threads.error();
  request.threads = static_cast<unsigned>(std::min<std::uint64_t>(*threads, 4096));
  return request;
}

int compareLab(const CompareOptions& options) {
  const auto lab = labs::make(options.base.lab);
  if (!lab) return complain(kBadInput, lab.error().message);
  const lab::LabInfo info = (*lab)->describe();
  const auto request = requestOf(options);
  if (!request) return complain(kBadInput, request.error().message);
  run::Progress progress;
  std::optional<Result<run::Comparison>> result;
  watch(progress, options.base.quiet ? Progress::Silent : Progress::Shown,
        [&] { result = run::compare(*request, progress); });
  if (!*result) return complain(kFailed, result->error().message);
  const run::Comparison& comparison = **result;
  if (!comparison.complete) return complain(kFailed, "stopped before the comparison was complete");
  if (options.base.json) {
    print(exports::compareJson(comparison, info));
  } else if (!options.base.quiet) {
    print(comparedText(comparison, info));
  }
  return kDone;
}

}  // namespace

void addCompare(CLI::App& app, Chosen& chosen) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand(
      "compare", "Runs a lab two ways with the same seeds and says what differs.");
  const auto text = [command](const char* name, std::string& value, const char* help) {
    return command->add_option(name, value, help);
  };
  const auto texts = [command](const char* name, std::vector<std::string>& values,
                               const char* help) {
    command->add_option(name, values, help)->allow_extra_args(false);
  };
  text("LAB", options->base.lab, "Id of the lab: see 'ringside-cli labs'.")->required();
  text("--a", options->a, "'NAME=VALUE ...' of side A; preset=NAME chooses a preset.")->required();
  text("--b", options->b, "The same of side B.")->required();
  texts("--also", options->others, "The same of a further side; may be repeated.");
  texts("--set", options->base.settings, "NAME=VALUE on all sides; may be repeated.");
  texts("--fault", options->base.faults, "A fault on all sides, as for run; may be repeated.");
  text("--seed", options->base.seed, "Of the first replication; the next ones count on from it.");
  text("--for", options->base.length, "Length in virtual time: 250us, 10ms, 1.5s, 2m.");
  text("--replications", options->replications, "Runs of each side; intervals need two.");
  text("--threads", options->threads, "Runs at once; all cores if not given.");
  command->add_flag("--json", options->base.json, "One JSON object instead of tables.");
  command->add_flag("--quiet", options->base.quiet, "No tables, no progress.");
  command->callback([options, &chosen] { chosen = [options] { return compareLab(*options); }; });
}

}  // namespace ringside::cli
