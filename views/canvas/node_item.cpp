#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>
#include <utility>

#include "views/canvas/painting.h"
#include "views/canvas/topology_items.h"
#include "views/canvas/topology_words.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kPadding = 7;
constexpr double kRadius = 6;
constexpr double kNameRow = 16;
constexpr double kFigureRow = 15;

// Text size relative to the unzoomed card, for a zoom.
double textScale(double zoom) { return zoom >= 1 ? std::sqrt(zoom) : std::max(zoom, 0.85); }

// Nothing but one line of the name.
bool isBare(const CardDetail& detail) {
  return !detail.bar && !detail.rate && !detail.secondNameRow;
}

// The two lines of a name: as many words on the first as fit there.
std::pair<QString, QString> inTwoLines(const QString& name, const QFontMetrics& metrics,
                                       double width) {
  const auto fits = [&](const QString& words) {
    return metrics.elidedText(words, Qt::ElideRight, static_cast<int>(width)) == words;
  };
  auto space = name.lastIndexOf(u' ');
  while (space > 0 && !fits(name.left(space))) {
    const auto earlier = name.lastIndexOf(u' ', space - 1);
    if (earlier < 0) break;
    space = earlier;
  }
  if (space < 0) return {name, {}};
  return {name.left(space), name.mid(space + 1)};
}

}  // namespace

NodeItem::NodeItem(const Theme& theme, int index) : theme_(theme), index_(index) { setZValue(1); }

void NodeItem::setNode(const lab::TopologyNode& node) {
  if (node.kind != node_.kind || icon_.isEmpty()) icon_ = iconFor(node);
  node_ = node;
}

void NodeItem::setCard(const QRectF& card) {
  prepareGeometryChange();
  card_ = card;
}

void NodeItem::setMarks(Mark mark, bool selected) { mark_ = mark, selected_ = selected; }

QPainterPath NodeItem::shape() const {
  QPainterPath path;
  path.addRect(card_);
  return path;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const double zoom =
      QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
  const double shrink = textScale(zoom) / zoom;
  const QTransform before = painter->transform();
  painter->translate(card_.topLeft());
  painter->scale(shrink, shrink);
  painter->setRenderHint(QPainter::Antialiasing);
  const QRectF box(QPointF(0, 0), card_.size() / shrink);
  const CardDetail detail = detailFor(box.size(), needs_);
  paintFrame(*painter, box);

  const bool bare = isBare(detail);
  const double across = detail.tight ? 5 : kPadding;
  QRectF rest = box.adjusted(across, bare ? 0 : 4, -across, bare ? -1 : -5);
  paintName(*painter, rest, detail);
  if (detail.rate) paintRate(*painter, rest, detail);
  if (detail.bar && !detail.barBeside) {
    paintQueue(*painter, {rest.left(), rest.top() + 3, rest.width(), 4});
    rest.setTop(rest.top() + 9);
  }
  if (detail.depth) {
    const bool warns = !node_.note.empty() && node_.health != lab::Health::Down;
    painter->setFont(theme_.figures(11));
    painter->setPen(warns ? colourOf(theme_.tokens(), node_.health) : theme_.tokens().text3);
    paintText(*painter, {rest.left(), rest.top(), rest.width(), 14},
              warns ? QString::fromStdString(node_.note)
                    : fittingDepth(painter->fontMetrics(), rest.width()));
  }
  if (bare) paintQueue(*painter, {kRadius, box.height() - 3, box.width() - 2 * kRadius, 2});
  painter->setTransform(before);
}

void NodeItem::paintFrame(QPainter& painter, const QRectF& box) const {
  const Tokens& t = theme_.tokens();
  QColor edge = t.border;
  double width = 1;
  if (node_.health == lab::Health::Degraded) edge = t.warn, width = 1.4;
  if (node_.health == lab::Health::Down) edge = t.error, width = 1.4;
  if (selected_) edge = t.accent, width = 2;
  painter.setPen(QPen(edge, width));
  painter.setBrush(selected_ ? t.accentSoft : t.raised);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
  if (mark_ == Mark::Focused) paintFocus(painter, box.adjusted(-3, -3, 3, 3), kRadius + 3, t);
}

void NodeItem::paintName(QPainter& painter, QRectF& rest, const CardDetail& detail) const {
  const Tokens& t = theme_.tokens();
  constexpr double kIcon = 13;
  const double markSize = detail.tight ? 8 : 9;
  const bool bare = isBare(detail);
  QRectF text(rest.left(), rest.top(), rest.width(), bare ? rest.height() : kNameRow);
  if (detail.icon) {
    theme_.paintIcon(painter, {text.left(), text.center().y() - kIcon / 2, kIcon, kIcon}, icon_,
                     t.text2);
    text.setLeft(text.left() + kIcon + 5);
  }
  if (!detail.tight || node_.health != lab::Health::Ok) {
    const QRectF mark(text.right() - markSize + 1, text.center().y() - markSize / 2, markSize,
                      markSize);
    paintHealth(painter, mark, node_.health, t);
    text.setRight(mark.left() - 2);
  }
  rest.setTop(text.bottom());
  painter.setFont(theme_.text(detail.tight ? 10 : 11, QFont::DemiBold));
  painter.setPen(t.text);
  const QString label = QString::fromStdString(node_.label);
  if (!detail.secondNameRow) {
    paintText(painter, text, label);
    return;
  }
  const auto [first, more] = inTwoLines(label, painter.fontMetrics(), text.width());
  const QRectF second(rest.left(), rest.top() - 2, rest.width(), kFigureRow - 2);
  paintText(painter, text, first);
  paintText(painter, second, more);
  rest.setTop(second.bottom());
}

void NodeItem::paintRate(QPainter& painter, QRectF& rest, const CardDetail& detail) const {
  const Tokens& t = theme_.tokens();
  const bool down = node_.health == lab::Health::Down;
  const QRectF row(rest.left(), rest.top(), rest.width(), kFigureRow);
  QRectF box = row;
  if (detail.barBeside || (detail.latency && !detail.latencyBelow)) box.setWidth(row.width() * 0.6);
  painter.setFont(theme_.figures(11, QFont::DemiBold));
  painter.setPen(down ? t.error : t.text);
  paintText(painter, box,
            down && !node_.note.empty() ? QString::fromStdString(node_.note)
                                        : shortFigure(node_.ratePerSec, metrics::Unit::PerSecond));
  if (detail.barBeside) {
    paintQueue(painter, {box.right() + 2, row.center().y() - 2, row.right() - box.right() - 2, 4});
  }
  rest.setTop(row.bottom());
  if (detail.latency)
    paintLatency(painter, detail.latencyBelow ? row.translated(0, kFigureRow) : row, detail);
  if (detail.latencyBelow) rest.setTop(row.bottom() + kFigureRow);
}

void NodeItem::paintLatency(QPainter& painter, const QRectF& row, const CardDetail& detail) const {
  painter.setFont(theme_.figures(11));
  painter.setPen(theme_.tokens().text2);
  const QString text = node_.latencyNanos > 0
                           ? shortFigure(node_.latencyNanos, metrics::Unit::Nanoseconds)
                           : QStringLiteral("\u2013");
  paintText(painter, row, text,
            (detail.latencyBelow ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

// Whole if it fits, then in short figures, then without the limit, which the bar shows as well.
QString NodeItem::fittingDepth(const QFontMetrics& metrics, double width) const {
  const QString whole = depthText(node_);
  if (metrics.horizontalAdvance(whole) <= width || node_.depthLimit <= 0) return whole;
  const QString name = QString::fromStdString(node_.depthName);
  const QString depth = shortFigure(std::round(node_.depth), metrics::Unit::Count);
  const QString brief = QStringLiteral("%1 %2 / %3")
                            .arg(name, depth, shortFigure(node_.depthLimit, metrics::Unit::Count));
  return metrics.horizontalAdvance(brief) <= width ? brief : name + QChar(u' ') + depth;
}

void NodeItem::paintQueue(QPainter& painter, const QRectF& track) const {
  const double part = barPart(node_);
  if (part < 0) return;
  const Tokens& t = theme_.tokens();
  QColor fill = t.accent;
  if (isOverThreshold(node_)) fill = node_.health == lab::Health::Down ? t.error : t.warn;
  paintBar(painter, track, part, fill, t);
  if (node_.depthLimit <= 0) return;
  const double x = track.left() + track.width() * kLimitTick;
  const double reach = track.height() > 3 ? 3 : 1;
  painter.setPen(QPen(t.text2, 1.2));
  painter.drawLine(QPointF(x, track.top() - reach), QPointF(x, track.bottom() + reach));
}

}  // namespace ringside::views
