#include "views/compare/delta_rows.h"

#include <QObject>

#include <cmath>

#include "engine/metrics/format_value.h"

namespace ringside::views {
namespace {

QString figure(double value, metrics::Unit unit) {
  return QString::fromStdString(metrics::formatValue(value, unit));
}

QString signedFigure(double value, metrics::Unit unit) {
  const QString sign = value > 0   ? QStringLiteral("+")
                       : value < 0 ? QStringLiteral("\u2212")
                                   : QString();
  return sign + figure(std::abs(value), unit);
}

QString intervalText(const run::Delta& delta) {
  if (!delta.interval) return QStringLiteral("\u2013");
  return QObject::tr("%1 to %2")
      .arg(signedFigure(delta.interval->low(), delta.unit),
           signedFigure(delta.interval->high(), delta.unit));
}

}  // namespace

QStringList deltaHeaders() {
  return {QObject::tr("Statistic"),  QObject::tr("A"),        QObject::tr("B"),
          QObject::tr("B \u2212 A"), QObject::tr("Relative"), QObject::tr("95 % interval"),
          QObject::tr("Sure")};
}

std::vector<Row> deltaRows(const std::vector<run::Delta>& deltas) {
  std::vector<Row> rows;
  for (const run::Delta& delta : deltas) {
    if (!delta.differs()) continue;
    const QString relative = delta.relative
                                 ? QStringLiteral("%1 %").arg(*delta.relative * 100, 0, 'f', 2)
                                 : QStringLiteral("\u2013");
    const bool sure = delta.significant();
    rows.push_back({{QString::fromStdString(delta.statistic), figure(delta.firstMean, delta.unit),
                     figure(delta.otherMean, delta.unit), signedFigure(delta.absolute, delta.unit),
                     relative, intervalText(delta), sure ? QObject::tr("yes") : QString()},
                    QString::fromStdString(delta.statistic),
                    sure ? QObject::tr("The interval leaves out 0") : QString()});
  }
  return rows;
}

}  // namespace ringside::views
