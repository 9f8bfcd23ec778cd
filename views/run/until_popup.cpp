#include "views/run/until_popup.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/lab/fault.h"
#include "views/run/condition_field.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kWidth = 360;

Error said(const QString& sentence) { return Error{sentence.toStdString()}; }

Result<UntilTarget> parseEvent(const QString& digits, std::uint64_t events) {
  bool ok = false;
  const quint64 number = digits.toULongLong(&ok);
  if (!ok) return said(UntilPopup::tr("Event %1 is beyond any run.").arg(digits));
  if (number > events) return UntilTarget{std::uint64_t{number}};
  return said(UntilPopup::tr("Event %1 has passed; the next is %2.")
                  .arg(countText(number), countText(events + 1)));
}

}  // namespace

Result<UntilTarget> parseUntil(const QString& input, const lab::Frame* frame, Duration length,
                               const run::ConditionNames* names) {
  QString text = input.trimmed();
  const Instant now = frame != nullptr ? frame->now : Instant{};
  if (text.isEmpty()) return said(UntilPopup::tr("Write a time or an event number."));
  QString digits = text;
  digits.remove(u',');
  const bool number =
      std::all_of(digits.cbegin(), digits.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
  if (number) return parseEvent(digits, frame != nullptr ? frame->events : 0);
  const bool condition = std::any_of(text.cbegin(), text.cend(),
                                     [](QChar c) { return QStringView(u"(<>=").contains(c); });
  if (condition && names != nullptr) {
    auto read = run::Condition::parse(text.toStdString(), *names);
    if (!read) return read.error();
    return UntilTarget{*std::move(read)};
  }
  const Result<Duration> time = lab::parseDuration(text.toStdString());
  if (!time)
    return said(UntilPopup::tr("Write a time as 250us, 10ms or 1.5s, or an event number."));
  const Instant target = Instant(*time);
  if (target <= now) {
    return said(
        UntilPopup::tr("%1 has passed; it is %2 now.")
            .arg(views::text(lab::formatDuration(*time)), durationText(now.time_since_epoch())));
  }
  if (*time > length) {
    return said(
        UntilPopup::tr("The run ends at %1.").arg(views::text(lab::formatDuration(length))));
  }
  return UntilTarget{target};
}

UntilPopup::UntilPopup(RunSession& session, const Theme& theme, QWidget* parent)
    : PopupCard(theme, kWidth, parent), session_(session) {
  setAccessibleName(tr("Run until"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->setSpacing(8);
  layout->addWidget(textLabel(tr("Run until"), "strong", this));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  field_ = new ConditionField(this);
  field_->setObjectName(QStringLiteral("untilField"));
  field_->setPlaceholderText(tr("250ms, 12000 or depth(...) > 100"));
  field_->setAccessibleName(tr("Time, event number or condition"));
  button_ = textButton(tr("Run"), "primary", this);
  button_->setObjectName(QStringLiteral("untilGo"));
  row->addWidget(field_, 1);
  row->addWidget(button_);
  layout->addLayout(row);
  message_ = textLabel({}, "secondary", this);
  message_->setWordWrap(true);
  message_->setObjectName(QStringLiteral("untilMessage"));
  layout->addWidget(message_);
  connect(field_, &QLineEdit::textChanged, this, &UntilPopup::validate);
  connect(field_, &QLineEdit::returnPressed, this, &UntilPopup::go);
  connect(button_, &QPushButton::clicked, this, &UntilPopup::go);
}

void UntilPopup::openAbove(QWidget* anchor) {
  field_->setNames(session_.conditionNames());
  field_->clear();
  validate();
  showAbove(anchor);
  field_->setFocus();
}

Result<UntilTarget> UntilPopup::target() const {
  return parseUntil(field_->text(), session_.frame().get(), session_.length(),
                    field_->names().get());
}

// An empty field is not yet wrong: it shows what may be written.
void UntilPopup::validate() {
  const auto target = this->target();
  const bool empty = field_->text().trimmed().isEmpty();
  button_->setEnabled(target.has_value());
  setStyleProperty(field_, "invalid", !empty && !target ? "true" : "false");
  setStyleProperty(message_, "role", !empty && !target ? "error" : "secondary");
  QString message =
      tr("A time such as 250us or 1.5s, the number of an event, or a "
         "condition such as depth(gateway) > 100.");
  if (target) {
    message = std::holds_alternative<Instant>(*target)         ? tr("Stops at this virtual time.")
              : std::holds_alternative<std::uint64_t>(*target) ? tr("Stops after this event.")
                                                               : tr("Stops when it comes true.");
  } else if (!empty) {
    message = views::text(target.error().message);
  }
  message_->setText(message);
  field_->setAccessibleDescription(message);
}

void UntilPopup::go() {
  const auto target = this->target();
  if (!target) return validate();
  hide();
  if (const auto* condition = std::get_if<run::Condition>(&*target)) {
    return session_.runUntilCondition(views::text(condition->text()));
  }
  if (const auto* time = std::get_if<Instant>(&*target)) return session_.runUntil(*time);
  session_.runUntilEvent(std::get<std::uint64_t>(*target));
}

}  // namespace ringside::views
