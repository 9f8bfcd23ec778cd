#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/long_work.h"
#include "app/cli/side_plan.h"
#include "engine/export/sweep_csv.h"
#include "engine/run/parallel.h"
#include "engine/run/sweep.h"

namespace ringside::cli {
namespace {

struct SweepOptions {
  RunRequest base;
  std::vector<std::string> grid;
  std::string replications = "1";
  std::string shard = "1/1";
  std::string threads;
  std::string out;
};

Result<run::SweepAxis> axisOf(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return Error{fmt::format("--grid: '{}' is not NAME=V1,V2,..", text)};
  }
  run::SweepAxis axis{text.substr(0, equals), {}};
  std::string_view values = std::string_view(text).substr(equals + 1);
  while (true) {
    const std::size_t comma = values.find(',');
    axis.texts.emplace_back(values.substr(0, comma));
    if (comma == std::string_view::npos) return axis;
    values.remove_prefix(comma + 1);
  }
}

Result<Done> readShard(const std::string& text, run::SweepRequest& request) {
  const std::size_t slash = text.find('/');
  const auto bad = [&] {
    return Error{fmt::format("--shard: '{}' is not I/N; allowed: 1/1 to N/N", text)};
  };
  if (slash == std::string::npos) return bad();
  const auto shard = wholeNumber("--shard", text.substr(0, slash), 1);
  const auto shards = wholeNumber("--shard", text.substr(slash + 1), 1);
  if (!shard || !shards || *shard > *shards) return bad();
  request.shard = *shard;
  request.shards = *shards;
  return Done{};
}

Result<run::SweepRequest> requestOf(const SweepOptions& options) {
  run::SweepRequest request;
  auto planned = planOf(options.base);
  if (!planned) return planned.error();
  request.base = std::move(planned->plan);
  for (const std::string& text : options.grid) {
    auto axis = axisOf(text);
    if (!axis) return axis.error();
    request.axes.push_back(std::move(*axis));
  }
  const auto replications = wholeNumber("--replications", options.replications, 1);
  if (!replications) return replications.error();
  request.replications = static_cast<int>(std::min<std::uint64_t>(*replications, 10'000'001));
  if (const auto shard = readShard(options.shard, request); !shard) return shard.error();
  request.threads = run::allCores();
  if (!options.threads.empty()) {
    const auto threads = wholeNumber("--threads", options.threads, 1);
    if (!threads) return threads.error();
    request.threads = static_cast<unsigned>(std::min<std::uint64_t>(*threads, 4096));
  }
  auto good = run::checked(std::move(request));
  if (!good) return Error{"--grid: " + good.error().message};
  return good;
}

int report(const SweepOptions& options, std::size_t had, std::size_t has, std::size_t mine,
           std::size_t failed) {
  if (has < mine) {
    return complain(kFailed,
                    fmt::format("stopped: {} of {} rows are in {}; the same command goes on "
                                "from there",
                                has, mine, options.out));
  }
  if (!options.base.quiet) {
    remark(fmt::format("{} rows are in {}, {} of them new", has, options.out, has - had));
  }
  if (failed > 0) {
    return complain(kFailed,
                    fmt::format("{} of the new runs failed; their state says why", failed));
  }
  return kDone;
}

int sweepLab(const SweepOptions& options) {
  const auto request = requestOf(options);
  if (!request) return complain(kBadInput, request.error().message);
  auto file = exports::SweepFile::open(options.out, *request);
  if (!file) return complain(kBadInput, "--out: " + file.error().message);
  std::size_t mine = 0;
  for (std::uint64_t row = 0; row < run::rowsOf(*request); ++row) {
    mine += run::isOfShard(*request, row) ? 1U : 0U;
  }
  const auto ours = [&] {
    std::size_t count = 0;
    for (std::uint64_t row = 0; row < run::rowsOf(*request); ++row) {
      count += run::isOfShard(*request, row) && file->has(row) ? 1U : 0U;
    }
    return count;
  };
  const std::size_t had = ours();
  std::size_t failed = 0;
  run::SweepWork work;
  // Only what was there before: which rows are to do is settled before the first is taken.
  work.isDone = [&](std::uint64_t row) { return file->has(row); };
  work.take = [&](const run::SweepRow& row) {
    failed += row.outcome.state == lab::RunState::Failed ? 1 : 0;
    return file->append(row);
  };
  run::Progress progress;
  std::optional<Result<Done>> result;
  watch(progress, options.base.quiet ? Progress::Silent : Progress::Shown,
        [&] { result = run::sweep(*request, work, progress); });
  if (!*result) return complain(kFailed, result->error().message);
  return report(options, had, ours(), mine, failed);
}

}  // namespace

void addSweep(CLI::App& app, Chosen& chosen) {
  const auto options = std::make_shared<SweepOptions>();
  CLI::App* command = app.add_subcommand("sweep", "Runs a lab at every point of a grid of values.");
  const auto text = [command](const char* name, std::string& value, const char* help) {
    return command->add_option(name, value, help);
  };
  const auto texts = [command](const char* name, std::vector<std::string>& values,
                               const char* help) {
    return command->add_option(name, values, help)->allow_extra_args(false);
  };
  text("LAB", options->base.lab, "Id of the lab: see 'ringside-cli labs'.")->required();
  texts("--grid", options->grid, "NAME=V1,V2,.. of a parameter or preset; may be repeated.")
      ->required();
  text("--out", options->out, "CSV file; one that this sweep began is gone on with.")->required();
  text("--preset", options->base.preset, "Set of values to begin with.");
  texts("--set", options->base.settings, "NAME=VALUE of a parameter; may be repeated.");
  texts("--fault", options->base.faults, "A fault in every run, as for run; may be repeated.");
  text("--seed", options->base.seed, "Of the first replication; the next ones count on from it.");
  text("--for", options->base.length, "Length in virtual time: 250us, 10ms, 1.5s, 2m.");
  text("--replications", options->replications, "Runs of each point.");
  text("--shard", options->shard, "I/N: only every N-th row, beginning with the I-th.");
  text("--threads", options->threads, "Runs at once; all cores if not given.");
  command->add_flag("--quiet", options->base.quiet, "No remarks, no progress.");
  command->callback([options, &chosen] { chosen = [options] { return sweepLab(*options); }; });
}

}  // namespace ringside::cli
