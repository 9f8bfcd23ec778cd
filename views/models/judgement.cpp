#include "views/models/judgement.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace ringside::views {
namespace {

double multiplierOf(QChar suffix) {
  switch (suffix.unicode()) {
    case u'k':
      return 1e3;
    case u'M':
      return 1e6;
    case u'G':
      return 1e9;
    default:
      return 0;
  }
}

QString sentence(const char* text) { return QCoreApplication::translate("Judgement", text); }

double relativeFloor(double value) { return std::max(std::abs(value), 1e-12); }

}  // namespace

Result<double> readNumber(const QString& text, const QString& unit) {
  QString rest = text.trimmed();
  if (!unit.isEmpty() && rest.endsWith(unit, Qt::CaseInsensitive)) rest.chop(unit.size());
  rest.remove(u',').remove(u'_').remove(u' ').remove(QChar(0xA0));
  if (rest.isEmpty()) return Error{sentence("Type a number first.").toStdString()};
  double multiplier = multiplierOf(rest.back());
  if (multiplier > 0) {
    rest.chop(1);
  } else {
    multiplier = 1;
  }
  bool ok = false;
  const double value = QLocale::c().toDouble(rest, &ok) * multiplier;
  if (!ok || !std::isfinite(value)) {
    return Error{sentence("\u201c%1\u201d is not a number. Write it as 96, 1.5M or 1e6%2.")
                     .arg(text.trimmed(), unit.isEmpty() ? QString() : QStringLiteral(" ") + unit)
                     .toStdString()};
  }
  return value;
}

bool isRight(const study::Numeric& numeric, double given) {
  const double slack = 1e-9 * relativeFloor(numeric.answer);
  return std::abs(given - numeric.answer) <= numeric.tolerance + slack;
}

bool isRight(const study::Predict& predict, double predicted, double measured) {
  const double slack = 1e-9 * relativeFloor(measured);
  return std::abs(predicted - measured) <= predict.tolerance * std::abs(measured) + slack;
}

QString numberText(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size >= 1e12 || size < 1e-4)) return QLocale::c().toString(value, 'g', 4);
  const int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
  QString text = QLocale::c().toString(value, 'f', decimals);
  if (text.contains(u'.')) {
    while (text.endsWith(u'0')) text.chop(1);
    if (text.endsWith(u'.')) text.chop(1);
  }
  return text;
}

double valueAt(const study::Predict& predict, int place) {
  const double part = std::clamp(place, 0, kSliderSteps) / static_cast<double>(kSliderSteps);
  if (predict.logarithmic && predict.low > 0) {
    return predict.low * std::pow(predict.high / predict.low, part);
  }
  return predict.low + (predict.high - predict.low) * part;
}

int placeOf(const study::Predict& predict, double value) {
  const double bounded = std::clamp(value, predict.low, predict.high);
  const double span = predict.high - predict.low;
  double part = span > 0 ? (bounded - predict.low) / span : 0;
  if (predict.logarithmic && predict.low > 0) {
    part = std::log(bounded / predict.low) / std::log(predict.high / predict.low);
  }
  return static_cast<int>(std::lround(part * kSliderSteps));
}

QString plainText(const QString& markdown) {
  QTextDocument document;
  document.setMarkdown(markdown);
  return document.toPlainText().simplified();
}

}  // namespace ringside::views
