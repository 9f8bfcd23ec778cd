#include "engine/run/compare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/run/parallel.h"
#include "engine/run/run.h"

namespace ringside::run {
namespace {

constexpr std::uint64_t kEventsPerLook = 16'384;

// All outcomes, by side and replication; each thread writes to places of its own.
struct Board {
  std::vector<std::vector<Outcome>> outcomes;
  std::vector<std::optional<Divergence>> divergences;
  std::vector<std::optional<Error>> errors;  // By piece of work.
};

std::string sideName(std::size_t side) { return std::string(1, static_cast<char>('A' + side)); }

RunPlan planOf(const CompareRequest& request, std::size_t side, int replication) {
  RunPlan plan = request.sides[side];
  plan.seed = request.sides.front().seed + static_cast<std::uint64_t>(replication);
  if (request.sides.front().length > Duration::zero()) plan.length = request.sides.front().length;
  return plan;
}

// The first replication of a side in lock-step with the first side.
std::optional<Error> runPair(const CompareRequest& request, std::size_t side, Board& board,
                             Progress& progress) {
  auto pair = LockStep::make(planOf(request, 0, 0), planOf(request, side, 0));
  if (!pair) return pair.error();
  std::int64_t told = 0;
  while (!pair->over() && !progress.stop) {
    pair->advance(pair->end(), kEventsPerLook);
    const double whole = toSeconds(pair->end());
    const double part =
        (toSeconds(pair->first().now()) + toSeconds(pair->second().now())) / (2 * whole);
    const auto parts = static_cast<std::int64_t>(part * 2 * Progress::kPartsPerRun);
    progress.done += parts - told;
    told = parts;
  }
  if (side == 1) board.outcomes[0][0] = outcomeOf(pair->first());
  board.outcomes[side][0] = outcomeOf(pair->second());
  board.divergences[side - 1] = pair->divergence();
  return std::nullopt;
}

std::optional<Error> runOne(const CompareRequest& request, std::size_t side, int replication,
                            Board& board, Progress& progress) {
  auto outcome = runToEnd(planOf(request, side, replication), progress);
  if (!outcome) return outcome.error();
  board.outcomes[side][static_cast<std::size_t>(replication)] = std::move(*outcome);
  return std::nullopt;
}

// Pairs first, which take longest; then replication by replication.
void work(const CompareRequest& request, Board& board, Progress& progress) {
  const std::size_t sides = request.sides.size();
  const auto singles = sides * static_cast<std::size_t>(request.replications - 1);
  board.errors.resize(sides - 1 + singles);
  progress.all = static_cast<std::int64_t>(2 * (sides - 1) + singles) * Progress::kPartsPerRun;
  forEachIndex(board.errors.size(), request.threads, [&](std::size_t i) {
    if (progress.stop) return;
    if (i < sides - 1) {
      board.errors[i] = runPair(request, i + 1, board, progress);
      return;
    }
    const std::size_t single = i - (sides - 1);
    board.errors[i] =
        runOne(request, single % sides, 1 + static_cast<int>(single / sides), board, progress);
  });
}

std::optional<Error> wrongIn(const CompareRequest& request) {
  if (request.sides.size() < 2) return Error{"a comparison has two sides or more"};
  if (request.sides.size() > 26) return Error{"a comparison has at most 26 sides"};
  if (request.replications < 1) return Error{"a comparison has one replication or more"};
  for (const RunPlan& side : request.sides) {
    if (side.labId == request.sides.front().labId) continue;
    return Error{"the sides of a comparison are of one lab, not of " + side.labId + " and " +
                 request.sides.front().labId};
  }
  return std::nullopt;
}

std::optional<Error> failureIn(const Board& board, const CompareRequest& request) {
  for (const auto& error : board.errors) {
    if (error) return error;
  }
  for (std::size_t side = 0; side < board.outcomes.size(); ++side) {
    for (std::size_t r = 0; r < board.outcomes[side].size(); ++r) {
      const Outcome& outcome = board.outcomes[side][r];
      if (outcome.state != lab::RunState::Failed) continue;
      return Error{"side " + sideName(side) + " failed with seed " +
                   std::to_string(request.sides.front().seed + r) + ": " + outcome.error};
    }
  }
  return std::nullopt;
}

std::vector<std::vector<Statistic>> statisticsOf(const std::vector<Outcome>& outcomes) {
  std::vector<std::vector<Statistic>> all;
  for (const Outcome& outcome : outcomes) all.push_back(outcome.statistics);
  return all;
}

Delta summed(Delta delta) {
  stats::Moments first;
  stats::Moments other;
  for (const double value : delta.first) first.add(value);
  for (const double value : delta.other) other.add(value);
  delta.firstMean = first.mean();
  delta.otherMean = other.mean();
  delta.absolute = delta.otherMean - delta.firstMean;
  if (delta.firstMean != 0) delta.relative = delta.absolute / std::abs(delta.firstMean);
  delta.interval = stats::pairedDifference(delta.first, delta.other);
  return delta;
}

}  // namespace

std::vector<Delta> deltasOf(const std::vector<std::vector<Statistic>>& first,
                            const std::vector<std::vector<Statistic>>& other) {
  std::vector<Delta> deltas;
  std::map<std::string, std::size_t> places;
  for (std::size_t r = 0; r < std::min(first.size(), other.size()); ++r) {
    std::map<std::string, double> values;
    for (const Statistic& statistic : other[r]) {
      if (statistic.value) values.emplace(statistic.name, *statistic.value);
    }
    for (const Statistic& statistic : first[r]) {
      const auto found = values.find(statistic.name);
      if (!statistic.value || found == values.end()) continue;
      const auto [place, isNew] = places.try_emplace(statistic.name, deltas.size());
      if (isNew) deltas.push_back({.statistic = statistic.name, .unit = statistic.unit});
      deltas[place->second].first.push_back(*statistic.value);
      deltas[place->second].other.push_back(found->second);
    }
  }
  for (Delta& delta : deltas) delta = summed(std::move(delta));
  return deltas;
}

Result<Comparison> compare(const CompareRequest& request, Progress& progress) {
  if (const auto wrong = wrongIn(request)) return *wrong;
  const std::size_t sides = request.sides.size();
  Board board;
  board.outcomes.assign(sides,
                        std::vector<Outcome>(static_cast<std::size_t>(request.replications)));
  board.divergences.resize(sides - 1);
  work(request, board, progress);
  if (const auto failure = failureIn(board, request)) return *failure;
  Comparison comparison;
  if (progress.stop) return comparison;
  comparison.complete = true;
  comparison.divergences = std::move(board.divergences);
  for (std::size_t side = 0; side < sides; ++side) {
    SideOutcome outcome{planOf(request, side, 0), {}, {}};
    for (const Outcome& each : board.outcomes[side]) {
      outcome.fingerprints.push_back(each.fingerprint);
      outcome.events.push_back(each.events);
    }
    comparison.sides.push_back(std::move(outcome));
    if (side == 0) continue;
    comparison.deltas.push_back(
        deltasOf(statisticsOf(board.outcomes[0]), statisticsOf(board.outcomes[side])));
  }
  return comparison;
}

}  // namespace ringside::run
