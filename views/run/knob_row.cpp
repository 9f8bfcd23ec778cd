#include "views/run/knob_row.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/run/knob_sheet.h"
#include "views/run/parameter_field.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kFieldWidth = 92;
constexpr int kHeadHeight = 22;
constexpr int kDotGutter = 10;  // Left of the name, for the dot of a changed value.

// Gestures are told apart across all rows: two drags of one knob are two entries to undo.
int nextGesture() {
  static int last = 0;
  return ++last;
}

}  // namespace

KnobRow::KnobRow(const lab::ParameterSpec& spec, const Theme& theme, QWidget* parent)
    : QWidget(parent), spec_(spec), theme_(theme), scale_(spec) {
  setToolTip(text(spec_.help));
  column_ = new QVBoxLayout(this);
  column_->setContentsMargins(kDotGutter, 2, 0, 4);
  column_->setSpacing(2);
  makeHead(column_);
  makeBody(column_);
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void KnobRow::makeHead(QVBoxLayout* column) {
  auto* head = new QHBoxLayout;
  head->setSpacing(4);
  name_ = new QLabel(text(spec_.label), this);
  name_->setWordWrap(true);
  name_->setMinimumHeight(kHeadHeight);
  head->addWidget(name_, 1);
  if (spec_.effect == lab::ParameterEffect::NextRun) {
    nextRun_ = textLabel(tr("next run"), "tertiary", this);
    nextRun_->setToolTip(tr("Takes effect when the run is started anew."));
    head->addWidget(nextRun_);
  }
  reset_ = iconButton(theme_, QStringLiteral("reset"), tr("Reset %1").arg(text(spec_.label)), this);
  reset_->setObjectName(QStringLiteral("reset:") + text(spec_.key));
  reset_->setFixedSize(kHeadHeight, kHeadHeight);
  reset_->setIconSize(QSize(14, 14));
  reset_->hide();
  connect(reset_, &QToolButton::clicked, this, [this] { ask(preset_, 0); });
  head->addWidget(reset_);
  column->addLayout(head);
}

void KnobRow::makeBody(QVBoxLayout* column) {
  field_ = new ParameterField(spec_, this);
  connect(field_, &ParameterField::edited, this, [this](double value) { ask(value, 0); });
  connect(field_, &ParameterField::complaint, this, &KnobRow::complain);
  if (spec_.kind == lab::ParameterKind::Toggle) {
    auto* head = qobject_cast<QHBoxLayout*>(column->itemAt(0)->layout());
    head->addWidget(field_);
    return;
  }
  auto* body = new QHBoxLayout;
  body->setSpacing(8);
  if (spec_.kind != lab::ParameterKind::Choice) {
    makeSlider();
    body->addWidget(slider_, 1);
    field_->setFixedWidth(kFieldWidth);
  }
  body->addWidget(field_);
  column->addLayout(body);
}

void KnobRow::makeSlider() {
  slider_ = new QSlider(Qt::Horizontal, this);
  slider_->setObjectName(QStringLiteral("slider:") + text(spec_.key));
  slider_->setRange(0, scale_.steps());
  slider_->setSingleStep(std::max(1, scale_.steps() / 100));
  slider_->setPageStep(std::max(1, scale_.steps() / 10));
  slider_->setAccessibleName(tr("%1 slider").arg(text(spec_.label)));
  slider_->setToolTip(text(spec_.help));
  slider_->setMinimumWidth(60);
  leaveWheelToPanel(slider_);
  slider_->installEventFilter(this);
  connect(slider_, &QSlider::sliderPressed, this, [this] { gesture_ = nextGesture(); });
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    if (gesture_ == 0) gesture_ = nextGesture();
    ask(scale_.valueAt(position), gesture_);
  });
}

void KnobRow::ask(double value, int gesture) { Q_EMIT turned(text(spec_.key), value, gesture); }

bool KnobRow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn) gesture_ = nextGesture();
  return QWidget::eventFilter(watched, event);
}

void KnobRow::show(const KnobSheet& knobs) {
  const double value = knobs.wanted(spec_.key);
  preset_ = knobs.inPreset(spec_.key);
  changed_ = knobs.changed(spec_.key);
  if (field_->isValid() || field_->value() != value) field_->setValue(value);
  // A position that already means this value stays: rounding must not move the handle.
  if (slider_ != nullptr && scale_.valueAt(slider_->value()) != value) {
    const QSignalBlocker blocker(slider_);
    slider_->setValue(scale_.position(value));
  }
  const QString was = text(lab::format(spec_, preset_));
  reset_->setVisible(changed_);
  reset_->setToolTip(tr("Reset to %1").arg(was));
  setStyleProperty(name_, "role", changed_ ? "strong" : "");
  field_->control()->setAccessibleDescription(changed_ ? tr("Changed; the preset has %1").arg(was)
                                                       : QString());
  if (nextRun_ != nullptr) {
    const bool waits = knobs.waits(spec_.key);
    nextRun_->setText(waits ? tr("waits") : tr("next run"));
    nextRun_->setToolTip(waits ? tr("Waits for a restart to take effect.")
                               : tr("Takes effect when the run is started anew."));
    setStyleProperty(nextRun_, "role", waits ? "warn" : "tertiary");
  }
  update();
}

bool KnobRow::matches(const QString& search) const {
  const QStringList places = {text(spec_.label), text(spec_.key), text(spec_.group),
                              text(spec_.help)};
  for (const QString& word : search.split(u' ', Qt::SkipEmptyParts)) {
    bool found = false;
    for (const QString& place : places) found = found || place.contains(word, Qt::CaseInsensitive);
    if (!found) return false;
  }
  return true;
}

bool KnobRow::hasError() const { return error_ != nullptr && !error_->isHidden(); }

void KnobRow::complain(const QString& sentence) {
  if (error_ == nullptr) {
    error_ = textLabel({}, "error", this);
    error_->setObjectName(QStringLiteral("error:") + text(spec_.key));
    error_->setWordWrap(true);
    column_->addWidget(error_);
  }
  error_->setText(sentence);
  error_->setVisible(!sentence.isEmpty());
}

void KnobRow::paintEvent(QPaintEvent*) {
  if (!changed_) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme_.tokens().accent);
  painter.drawEllipse(QPointF(3, 2 + kHeadHeight / 2.0), 3, 3);
}

}  // namespace ringside::views
