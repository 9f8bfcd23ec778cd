#include "views/pages/number_answers.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "views/models/judgement.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

QString withUnit(double value, const QString& unit) {
  return unit.isEmpty() ? numberText(value) : QStringLiteral("%1 %2").arg(numberText(value), unit);
}

}  // namespace

NumericAnswer::NumericAnswer(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      field_(new QLineEdit(this)),
      unitLabel_(textLabel(QString(), "secondary", this)),
      message_(textLabel(QString(), "error", this)) {
  field_->setFont(theme.figures(13));
  field_->setMaximumWidth(200);
  field_->setAccessibleName(tr("Your answer"));
  field_->setPlaceholderText(tr("A number"));
  message_->setWordWrap(true);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(field_);
  row->addWidget(unitLabel_);
  row->addStretch();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addLayout(row);
  column->addWidget(message_);
  connect(field_, &QLineEdit::textEdited, this, [this] {
    say("error", {});
    Q_EMIT edited();
  });
  connect(field_, &QLineEdit::returnPressed, this, &NumericAnswer::submitted);
}

void NumericAnswer::setUnit(const QString& unit) {
  unit_ = unit;
  unitLabel_->setText(unit);
  field_->setAccessibleName(unit.isEmpty() ? tr("Your answer") : tr("Your answer in %1").arg(unit));
}

std::optional<double> NumericAnswer::value() {
  const Result<double> number = readNumber(field_->text(), unit_);
  if (number) {
    say("error", {});
    return *number;
  }
  say("error", QString::fromStdString(number.error().message));
  field_->setFocus();
  return std::nullopt;
}

void NumericAnswer::setValue(double value) {
  field_->setText(numberText(value));
  say("error", {});
}

void NumericAnswer::showVerdict(bool right, double answer) {
  field_->setReadOnly(true);
  say(right ? "ok" : "error",
      right ? tr("Right.") : tr("The answer is %1.").arg(withUnit(answer, unit_)));
}

void NumericAnswer::clear() {
  field_->setReadOnly(false);
  field_->clear();
  say("error", {});
}

QString NumericAnswer::message() const { return message_->text(); }

void NumericAnswer::say(const char* role, const QString& text) {
  setStyleProperty(message_, "role", role);
  message_->setText(text);
  const bool wrong = !text.isEmpty() && qstrcmp(role, "error") == 0;
  setStyleProperty(field_, "invalid", wrong ? "true" : "false");
}

PredictionTrack::PredictionTrack(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PredictionTrack::set(const study::Predict& predict, double predicted,
                          std::optional<double> measured) {
  const auto part = [&](double value) {
    return placeOf(predict, value) / static_cast<double>(kSliderSteps);
  };
  predictedAt_ = part(predicted);
  measuredAt_ = measured ? std::optional(part(*measured)) : std::nullopt;
  update();
}

void PredictionTrack::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const double left = 8;
  const double span = width() - 16;
  const double y = height() / 2.0;
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.track);
  painter.drawRoundedRect(QRectF(left, y - 2, span, 4), 2, 2);
  if (measuredAt_) {
    painter.setBrush(t.warn);
    painter.drawRoundedRect(QRectF(left + *measuredAt_ * span - 2, y - 9, 4, 18), 2, 2);
  }
  QPainterPath mark;
  const double x = left + predictedAt_ * span;
  mark.moveTo(x, y + 2);
  mark.lineTo(x - 6, y + 11);
  mark.lineTo(x + 6, y + 11);
  mark.closeSubpath();
  painter.fillPath(mark, t.accent);
}

PredictAnswer::PredictAnswer(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      slider_(new QSlider(Qt::Horizontal, this)),
      number_(new NumericAnswer(theme, this)),
      low_(textLabel(QString(), "tertiary", this)),
      high_(textLabel(QString(), "tertiary", this)),
      track_(new PredictionTrack(theme, this)),
      outcome_(textLabel(QString(), "secondary", this)) {
  slider_->setRange(0, kSliderSteps);
  slider_->setPageStep(50);
  slider_->setAccessibleName(tr("Your prediction"));
  outcome_->setWordWrap(true);
  auto* ends = new QHBoxLayout;
  ends->addWidget(low_);
  ends->addStretch();
  ends->addWidget(high_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(
      textLabel(tr("Commit to a number, then see what the run measures."), "secondary", this));
  column->addWidget(slider_);
  column->addWidget(track_);
  column->addLayout(ends);
  column->addWidget(number_);
  column->addWidget(outcome_);
  column->addStretch();
  connect(slider_, &QSlider::valueChanged, this,
          [this](int place) { number_->setValue(valueAt(predict_, place)); });
  // A click where the handle already stands is a choice too.
  connect(slider_, &QSlider::sliderReleased, this,
          [this] { number_->setValue(valueAt(predict_, slider_->value())); });
  connect(number_, &NumericAnswer::edited, this, [this] {
    const Result<double> typed =
        readNumber(number_->field()->text(), QString::fromStdString(predict_.unit));
    if (!typed) return;
    const QSignalBlocker quiet(slider_);
    slider_->setValue(placeOf(predict_, *typed));
  });
  connect(number_, &NumericAnswer::submitted, this, &PredictAnswer::submitted);
}

void PredictAnswer::setPredict(const study::Predict& predict) {
  predict_ = predict;
  const QString unit = QString::fromStdString(predict.unit);
  number_->setUnit(unit);
  low_->setText(withUnit(predict.low, unit));
  high_->setText(withUnit(predict.high, unit));
  clear();
}

std::optional<double> PredictAnswer::value() { return number_->value(); }

void PredictAnswer::commit(double predicted) {
  slider_->hide();
  number_->hide();
  track_->show();
  track_->set(predict_, predicted, std::nullopt);
  outcome_->setText(tr("You said %1. Run the experiment to see what it is.")
                        .arg(withUnit(predicted, QString::fromStdString(predict_.unit))));
  outcome_->show();
}

void PredictAnswer::reveal(double predicted, double measured) {
  commit(predicted);
  track_->set(predict_, predicted, measured);
  const QString unit = QString::fromStdString(predict_.unit);
  QString text =
      tr("You said %1, measured %2").arg(withUnit(predicted, unit), withUnit(measured, unit));
  if (measured != 0) {
    const int percent = static_cast<int>(std::lround(std::abs(predicted / measured - 1) * 100));
    text += tr(": off by %1 %.").arg(percent);
  }
  outcome_->setText(text);
  track_->setAccessibleDescription(text);
}

void PredictAnswer::clear() {
  slider_->show();
  number_->show();
  number_->clear();
  track_->hide();
  outcome_->hide();
  outcome_->clear();
  const QSignalBlocker quiet(slider_);
  slider_->setValue(kSliderSteps / 2);
}

QString PredictAnswer::message() const {
  return outcome_->text().isEmpty() ? number_->message() : outcome_->text();
}

}  // namespace ringside::views
