#include "views/run/condition_field.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStringListModel>

#include <algorithm>

#include "views/run/run_text.h"

namespace ringside::views {

QStringList completionsOf(const QString& typed, const run::ConditionNames& names) {
  QStringList lines;
  const auto open = typed.indexOf(u'(');
  if (open < 0) {
    for (const std::string& function : run::conditionFunctions()) {
      const QString line = text(function) + u'(';
      if (line.startsWith(typed.trimmed(), Qt::CaseInsensitive)) lines << line;
    }
    return lines;
  }
  const std::string function = typed.left(open).trimmed().toStdString();
  const auto close = typed.indexOf(u')');
  if (close < 0) {
    const QString begun = typed.mid(open + 1).trimmed();
    for (const std::string& argument : names.argumentsOf(function)) {
      // What is meant may be remembered by its middle: "latency" finds payment.latency.
      if (!text(argument).contains(begun, Qt::CaseInsensitive)) continue;
      lines << text(function) + u'(' + text(argument) + u')';
    }
    return lines;
  }
  if (function != "state") return lines;
  const std::string name = typed.mid(open + 1, close - open - 1).trimmed().toStdString();
  const QString begun = typed.contains(u'=') ? typed.section(u'=', -1).trimmed() : QString();
  for (const std::string& state : names.statesOf(name)) {
    if (!text(state).startsWith(begun)) continue;
    lines << QStringLiteral("state(%1) == %2").arg(text(name), text(state));
  }
  return lines;
}

ConditionField::ConditionField(QWidget* parent)
    : QLineEdit(parent), lines_(new QStringListModel(this)), completer_(new QCompleter(this)) {
  completer_->setModel(lines_);
  completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer_->setMaxVisibleItems(9);
  completer_->popup()->setAccessibleName(tr("What may stand here"));
  setCompleter(completer_);
  connect(this, &QLineEdit::textEdited, this, &ConditionField::offer);
}

void ConditionField::setNames(std::shared_ptr<const run::ConditionNames> names) {
  names_ = std::move(names);
  offer(text());
}

void ConditionField::offer(const QString& text) {
  lines_->setStringList(names_ ? completionsOf(text, *names_) : QStringList());
}

Result<run::Condition> ConditionField::check() const {
  if (!names_) return Error{tr("The run is being built.").toStdString()};
  return run::Condition::parse(text().toStdString(), *names_);
}

}  // namespace ringside::views
