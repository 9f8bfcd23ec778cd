#include "views/run/breakpoints_popup.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/run/condition_field.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kWidth = 400;
constexpr int kListHeight = 130;

}  // namespace

BreakpointsPopup::BreakpointsPopup(RunSession& session, const Theme& theme, QWidget* parent)
    : PopupCard(theme, kWidth, parent), session_(session) {
  setAccessibleName(tr("Breakpoints"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->setSpacing(8);
  layout->addWidget(textLabel(tr("Pause whenever one of these comes true"), "strong", this));
  list_ = new QListWidget(this);
  list_->setObjectName(QStringLiteral("breakpoints"));
  list_->setAccessibleName(tr("Breakpoints: Space switches one on or off, Delete removes it"));
  list_->setFixedHeight(kListHeight);
  list_->installEventFilter(this);
  layout->addWidget(list_);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  field_ = new ConditionField(this);
  field_->setObjectName(QStringLiteral("breakpointField"));
  field_->setAccessibleName(tr("Condition of a new breakpoint"));
  field_->setPlaceholderText(tr("event(shard.down)"));
  add_ = textButton(tr("Add"), "primary", this);
  add_->setObjectName(QStringLiteral("breakpointAdd"));
  add_->setAutoDefault(false);
  row->addWidget(field_, 1);
  row->addWidget(add_);
  layout->addLayout(row);
  message_ = textLabel({}, "secondary", this);
  message_->setWordWrap(true);
  layout->addWidget(message_);
  connect(field_, &QLineEdit::textChanged, this, &BreakpointsPopup::validate);
  connect(field_, &QLineEdit::returnPressed, this, &BreakpointsPopup::add);
  connect(add_, &QPushButton::clicked, this, &BreakpointsPopup::add);
  connect(list_, &QListWidget::itemChanged, this, [this] { commit(); });
  connect(&session_, &RunSession::breakpointsChanged, this, &BreakpointsPopup::fill);
}

void BreakpointsPopup::openAbove(QWidget* anchor) {
  field_->setNames(session_.conditionNames());
  fill();
  validate();
  showAbove(anchor);
  if (list_->count() > 0) {
    list_->setCurrentRow(0);
    list_->setFocus();
  } else {
    field_->setFocus();
  }
}

void BreakpointsPopup::fill() {
  if (filling_) return;
  filling_ = true;
  const int row = list_->currentRow();
  list_->clear();
  for (const run::Breakpoint& each : session_.breakpoints()) {
    auto* item = new QListWidgetItem(views::text(each.condition), list_);
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(each.on ? Qt::Checked : Qt::Unchecked);
  }
  list_->setCurrentRow(std::min(row, list_->count() - 1));
  filling_ = false;
}

void BreakpointsPopup::commit() {
  if (filling_) return;
  filling_ = true;  // The list shows it already.
  std::vector<run::Breakpoint> all;
  for (int i = 0; i < list_->count(); ++i) {
    const QListWidgetItem* item = list_->item(i);
    all.push_back({item->text().toStdString(), item->checkState() == Qt::Checked});
  }
  session_.setBreakpoints(std::move(all));
  filling_ = false;
}

void BreakpointsPopup::validate() {
  const auto condition = field_->check();
  const bool empty = field_->text().trimmed().isEmpty();
  add_->setEnabled(condition.has_value());
  setStyleProperty(field_, "invalid", !empty && !condition ? "true" : "false");
  setStyleProperty(message_, "role", !empty && !condition ? "error" : "secondary");
  const QString message =
      empty       ? tr("depth(...), state(...), event(...), p99(...), rate(...) and others.")
      : condition ? tr("The run will pause there.")
                  : views::text(condition.error().message);
  message_->setText(message);
  field_->setAccessibleDescription(message);
  adjustSize();
}

void BreakpointsPopup::add() {
  const auto condition = field_->check();
  if (!condition) return validate();
  std::vector<run::Breakpoint> all = session_.breakpoints();
  all.push_back({condition->text(), true});
  session_.setBreakpoints(std::move(all));
  field_->clear();
}

void BreakpointsPopup::removeCurrent() {
  const int row = list_->currentRow();
  if (row < 0) return;
  std::vector<run::Breakpoint> all = session_.breakpoints();
  all.erase(all.begin() + row);
  session_.setBreakpoints(std::move(all));
}

bool BreakpointsPopup::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
    removeCurrent();
    return true;
  }
  return PopupCard::eventFilter(watched, event);
}

}  // namespace ringside::views
