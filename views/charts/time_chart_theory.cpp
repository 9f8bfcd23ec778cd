// The theory that TimeChart lays over its lines: drawn where it holds, named where it does not.
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/charts/time_chart.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kLabelHeight = 14;

QString textOf(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

void TimeChart::takeTheory(const lab::Frame& frame) {
  theory_.clear();
  QStringList told;
  for (const lab::TheoryLine& line : frame.theory) {
    if (line.chart != chart_.id || kind_ == lab::ChartKind::Stacked) continue;
    const bool drawn = line.holds() && std::isfinite(*line.predicted);
    const QString law = textOf(line.law);
    if (drawn) {
      theory_.push_back({law, *line.predicted});
      told << tr("%1 foretells %2.").arg(law, shortFigure(*line.predicted, line.unit));
    } else {
      told << tr("%1 %2.").arg(law, textOf(lab::verdictOf(line)));
    }
  }
  told.removeDuplicates();
  theoryText_ = told.join(QChar(u' '));
  if (toolTip() != theoryText_) setToolTip(theoryText_);
}

// Laws that foretell the same share a line, and their names stand on it together.
void TimeChart::paintTheory(QPainter& painter) const {
  if (theory_.empty()) return;
  std::vector<TheoryMark> marks = theory_;
  std::ranges::stable_sort(marks, {}, &TheoryMark::value);
  const Tokens& t = theme().tokens();
  painter.setFont(theme().text(10));
  for (std::size_t i = 0; i < marks.size();) {
    const double y = at(0, range_.place(marks[i].value)).y();
    QStringList names{marks[i].law};
    for (++i; i < marks.size(); ++i) {
      if (y - at(0, range_.place(marks[i].value)).y() >= kLabelHeight) break;
      if (!names.contains(marks[i].law)) names << marks[i].law;
    }
    if (y < plotRect().top() || y > plotRect().bottom()) continue;
    painter.setPen(QPen(t.text2, 1.2, Qt::DashDotLine));
    painter.drawLine(QPointF(plotRect().left(), y), QPointF(plotRect().right(), y));
    painter.setPen(t.text2);
    const double top = y - kLabelHeight < plotRect().top() ? y : y - kLabelHeight;
    const QRectF box(plotRect().left() + 4, top, plotRect().width() - 8, kLabelHeight);
    paintText(painter, box, names.join(QStringLiteral(", ")), Qt::AlignRight | Qt::AlignVCenter);
  }
}

QStringList TimeChart::drawnTheory() const {
  QStringList names;
  for (const TheoryMark& mark : theory_) names << mark.law;
  return names;
}

}  // namespace ringside::views
