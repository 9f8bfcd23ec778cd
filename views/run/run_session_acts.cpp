#include <algorithm>

#include "views/run/run_commands.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"

// What a person does to the run's knobs and faults; run_session.cpp has its starting and steering.
namespace ringside::views {
namespace {

// Long enough for a drag to build the run a few times a second at most.
constexpr int kRebuildMillis = 200;

const lab::FaultWindow* windowOf(const lab::FramePtr& frame, std::uint64_t id) {
  if (!frame) return nullptr;
  const auto& faults = frame->faults;
  const auto found = std::find_if(faults.begin(), faults.end(),
                                  [&](const lab::FaultWindow& each) { return each.id == id; });
  return found == faults.end() ? nullptr : &*found;
}

}  // namespace

const lab::ParameterSpec* RunSession::specOf(std::string_view key) const {
  const auto found = std::find_if(info_.knobs.begin(), info_.knobs.end(),
                                  [&](const lab::ParameterSpec& each) { return each.key == key; });
  return found == info_.knobs.end() ? nullptr : &*found;
}

void RunSession::apply(const KnobChange& change, Direction direction) {
  const bool redo = direction == Direction::Redo;
  if (change.preset) {
    knobs_.takePreset(info_, redo ? change.preset->second : change.preset->first);
    begun_ = false;  // A preset starts the run anew, whatever became of it.
    rebuild_.start(0);
  }
  for (const KnobTurn& turn : change.turns) {
    applyKnob(*specOf(turn.key), redo ? turn.after : turn.before);
  }
  if (change.preset) rebuild_.start(0);
  Q_EMIT knobsChanged();
}

void RunSession::applyKnob(const lab::ParameterSpec& spec, double value) {
  knobs_.want(spec.key, value);
  if (!begun_) return rebuild_.start(kRebuildMillis);
  if (spec.effect == lab::ParameterEffect::NextRun || lab::isOver(state())) return;
  departed_ = false;  // From here on the panel leads.
  control_->turnKnob(spec.key, value);
  ++acts_;
  keepPolling();
}

void RunSession::turnKnob(const QString& key, double value, int gesture) {
  const lab::ParameterSpec* spec = specOf(key.toStdString());
  if (spec == nullptr || knobs_.wanted(spec->key) == value) return;
  const KnobTurn turn{spec->key, knobs_.wanted(spec->key), value};
  KnobChange change{{turn}, std::nullopt, gesture};
  undo_.push(new KnobCommand(*this, KnobCommand::textOf(*spec, turn), std::move(change)));
}

void RunSession::choosePreset(const QString& id) {
  const Result<KnobSheet> chosen = KnobSheet::make(info_, id.toStdString(), {});
  if (!chosen) return Q_EMIT complaint(text(chosen.error().message));
  KnobChange change;
  change.preset = {knobs_.presetId(), id.toStdString()};
  QString label = text(id.toStdString());
  for (const lab::ParameterSpec& spec : info_.knobs) {
    const double before = knobs_.wanted(spec.key);
    const double after = chosen->wanted(spec.key);
    if (before != after) change.turns.push_back({spec.key, before, after});
  }
  for (const lab::Preset& preset : info_.presets) {
    if (text(preset.id) == id) label = text(preset.label);
  }
  undo_.push(new KnobCommand(*this, tr("Preset %1").arg(label), std::move(change)));
}

void RunSession::resetKnobs() {
  KnobChange change;
  for (const lab::ParameterSpec& spec : info_.knobs) {
    if (!knobs_.changed(spec.key)) continue;
    change.turns.push_back({spec.key, knobs_.wanted(spec.key), knobs_.inPreset(spec.key)});
  }
  if (change.turns.empty()) return;
  const int count = static_cast<int>(change.turns.size());
  const QString label = count == 1 ? tr("Reset 1 parameter") : tr("Reset %1 parameters").arg(count);
  undo_.push(new KnobCommand(*this, label, std::move(change)));
}

std::vector<lab::FaultSpec> RunSession::faults() const {
  return lab::fitted(info_.faults, knobs_.runningValues());
}

Result<Done> RunSession::inject(const lab::FaultOrder& order) {
  if (!isOpen() || lab::isOver(state())) return Error{"the run is over: restart it first"};
  rebuildIfDue();
  if (auto ok = lab::checkOrder(faults(), order); !ok) return ok;
  const auto spec = std::find_if(info_.faults.begin(), info_.faults.end(),
                                 [&](const auto& each) { return each.name == order.name; });
  undo_.push(new InjectCommand(*faults_, tr("Fault: %1").arg(text(spec->label)), order));
  control_->wantFrame();
  begun_ = true;
  ++acts_;
  keepPolling();
  return Done{};
}

void RunSession::lift(std::uint64_t faultId) {
  const lab::FaultWindow* window = windowOf(frame_, faultId);
  if (window == nullptr || lab::isOver(state())) return;
  auto entry = std::make_shared<FaultBook::Entry>();
  entry->id = faultId;
  entry->order.name = window->name;
  for (const run::JournalEntry& act : control_->journal()) {
    const auto* injected = std::get_if<run::FaultInjected>(&act.act);
    if (injected != nullptr && injected->id == faultId) entry->order = injected->order;
  }
  for (const lab::ScheduledFault& fault : plan_.faults) {
    if (fault.at == window->from && fault.order.name == window->name) entry->order = fault.order;
  }
  entry->order.duration = window->to == kNever ? lab::kForever : window->to - frame_->now;
  undo_.push(new LiftCommand(*faults_, tr("Lift: %1").arg(text(window->text)), entry));
  control_->wantFrame();
  keepPolling();
}

}  // namespace ringside::views
