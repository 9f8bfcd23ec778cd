// KnobCommand, InjectCommand, LiftCommand: what a person did to a run, so that it can be undone.
//
// Model     One command per intention. A drag of one slider merges into one command by its gesture
//           number, and one that ends where it began is dropped. Undoing an injection lifts the
//           fault; undoing a lift strikes again. The past is not rewritten: both are new acts in
//           the journal at the present virtual time.
#pragma once

#include <QUndoCommand>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/lab/fault.h"
#include "engine/lab/parameter.h"
#include "engine/run/journal.h"

namespace ringside::views {

class RunControl;
class RunSession;

// The faults of the run that is open. The engine numbers a fault when it strikes, which is after
// the wish was made; an order learns its number from the journal.
class FaultBook {
 public:
  struct Entry {
    lab::FaultOrder order;
    std::optional<std::uint64_t> id;
    bool liftOnArrival = false;
  };
  using Ref = std::shared_ptr<Entry>;

  explicit FaultBook(RunControl& control) : control_(control) {}

  Ref inject(const lab::FaultOrder& order);
  void lift(Entry& entry);
  void learn(const run::Journal& journal);
  // Reads on at journal entry `from`: those before are of another time.
  void skip(std::size_t from) { read_ = from; }
  [[nodiscard]] bool awaits() const { return !awaited_.empty(); }

 private:
  RunControl& control_;
  std::vector<Ref> awaited_;
  std::size_t read_ = 0;  // Journal entries seen.
};

struct KnobTurn {
  std::string key;
  double before = 0;
  double after = 0;
};

struct KnobChange {
  std::vector<KnobTurn> turns;
  // Ids before and after, where a preset was chosen: that starts the run anew.
  std::optional<std::pair<std::string, std::string>> preset;
  int gesture = 0;
};

class KnobCommand final : public QUndoCommand {
 public:
  KnobCommand(RunSession& session, const QString& text, KnobChange change);
  void undo() override;
  void redo() override;
  int id() const override { return 1; }
  bool mergeWith(const QUndoCommand* other) override;

  // The same command for a stack that is built again: its first redo() does nothing.
  [[nodiscard]] KnobCommand* copyDone() const;

  // The text of one knob's turn: "Bank latency 50ms → 200ms".
  static QString textOf(const lab::ParameterSpec& spec, const KnobTurn& turn);

 private:
  RunSession& session_;
  KnobChange change_;
  bool done_ = false;
};

class InjectCommand final : public QUndoCommand {
 public:
  InjectCommand(FaultBook& book, const QString& text, lab::FaultOrder order);
  void undo() override;
  void redo() override;
  int id() const override { return 2; }

 private:
  FaultBook& book_;
  lab::FaultOrder order_;
  FaultBook::Ref entry_;
};

class LiftCommand final : public QUndoCommand {
 public:
  // The order of `entry` lasts, when struck again, as long as it had left when it was lifted.
  LiftCommand(FaultBook& book, const QString& text, FaultBook::Ref entry);
  void undo() override;
  void redo() override;
  int id() const override { return 3; }

 private:
  FaultBook& book_;
  FaultBook::Ref entry_;
};

}  // namespace ringside::views
