// ConditionField: a line in which a condition is written, completed from what the lab declares.
//
// Model     Offers the functions, then what may stand in the parentheses, then the states of what
//           stands there. check() says what is wrong, in the engine's own words.
// Compare   engine/run/condition.h is the form and its errors.
#pragma once

#include <QLineEdit>

#include <memory>

#include "engine/base/result.h"
#include "engine/run/condition.h"

class QCompleter;
class QStringListModel;

namespace ringside::views {

// Whole lines that go on from `text`, in the order in which they are offered.
QStringList completionsOf(const QString& text, const run::ConditionNames& names);

class ConditionField : public QLineEdit {
  Q_OBJECT

 public:
  explicit ConditionField(QWidget* parent);

  // Null: nothing is offered, and nothing can be checked.
  void setNames(std::shared_ptr<const run::ConditionNames> names);
  [[nodiscard]] const std::shared_ptr<const run::ConditionNames>& names() const { return names_; }
  [[nodiscard]] Result<run::Condition> check() const;

 private:
  void offer(const QString& text);

  std::shared_ptr<const run::ConditionNames> names_;
  QStringListModel* lines_;
  QCompleter* completer_;
};

}  // namespace ringside::views
