// Run::Impl: what a run is made of; run.cpp advances it, run_acts.cpp does to it what is due and
// run_build.cpp makes it.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/lab/world.h"
#include "engine/run/run.h"

namespace ringside::run {

struct Run::Impl {
  // A thing to be done between two events: scheduled by the plan, or replayed from a journal.
  struct DueFault {
    Instant at;
    std::uint64_t order = 0;  // Of two at one instant, the first one asked for comes first.
    std::uint64_t id = 0;
    bool lift = false;
    lab::FaultOrder fault;
  };

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  // Processes refer to the lab, and the lab's system to the runtime: tasks, lab, world.
  ~Impl() {
    if (world != nullptr) world->runtime().shutDown();
    lab.reset();
  }

  RunPlan plan;
  std::unique_ptr<lab::Lab> lab;
  lab::LabInfo info;
  std::unique_ptr<lab::World> world;
  Instant end;
  lab::RunState state = lab::RunState::Idle;
  std::string error;
  Journal journal;
  Journal replayed;  // Acts still to be repeated.
  std::size_t nextReplay = 0;
  std::vector<DueFault> due;  // Sorted, soonest last.
  std::vector<lab::FaultWindow> windows;
  std::vector<std::pair<std::uint64_t, lab::FaultOrder>> active;
  std::uint64_t nextFaultId = 1;
  std::uint64_t nextOrder = 1;
  bool presetKept = true;
  std::optional<EventTrace> trace;
  std::function<bool()> stopWhere;
  bool stopped = false;

  template <class Work>
  auto guarded(Work work) -> decltype(work()) {
    try {
      return work();
    } catch (const std::exception& caught) {
      state = lab::RunState::Failed;
      error = caught.what();
    } catch (...) {
      state = lab::RunState::Failed;
      error = "the lab failed without saying why";
    }
    return {};
  }

  void addDue(DueFault fault);
  void strike(std::uint64_t id, const lab::FaultOrder& order);
  void mend(std::uint64_t id);
  void performDue();
  void performReplayed();
  void performActs();  // Both; what is done by hand comes after what was due.
  [[nodiscard]] bool dueIsNext() const;
  [[nodiscard]] bool replayIsNext() const;
  std::uint64_t advance(Instant until, std::uint64_t maxEvents);
  void setKnob(std::string_view key, double value);
  void hookEvents();
  [[nodiscard]] std::vector<lab::ParameterValue> knobs() const;
  [[nodiscard]] Result<Done> checkOrder(const lab::FaultOrder& order) const {
    return lab::checkOrder(lab::fitted(info.faults, knobs()), order);
  }
};

}  // namespace ringside::run
