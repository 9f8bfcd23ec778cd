#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/run/fault_panel.h"
#include "views/run/parameter_field.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kFieldWidth = 104;

QString durationWords(Duration duration) {
  return duration == lab::kForever ? QString() : text(lab::formatDuration(duration));
}

}  // namespace

FaultRow::FaultRow(const lab::FaultSpec& spec, const Theme& theme, QWidget* parent)
    : QWidget(parent), spec_(spec), theme_(theme), lasts_(spec.usualDuration) {
  setToolTip(text(spec_.help));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 4);
  column->setSpacing(2);
  auto* head = new QHBoxLayout;
  head->setSpacing(4);
  strike_ = textButton(text(spec_.label), "left", this);
  strike_->setObjectName(QStringLiteral("strike:") + text(spec_.name));
  strike_->setIcon(theme_.icon(QStringLiteral("bolt")));
  strike_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  head->addWidget(strike_, 1);
  unfold_ = iconButton(theme_, QStringLiteral("chevron-down"),
                       tr("Arguments of %1").arg(text(spec_.label)), this);
  unfold_->setObjectName(QStringLiteral("unfold:") + text(spec_.name));
  unfold_->setCheckable(true);
  head->addWidget(unfold_);
  column->addLayout(head);
  summary_ = new ElidedLabel(this);
  setStyleProperty(summary_, "role", "tertiary");
  column->addWidget(summary_);
  fields_ = new QWidget(this);
  makeFields();
  fields_->hide();
  column->addWidget(fields_);
  error_ = textLabel({}, "error", this);
  error_->setObjectName(QStringLiteral("faultError:") + text(spec_.name));
  error_->setWordWrap(true);
  error_->hide();
  column->addWidget(error_);
  connect(unfold_, &QToolButton::toggled, this, &FaultRow::setUnfolded);
  connect(strike_, &QPushButton::clicked, this, [this] {
    if (const auto wanted = order()) Q_EMIT struck(*wanted);
  });
  summarise();
}

void FaultRow::addField(const QString& label, QWidget* field) {
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  auto* name = new ElidedLabel(fields_);
  name->setText(label);
  setStyleProperty(name, "role", "secondary");
  line->addWidget(name, 1);
  field->setFixedWidth(kFieldWidth);
  line->addWidget(field);
  qobject_cast<QVBoxLayout*>(fields_->layout())->addLayout(line);
}

void FaultRow::makeFields() {
  auto* column = new QVBoxLayout(fields_);
  column->setContentsMargins(8, 4, 0, 4);
  column->setSpacing(4);
  for (const lab::ParameterSpec& argument : spec_.arguments) {
    auto* field = new ParameterField(argument, fields_);
    connect(field, &ParameterField::edited, this, &FaultRow::summarise);
    const QString label = text(argument.label);
    connect(field, &ParameterField::complaint, this, [this, label](const QString& sentence) {
      complain(sentence.isEmpty() ? sentence : tr("%1: %2").arg(label, sentence));
    });
    addField(label, field);
    arguments_.push_back(field);
  }
  duration_ = new QLineEdit(fields_);
  duration_->setObjectName(QStringLiteral("duration:") + text(spec_.name));
  duration_->setAlignment(Qt::AlignRight);
  duration_->setPlaceholderText(tr("until lifted"));
  duration_->setAccessibleName(tr("How long %1 lasts").arg(text(spec_.label)));
  duration_->setText(durationWords(lasts_));
  connect(duration_, &QLineEdit::editingFinished, this, &FaultRow::readDuration);
  addField(tr("Lasts"), duration_);
}

void FaultRow::readDuration() {
  const QString written = duration_->text().trimmed();
  Result<Duration> read = lab::kForever;
  if (!written.isEmpty()) read = lab::parseDuration(written.toStdString());
  if (read && *read <= Duration::zero()) read = Error{"A fault lasts longer than 0s."};
  durationValid_ = read.has_value();
  setStyleProperty(duration_, "invalid", durationValid_ ? "false" : "true");
  if (durationValid_) {
    lasts_ = *read;
    duration_->setText(durationWords(lasts_));
  }
  complain(durationValid_ ? QString()
                          : tr("Write 250us, 10ms or 1.5s, or leave it empty: until lifted."));
  summarise();
}

void FaultRow::complain(const QString& sentence) {
  error_->setText(sentence);
  error_->setVisible(!sentence.isEmpty());
  strike_->setAccessibleDescription(sentence);
}

std::optional<lab::FaultOrder> FaultRow::order() const {
  lab::FaultOrder order;
  order.name = spec_.name;
  order.duration = lasts_;
  if (!durationValid_) return {};
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (!arguments_[i]->isValid()) return {};
    order.arguments.push_back({spec_.arguments[i].key, arguments_[i]->value()});
  }
  return order;
}

void FaultRow::summarise() {
  QStringList words;
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    const lab::ParameterSpec& spec = spec_.arguments[i];
    words << text(spec.label) + u' ' + text(lab::format(spec, arguments_[i]->value()));
  }
  words << (lasts_ == lab::kForever ? tr("until lifted") : tr("for %1").arg(durationWords(lasts_)));
  summary_->setText(words.join(QStringLiteral(", ")));
  strike_->setAccessibleName(tr("%1: %2").arg(text(spec_.label), summary_->text()));
}

void FaultRow::fit(const lab::FaultSpec& spec) {
  spec_ = spec;
  for (std::size_t i = 0; i < arguments_.size(); ++i) arguments_[i]->setSpec(spec_.arguments[i]);
  summarise();
}

void FaultRow::setUsable(bool usable) { strike_->setEnabled(usable); }

void FaultRow::setUnfolded(bool unfolded) {
  fields_->setVisible(unfolded);
  summary_->setVisible(!unfolded);
  unfold_->setChecked(unfolded);
  unfold_->setIcon(
      theme_.icon(unfolded ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down")));
}

}  // namespace ringside::views
