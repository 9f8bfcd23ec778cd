#include "views/run/run_commands.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

#include "views/run/run_services.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"

namespace ringside::views {

FaultBook::Ref FaultBook::inject(const lab::FaultOrder& order) {
  auto entry = std::make_shared<Entry>(Entry{order, std::nullopt, false});
  awaited_.push_back(entry);
  control_.inject(order);
  return entry;
}

void FaultBook::lift(Entry& entry) {
  if (entry.id) {
    control_.lift(*entry.id);
  } else {
    entry.liftOnArrival = true;
  }
}

// Orders strike in the order they were wished for, so the first awaited one with the same content
// is the one; an order the run refused stays unmatched, and nothing refers to it.
void FaultBook::learn(const run::Journal& journal) {
  for (; read_ < journal.size(); ++read_) {
    const auto* injected = std::get_if<run::FaultInjected>(&journal[read_].act);
    if (injected == nullptr) continue;
    const auto match = std::find_if(awaited_.begin(), awaited_.end(), [&](const Ref& entry) {
      return entry->order.name == injected->order.name &&
             entry->order.arguments == injected->order.arguments;
    });
    if (match == awaited_.end()) continue;
    const Ref entry = *match;
    awaited_.erase(match);
    entry->id = injected->id;
    if (entry->liftOnArrival) control_.lift(injected->id);
  }
}

KnobCommand::KnobCommand(RunSession& session, const QString& text, KnobChange change)
    : session_(session), change_(std::move(change)) {
  setText(text);
}

QString KnobCommand::textOf(const lab::ParameterSpec& spec, const KnobTurn& turn) {
  return QCoreApplication::translate("KnobCommand", "%1 %2 → %3")
      .arg(views::text(spec.label), views::text(lab::format(spec, turn.before)),
           views::text(lab::format(spec, turn.after)));
}

KnobCommand* KnobCommand::copyDone() const {
  auto* copy = new KnobCommand(session_, text(), change_);
  copy->done_ = true;
  return copy;
}

void KnobCommand::undo() { session_.apply(change_, RunSession::Direction::Undo); }

void KnobCommand::redo() {
  if (!std::exchange(done_, false)) session_.apply(change_, RunSession::Direction::Redo);
}

bool KnobCommand::mergeWith(const QUndoCommand* other) {
  const auto* next = dynamic_cast<const KnobCommand*>(other);
  if (next == nullptr || change_.gesture == 0 || next->change_.gesture != change_.gesture) {
    return false;
  }
  KnobTurn& turn = change_.turns.front();
  const KnobTurn& later = next->change_.turns.front();
  if (later.key != turn.key) return false;
  turn.after = later.after;
  setText(textOf(*session_.specOf(turn.key), turn));
  setObsolete(turn.after == turn.before);
  return true;
}

InjectCommand::InjectCommand(FaultBook& book, const QString& text, lab::FaultOrder order)
    : book_(book), order_(std::move(order)) {
  setText(text);
}

void InjectCommand::undo() { book_.lift(*entry_); }
void InjectCommand::redo() { entry_ = book_.inject(order_); }

LiftCommand::LiftCommand(FaultBook& book, const QString& text, FaultBook::Ref entry)
    : book_(book), entry_(std::move(entry)) {
  setText(text);
}

void LiftCommand::undo() { entry_ = book_.inject(entry_->order); }
void LiftCommand::redo() { book_.lift(*entry_); }

}  // namespace ringside::views
