#include "engine/run/run.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/lab/world.h"
#include "engine/labs/catalog.h"

namespace ringside::run {
namespace {

Result<Done> applyText(lab::Lab& lab, const lab::LabInfo& info, const std::string& key,
                       const std::string& text) {
  for (const lab::ParameterSpec& spec : info.knobs) {
    if (spec.key != key) continue;
    const Result<double> value = parse(spec, text);
    if (!value) return value.error();
    lab.setKnob(key, *value);
    return Done{};
  }
  return Error{"unknown knob '" + key + "' of lab " + info.id};
}

Result<Done> applyPreset(lab::Lab& lab, const lab::LabInfo& info, const std::string& id) {
  if (id.empty()) return Done{};
  std::string known;
  for (const lab::Preset& preset : info.presets) {
    known += (known.empty() ? "" : ", ") + preset.id;
    if (preset.id != id) continue;
    for (const auto& [key, text] : preset.values) {
      if (auto applied = applyText(lab, info, key, text); !applied) return applied;
    }
    return Done{};
  }
  return Error{"unknown preset '" + id + "' of lab " + info.id + "; there are: " + known};
}

const lab::ParameterSpec* specOf(const lab::LabInfo& info, std::string_view key) {
  const auto found = std::ranges::find(info.knobs, key, &lab::ParameterSpec::key);
  return found == info.knobs.end() ? nullptr : &*found;
}

Result<Done> checkedValue(const lab::LabInfo& info, std::string_view key, double value) {
  const lab::ParameterSpec* spec = specOf(info, key);
  if (spec == nullptr) {
    return Error{"unknown knob '" + std::string(key) + "' of lab " + info.id + "; 'describe " +
                 info.id + "' lists them"};
  }
  if (!allows(*spec, value)) {
    return Error{spec->key + ": " + format(*spec, value) + " is not allowed; allowed is " +
                 allowedText(*spec)};
  }
  return Done{};
}

std::string textOf(const lab::LabInfo& info, const lab::FaultOrder& order) {
  for (const lab::FaultSpec& spec : info.faults) {
    if (spec.name != order.name) continue;
    std::string text = spec.label;
    for (std::size_t i = 0; i < order.arguments.size() && i < spec.arguments.size(); ++i) {
      text += " " + format(spec.arguments[i], order.arguments[i].value);
    }
    return text;
  }
  return order.name;
}

}  // namespace

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
  [[nodiscard]] bool dueIsNext() const;
  [[nodiscard]] bool replayIsNext() const;
  std::uint64_t advance(Instant until, std::uint64_t maxEvents);
  void setKnob(std::string_view key, double value);
  [[nodiscard]] std::vector<lab::ParameterValue> knobs() const;
  [[nodiscard]] Result<Done> checkOrder(const lab::FaultOrder& order) const {
    return lab::checkOrder(lab::fitted(info.faults, knobs()), order);
  }
};

std::vector<lab::ParameterValue> Run::Impl::knobs() const {
  std::vector<lab::ParameterValue> values;
  for (const lab::ParameterSpec& spec : info.knobs) {
    values.push_back({spec.key, lab->knob(spec.key)});
  }
  return values;
}

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

void Run::Impl::setKnob(std::string_view key, double value) {
  lab->setKnob(key, value);
  presetKept = false;
}

// Works in stretches between the acts that are due, so that each falls between the same two events
// whatever the slices.
std::uint64_t Run::Impl::advance(Instant until, std::uint64_t maxEvents) {
  std::uint64_t done = 0;
  until = std::min(until, end);
  for (;;) {
    performDue();  // By hand is later: whoever watched saw what was due first.
    performReplayed();
    Instant stop = due.empty() ? until : std::min(until, due.back().at);
    std::uint64_t limit = maxEvents - done;
    if (nextReplay < replayed.size()) {
      stop = std::min(stop, replayed[nextReplay].at);
      // Once its events are done, only time is left to pass.
      const std::uint64_t events = world->runtime().events();
      const std::uint64_t after = replayed[nextReplay].afterEvent;
      if (after > events) limit = std::min(limit, after - events);
    }
    done += world->advance(stop, limit);
    if (dueIsNext() || replayIsNext()) continue;
    if (done >= maxEvents || world->now() >= until) return done;
  }
}

Run::Run(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Run::~Run() = default;

Result<std::unique_ptr<Run>> Run::make(const RunPlan& plan) { return replay(plan, {}); }

Result<std::unique_ptr<Run>> Run::replay(const RunPlan& plan, Journal journal) {
  auto made = labs::make(plan.labId);
  if (!made) return made.error();
  return of(std::move(*made), plan, std::move(journal));
}

Result<std::unique_ptr<Run>> Run::of(std::unique_ptr<lab::Lab> lab, const RunPlan& plan,
                                     Journal journal) {
  auto impl = std::make_unique<Impl>();
  impl->plan = plan;
  impl->replayed = std::move(journal);
  impl->lab = std::move(lab);
  impl->info = impl->lab->describe();
  if (auto applied = applyPreset(*impl->lab, impl->info, plan.preset); !applied) {
    return applied.error();
  }
  for (const lab::ParameterValue& knob : plan.knobs) {
    if (auto ok = checkedValue(impl->info, knob.key, knob.value); !ok) return ok.error();
    impl->setKnob(knob.key, knob.value);
  }
  if (plan.arrivals != nullptr && !impl->info.acceptsArrivals) {
    return Error{"lab " + plan.labId + " does not take recorded arrivals"};
  }
  for (const lab::ScheduledFault& fault : plan.faults) {
    if (auto ok = impl->checkOrder(fault.order); !ok) return ok.error();
    if (fault.at < Instant{}) {
      return Error{"fault " + fault.order.name + ": strikes before the run begins"};
    }
    impl->addDue({.at = fault.at, .id = impl->nextFaultId++, .fault = fault.order});
  }
  if (plan.length < Duration::zero()) return Error{"the length of a run is more than nothing"};
  const Duration length = plan.length > Duration::zero() ? plan.length : impl->info.usualLength;
  impl->end = Instant(length);
  impl->guarded([&] {
    impl->world = std::make_unique<lab::World>(plan.seed, length, plan.arrivals);
    impl->lab->start(*impl->world);
    return Done{};
  });
  if (impl->world == nullptr) return Error{"lab " + plan.labId + ": " + impl->error};
  return std::unique_ptr<Run>(new Run(std::move(impl)));
}

std::uint64_t Run::advance(Instant until, std::uint64_t maxEvents) {
  if (lab::isOver(impl_->state)) return 0;
  const std::uint64_t done = impl_->guarded([&] { return impl_->advance(until, maxEvents); });
  if (impl_->state == lab::RunState::Failed) return done;
  impl_->state = lab::RunState::Paused;
  const auto next = impl_->world->runtime().next();
  const bool nothingLeft = impl_->world->now() >= impl_->end && (!next || next->at > impl_->end);
  if (nothingLeft) {
    impl_->state = lab::RunState::Finished;
    impl_->guarded([&] { return impl_->world->finish(), Done{}; });
  }
  return done;
}

bool Run::step() { return advance(impl_->end, 1) == 1; }

std::optional<lab::NextEvent> Run::next() const {
  if (lab::isOver(impl_->state)) return std::nullopt;
  VirtualRuntime& runtime = impl_->world->runtime();
  const auto pending = runtime.next();
  if (!pending || pending->at > impl_->end) return std::nullopt;
  return lab::NextEvent{pending->at, runtime.actorName(pending->actor),
                        std::string(kindName(pending->kind)), runtime.events() + 1};
}

Result<Done> Run::turnKnob(std::string_view key, double value) {
  if (lab::isOver(impl_->state)) return Error{"the run is over: restart it to turn knobs"};
  if (auto ok = checkedValue(impl_->info, key, value); !ok) return ok;
  if (specOf(impl_->info, key)->effect == lab::ParameterEffect::NextRun) {
    return Error{std::string(key) + " takes effect at the next start of the run"};
  }
  impl_->journal.push_back({now(), events(), KnobTurned{std::string(key), value}});
  impl_->guarded([&] { return impl_->setKnob(key, value), Done{}; });
  return Done{};
}

Result<std::uint64_t> Run::inject(const lab::FaultOrder& order) {
  if (lab::isOver(impl_->state)) return Error{"the run is over: restart it to inject a fault"};
  if (auto ok = impl_->checkOrder(order); !ok) return ok.error();
  const std::uint64_t id = impl_->nextFaultId++;
  impl_->journal.push_back({now(), events(), FaultInjected{id, order}});
  impl_->guarded([&] { return impl_->strike(id, order), Done{}; });
  return id;
}

Result<Done> Run::lift(std::uint64_t id) {
  if (lab::isOver(impl_->state)) return Error{"the run is over: restart it to lift a fault"};
  const auto found =
      std::ranges::find(impl_->active, id, &std::pair<std::uint64_t, lab::FaultOrder>::first);
  if (found == impl_->active.end()) {
    return Error{"fault " + std::to_string(id) + " is not in force"};
  }
  impl_->journal.push_back({now(), events(), FaultLifted{id}});
  impl_->guarded([&] { return impl_->mend(id), Done{}; });
  return Done{};
}

lab::RunState Run::state() const { return impl_->state; }
const std::string& Run::error() const { return impl_->error; }
Instant Run::now() const { return impl_->world->now(); }
Instant Run::end() const { return impl_->end; }
std::uint64_t Run::events() const { return impl_->world->runtime().events(); }
std::uint64_t Run::fingerprint() const { return impl_->world->runtime().fingerprint(); }
const RunPlan& Run::plan() const { return impl_->plan; }
const lab::LabInfo& Run::info() const { return impl_->info; }
const Journal& Run::journal() const { return impl_->journal; }

lab::Frame Run::frame() const {
  lab::Frame frame;
  frame.state = impl_->state;
  frame.note = impl_->error;
  frame.end = impl_->end;
  frame.labId = impl_->plan.labId;
  frame.preset = impl_->presetKept ? impl_->plan.preset : "";
  frame.next = next();
  frame.knobs = impl_->knobs();
  frame.faults = impl_->windows;
  impl_->guarded([&] {
    impl_->world->show(frame);
    frame.checks = checks();
    return Done{};
  });
  frame.state = impl_->state;
  frame.note = impl_->error;
  return frame;
}

std::vector<metrics::MetricValue> Run::metrics() const {
  return impl_->guarded([&] { return impl_->world->recorder().snapshot(now()); });
}

std::vector<lab::CheckResult> Run::checks() const {
  if (impl_->state == lab::RunState::Failed) return {};
  return impl_->guarded([&] { return impl_->lab->check(*impl_->world); });
}

}  // namespace ringside::run
