#include "engine/run/sweep.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "engine/base/hash.h"
#include "engine/labs/catalog.h"
#include "engine/run/parallel.h"
#include "engine/run/run.h"

namespace ringside::run {
namespace {

constexpr std::uint64_t kMostRows = 10'000'000;

std::string namesOf(const lab::LabInfo& info) {
  std::string names(kPresetAxis);
  for (const lab::ParameterSpec& spec : info.knobs) names += ", " + spec.key;
  return names;
}

Result<std::string> shortest(const lab::LabInfo& info, const SweepAxis& axis,
                             const std::string& text) {
  if (axis.key == kPresetAxis) {
    std::string known;
    for (const lab::Preset& preset : info.presets) {
      if (preset.id == text) return text;
      known += (known.empty() ? "" : ", ") + preset.id;
    }
    return Error{"'" + text + "' is not a preset of " + info.id + "; allowed: " + known};
  }
  const auto spec = std::ranges::find(info.knobs, axis.key, &lab::ParameterSpec::key);
  if (spec == info.knobs.end()) {
    return Error{"'" + axis.key + "' is not a parameter of " + info.id +
                 "; allowed: " + namesOf(info)};
  }
  const auto value = lab::parse(*spec, text);
  if (!value) return value.error();
  return lab::format(*spec, *value);
}

Result<SweepAxis> checkedAxis(const lab::LabInfo& info, const SweepAxis& axis) {
  SweepAxis out{axis.key, {}};
  std::set<std::string> seen;
  for (const std::string& text : axis.texts) {
    auto value = shortest(info, axis, text);
    if (!value) return value.error();
    if (!seen.insert(*value).second) {
      return Error{axis.key + ": '" + *value + "' stands twice on its axis"};
    }
    out.texts.push_back(std::move(*value));
  }
  if (out.texts.empty()) return Error{axis.key + ": its axis has no values"};
  return out;
}

Result<Done> checkedCounts(const SweepRequest& request) {
  if (request.axes.empty()) return Error{"a sweep has one axis or more: NAME=V1,V2,.."};
  if (request.replications < 1) return Error{"a sweep has one replication or more"};
  if (request.shard < 1 || request.shard > request.shards) {
    return Error{"shard " + std::to_string(request.shard) + " of " +
                 std::to_string(request.shards) + " is none; allowed: 1/1 to N/N"};
  }
  std::uint64_t rows = static_cast<std::uint64_t>(request.replications);
  for (const SweepAxis& axis : request.axes) {
    rows = std::min(rows, kMostRows + 1) * axis.texts.size();
  }
  if (rows > kMostRows) return Error{"the grid has more than ten million runs"};
  return Done{};
}

std::string hexadecimal(std::uint64_t value) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
  return digits;
}

// Hands rows over in order; a row waits until those before it have come, or the sweep stops.
class InOrder {
 public:
  InOrder(std::vector<std::uint64_t> rows, const SweepWork& work, Progress& progress)
      : rows_(std::move(rows)), work_(work), progress_(progress) {}

  void put(SweepRow row) {
    const std::scoped_lock lock(mutex_);
    waiting_.emplace(row.row, std::move(row));
    while (next_ < rows_.size() && waiting_.contains(rows_[next_])) {
      take(waiting_.extract(rows_[next_++]).mapped());
    }
  }

  Result<Done> finish() {
    for (const auto& [number, row] : waiting_) take(row);
    if (error_) return *error_;
    return Done{};
  }

 private:
  void take(const SweepRow& row) {
    if (error_) return;
    if (const auto taken = work_.take(row); !taken) {
      error_ = taken.error();
      progress_.stop = true;
    }
  }

  std::mutex mutex_;
  std::vector<std::uint64_t> rows_;
  const SweepWork& work_;
  Progress& progress_;
  std::size_t next_ = 0;
  std::map<std::uint64_t, SweepRow> waiting_;
  std::optional<Error> error_;
};

SweepRow rowAt(const SweepRequest& request, std::uint64_t row, Outcome outcome) {
  const auto each = static_cast<std::uint64_t>(request.replications);
  return {row,
          row / each,
          static_cast<int>(row % each),
          request.base.seed + row % each,
          valuesAt(request, row / each),
          std::move(outcome)};
}

}  // namespace

Result<SweepRequest> checked(SweepRequest request) {
  const auto lab = labs::make(request.base.labId);
  if (!lab) return lab.error();
  const lab::LabInfo info = (*lab)->describe();
  std::set<std::string> keys;
  for (SweepAxis& axis : request.axes) {
    if (!keys.insert(axis.key).second) return Error{axis.key + " is on two axes"};
    auto good = checkedAxis(info, axis);
    if (!good) return good.error();
    axis = std::move(*good);
  }
  if (const auto counts = checkedCounts(request); !counts) return counts.error();
  return request;
}

std::uint64_t pointsOf(const SweepRequest& request) {
  std::uint64_t points = 1;
  for (const SweepAxis& axis : request.axes) points *= axis.texts.size();
  return points;
}

std::uint64_t rowsOf(const SweepRequest& request) {
  return pointsOf(request) * static_cast<std::uint64_t>(request.replications);
}

bool isOfShard(const SweepRequest& request, std::uint64_t row) {
  return row % request.shards == request.shard - 1;
}

std::vector<std::string> valuesAt(const SweepRequest& request, std::uint64_t point) {
  std::vector<std::string> values(request.axes.size());
  for (std::size_t i = request.axes.size(); i-- > 0;) {
    const auto& texts = request.axes[i].texts;
    values[i] = texts[point % texts.size()];
    point /= texts.size();
  }
  return values;
}

RunPlan planAt(const SweepRequest& request, std::uint64_t row) {
  const auto each = static_cast<std::uint64_t>(request.replications);
  RunPlan plan = request.base;
  plan.seed += row % each;
  const lab::LabInfo info = labs::make(plan.labId).value()->describe();
  const std::vector<std::string> values = valuesAt(request, row / each);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (request.axes[i].key == kPresetAxis) {
      plan.preset = values[i];
      continue;
    }
    const auto spec = std::ranges::find(info.knobs, request.axes[i].key, &lab::ParameterSpec::key);
    plan.knobs.push_back({spec->key, lab::parse(*spec, values[i]).value()});
  }
  return plan;
}

std::string sweepId(const SweepRequest& request) {
  const RunPlan& base = request.base;
  std::string text = base.labId + "\n" + base.preset + "\n" + std::to_string(base.seed) + "\n" +
                     std::to_string(base.length.count()) + "\n" +
                     std::to_string(request.replications) + "\n";
  const auto add = [&text](const lab::ParameterValue& value) {
    char exact[32];
    std::snprintf(exact, sizeof exact, "%a", value.value);
    text += value.key + "=" + exact + "\n";
  };
  for (const lab::ParameterValue& knob : base.knobs) add(knob);
  for (const lab::ScheduledFault& fault : base.faults) {
    text += std::to_string(fault.at.time_since_epoch().count()) + fault.order.name +
            std::to_string(fault.order.duration.count()) + "\n";
    for (const lab::ParameterValue& argument : fault.order.arguments) add(argument);
  }
  for (const SweepAxis& axis : request.axes) {
    text += axis.key + ":";
    for (const std::string& value : axis.texts) text += value + ",";
    text += "\n";
  }
  return hexadecimal(hash64(text));
}

Result<std::vector<std::string>> statisticNames(const SweepRequest& request) {
  const auto made = Run::make(planAt(request, 0));
  if (!made) return made.error();
  std::vector<std::string> names;
  for (Statistic& statistic : statisticsOf((*made)->metrics())) {
    names.push_back(std::move(statistic.name));
  }
  return names;
}

Result<Done> sweep(const SweepRequest& request, const SweepWork& work, Progress& progress) {
  std::vector<std::uint64_t> rows;
  std::int64_t before = 0;
  for (std::uint64_t row = request.shard - 1; row < rowsOf(request); row += request.shards) {
    if (work.isDone && work.isDone(row)) {
      ++before;
    } else {
      rows.push_back(row);
    }
  }
  progress.all = (static_cast<std::int64_t>(rows.size()) + before) * Progress::kPartsPerRun;
  progress.done = before * Progress::kPartsPerRun;
  InOrder order(rows, work, progress);
  std::mutex mutex;
  std::optional<Error> wrong;
  forEachIndex(rows.size(), request.threads, [&](std::size_t i) {
    if (progress.stop) return;
    auto outcome = runToEnd(planAt(request, rows[i]), progress);
    if (!outcome) {
      const std::scoped_lock lock(mutex);
      wrong = outcome.error();
      progress.stop = true;
    } else if (lab::isOver(outcome->state)) {
      order.put(rowAt(request, rows[i], std::move(*outcome)));
    }
  });
  const auto finished = order.finish();
  if (wrong) return *wrong;
  return finished;
}

}  // namespace ringside::run
