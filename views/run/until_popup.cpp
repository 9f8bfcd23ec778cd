#include "views/run/until_popup.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/lab/fault.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kWidth = 300;

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

Result<UntilTarget> parseUntil(const QString& input, const lab::Frame* frame, Duration length) {
  QString text = input.trimmed();
  const Instant now = frame != nullptr ? frame->now : Instant{};
  if (text.isEmpty()) return said(UntilPopup::tr("Write a time or an event number."));
  QString digits = text;
  digits.remove(u',');
  const bool number =
      std::all_of(digits.cbegin(), digits.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
  if (number) return parseEvent(digits, frame != nullptr ? frame->events : 0);
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
    : QFrame(parent, Qt::Popup), session_(session), theme_(theme) {
  setAttribute(Qt::WA_TranslucentBackground);
  setFixedWidth(kWidth);
  setAccessibleName(tr("Run until"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->setSpacing(8);
  layout->addWidget(textLabel(tr("Run until"), "strong", this));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  field_ = new QLineEdit(this);
  field_->setObjectName(QStringLiteral("untilField"));
  field_->setPlaceholderText(tr("250ms or 12000"));
  field_->setAccessibleName(tr("Time or event number"));
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
  field_->clear();
  validate();
  adjustSize();
  move(anchor->mapToGlobal(QPoint(0, -height() - 8)));
  show();
  field_->setFocus();
}

// An empty field is not yet wrong: it shows what may be written.
void UntilPopup::validate() {
  const auto target = parseUntil(field_->text(), session_.frame().get(), session_.length());
  const bool empty = field_->text().trimmed().isEmpty();
  button_->setEnabled(target.has_value());
  setStyleProperty(field_, "invalid", !empty && !target ? "true" : "false");
  setStyleProperty(message_, "role", !empty && !target ? "error" : "secondary");
  QString message = tr("A time such as 250us or 1.5s, or the number of an event.");
  if (target) {
    message = std::holds_alternative<Instant>(*target) ? tr("Stops at this virtual time.")
                                                       : tr("Stops after this event.");
  } else if (!empty) {
    message = views::text(target.error().message);
  }
  message_->setText(message);
  field_->setAccessibleDescription(message);
}

void UntilPopup::go() {
  const auto target = parseUntil(field_->text(), session_.frame().get(), session_.length());
  if (!target) return validate();
  hide();
  if (const auto* time = std::get_if<Instant>(&*target)) return session_.runUntil(*time);
  session_.runUntilEvent(std::get<std::uint64_t>(*target));
}

void UntilPopup::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.tokens().borderStrong);
  painter.setBrush(theme_.tokens().raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

}  // namespace ringside::views
