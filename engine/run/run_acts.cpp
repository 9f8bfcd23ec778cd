// What happens to a run between two events: faults that are due, and acts of its journal.
#include <algorithm>

#include "engine/run/run_checks.h"
#include "engine/run/run_impl.h"

namespace ringside::run {

void Run::Impl::addDue(DueFault fault) {
  fault.order = nextOrder++;
  due.push_back(std::move(fault));
  std::ranges::sort(due, [](const DueFault& a, const DueFault& b) {
    return a.at != b.at ? a.at > b.at : a.order > b.order;
  });
}

void Run::Impl::strike(std::uint64_t id, const lab::FaultOrder& order) {
  const Instant now = world->now();
  const bool lasting = order.duration == lab::kForever;
  windows.push_back(
      {id, order.name, textOf(info, order), now, lasting ? kNever : now + order.duration});
  active.emplace_back(id, order);
  world->note("", textOf(info, order), lab::Severity::Bad);
  lab->inject(*world, id, order);
  if (!lasting) addDue({.at = now + order.duration, .id = id, .lift = true, .fault = order});
}

void Run::Impl::mend(std::uint64_t id) {
  const auto found =
      std::ranges::find(active, id, &std::pair<std::uint64_t, lab::FaultOrder>::first);
  if (found == active.end()) return;  // Lifted by hand before its time was up.
  const lab::FaultOrder order = found->second;
  active.erase(found);
  for (lab::FaultWindow& window : windows) {
    if (window.id == id) window.to = world->now();
  }
  world->note("", textOf(info, order) + ": lifted", lab::Severity::Good);
  lab->lift(*world, id, order);
}

// An act comes after everything that happens at its instant, however the run is sliced.
bool Run::Impl::dueIsNext() const {
  if (due.empty() || due.back().at > world->now()) return false;
  const auto next = world->runtime().next();
  return !next || next->at > due.back().at;
}

void Run::Impl::performDue() {
  while (dueIsNext()) {
    const DueFault fault = due.back();
    due.pop_back();
    if (fault.lift) {
      mend(fault.id);
    } else {
      strike(fault.id, fault.fault);
    }
  }
}

bool Run::Impl::replayIsNext() const {
  return nextReplay < replayed.size() &&
         replayed[nextReplay].afterEvent <= world->runtime().events() &&
         replayed[nextReplay].at <= world->now();
}

void Run::Impl::performReplayed() {
  while (replayIsNext()) {
    const JournalEntry entry = replayed[nextReplay++];
    journal.push_back(entry);
    if (const auto* knob = std::get_if<KnobTurned>(&entry.act)) setKnob(knob->key, knob->value);
    if (const auto* fault = std::get_if<FaultInjected>(&entry.act)) {
      nextFaultId = std::max(nextFaultId, fault->id + 1);
      strike(fault->id, fault->order);
    }
    if (const auto* lifted = std::get_if<FaultLifted>(&entry.act)) mend(lifted->id);
  }
}

void Run::Impl::performActs() {
  performDue();
  performReplayed();
}

void Run::Impl::setKnob(std::string_view key, double value) {
  lab->setKnob(key, value);
  presetKept = false;
}

}  // namespace ringside::run
