#include "views/run/parameter_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include "views/run/run_text.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

class WheelGuard final : public QObject {
 public:
  using QObject::QObject;
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Wheel) return false;
    if (static_cast<QWidget*>(watched)->hasFocus()) return false;
    event->ignore();
    return true;
  }
};

QString unitText(metrics::Unit unit) {
  switch (unit) {
    case metrics::Unit::PerSecond:
      return QStringLiteral("/s");
    case metrics::Unit::Bytes:
      return QStringLiteral("B");
    case metrics::Unit::BytesPerSecond:
      return QStringLiteral("B/s");
    case metrics::Unit::BitsPerSecond:
      return QStringLiteral("bit/s");
    case metrics::Unit::None:
    case metrics::Unit::Count:
    case metrics::Unit::Nanoseconds:  // The text names ns, us, ms or s itself.
    case metrics::Unit::Ratio:        // The text has its per cent.
    case metrics::Unit::Amount:
      break;
  }
  return {};
}

}  // namespace

QString refusalText(const lab::ParameterSpec& spec, const Error& error) {
  QString sentence = text(error.message);
  const QString key = text(spec.key) + QStringLiteral(": ");
  if (sentence.startsWith(key)) sentence.remove(0, key.size());
  return sentence;
}

void leaveWheelToPanel(QWidget* control) {
  control->setFocusPolicy(Qt::StrongFocus);  // Not by the wheel.
  control->installEventFilter(new WheelGuard(control));
}

ParameterField::ParameterField(const lab::ParameterSpec& spec, QWidget* parent)
    : QWidget(parent), spec_(spec), value_(spec.initial) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  switch (spec_.kind) {
    case lab::ParameterKind::Choice:
      makeChoice();
      break;
    case lab::ParameterKind::Toggle:
      makeToggle();
      break;
    default:
      makeText();
  }
  QWidget* made = control();
  made->setObjectName(text(spec_.key));
  made->setAccessibleName(text(spec_.label));
  made->setToolTip(text(spec_.help));
  layout->addWidget(made);
  setFocusProxy(made);
  setValue(spec_.initial);
}

QWidget* ParameterField::control() const {
  if (text_ != nullptr) return text_;
  if (choice_ != nullptr) return choice_;
  return toggle_;
}

void ParameterField::makeText() {
  text_ = new QLineEdit(this);
  text_->setAlignment(Qt::AlignRight);
  text_->installEventFilter(this);
  const QString unit = unitText(spec_.unit);
  if (!unit.isEmpty()) {
    auto* behind = textLabel(unit, "tertiary", text_);
    auto* inside = new QHBoxLayout(text_);
    inside->setContentsMargins(0, 0, 8, 0);
    inside->addStretch(1);
    inside->addWidget(behind);
    behind->setAttribute(Qt::WA_TransparentForMouseEvents);
    text_->setTextMargins(0, 0, behind->sizeHint().width() + 4, 0);
  }
  connect(text_, &QLineEdit::editingFinished, this, &ParameterField::commit);
}

void ParameterField::makeChoice() {
  choice_ = new QComboBox(this);
  for (const std::string& choice : spec_.choices) choice_->addItem(text(choice));
  choice_->setMinimumContentsLength(6);
  choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  leaveWheelToPanel(choice_);
  connect(choice_, &QComboBox::activated, this, [this](int index) {
    value_ = index;
    Q_EMIT edited(value_);
  });
}

void ParameterField::makeToggle() {
  toggle_ = new QCheckBox(this);
  toggle_->setLayoutDirection(Qt::RightToLeft);  // The box ends where the fields above it end.
  connect(toggle_, &QCheckBox::clicked, this, [this](bool on) {
    value_ = on ? 1 : 0;
    Q_EMIT edited(value_);
  });
}

void ParameterField::setValue(double value) {
  value_ = value;
  if (choice_ != nullptr) choice_->setCurrentIndex(static_cast<int>(value));
  if (toggle_ != nullptr) toggle_->setChecked(value != 0);
  if (text_ == nullptr) return;
  const QString written = text(lab::format(spec_, value));
  if (text_->text() != written) {
    text_->setText(written);
    text_->setCursorPosition(0);
  }
  setValid(true, {});
}

void ParameterField::setSpec(const lab::ParameterSpec& spec) {
  const bool atInitial = valid_ && value_ == spec_.initial;
  spec_ = spec;
  if (atInitial) return setValue(spec_.initial);
  if (text_ != nullptr) commit();
}

void ParameterField::setValid(bool valid, const QString& sentence) {
  if (valid_ == valid && valid) return;
  valid_ = valid;
  setStyleProperty(text_, "invalid", valid ? "false" : "true");
  text_->setAccessibleDescription(sentence);
  Q_EMIT complaint(sentence);
}

void ParameterField::commit() {
  const Result<double> read = lab::parse(spec_, text_->text().trimmed().toStdString());
  if (!read) return setValid(false, refusalText(spec_, read.error()));
  const bool same = *read == value_;
  setValue(*read);
  if (!same) Q_EMIT edited(value_);
}

bool ParameterField::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape &&
      (!valid_ || text_->text() != text(lab::format(spec_, value_)))) {
    setValue(value_);
    text_->selectAll();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace ringside::views
