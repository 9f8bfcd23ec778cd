#include "views/canvas/state_machine_view.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kMargin = 10, kTitle = 22, kState = 30, kOver = 17, kFactRow = 16;
constexpr double kTwoColumns = 620, kLeastFact = 150, kLeastState = 76;

// Ways to the right run over the states and bulge with the distance; ways back run under them.
QPainterPath wayBetween(const QRectF& from, const QRectF& to) {
  QPainterPath path;
  if (std::abs(from.center().y() - to.center().y()) > 1) {  // Wrapped to another row.
    const bool down = to.center().y() > from.center().y();
    path.moveTo(from.center().x(), down ? from.bottom() : from.top());
    path.lineTo(to.center().x(), down ? to.top() : to.bottom());
    return path;
  }
  const bool right = to.center().x() > from.center().x();
  const double side = right ? from.top() : from.bottom();
  const double shift = right ? 0.2 : -0.2;
  const double startX = from.center().x() + shift * from.width();
  const double endX = to.center().x() - shift * to.width();
  const double hops = std::abs(to.center().x() - from.center().x()) / (from.width() + 1);
  const double bulge = (right ? -1 : 1) * std::min(kOver + 4, 12 + 4 * hops);
  path.moveTo(startX, side);
  path.cubicTo(startX + (endX - startX) * 0.25, side + bulge, startX + (endX - startX) * 0.75,
               side + bulge, endX, side);
  return path;
}

MachineGeometry layOutMachine(const lab::StateMachine& machine, QPointF corner, double width) {
  MachineGeometry place;
  const double inner = width - 2 * kMargin;
  place.title = QRectF(corner.x() + kMargin, corner.y() + 4, inner, kTitle);
  const auto states = static_cast<int>(machine.states.size());
  const int most = std::max(1, static_cast<int>((inner + 24) / (kLeastState + 24)));
  const int perRow = std::clamp(states, 1, most);
  const double gap = std::min(44.0, std::max(14.0, inner * 0.08));
  const double stateWidth = std::min(150.0, (inner - gap * (perRow - 1)) / perRow);
  double y = place.title.bottom() + kOver - 4;
  for (int i = 0; i < states; ++i) {
    const int column = i % perRow;
    if (i > 0 && column == 0) y += kState + 2 * kOver;
    place.states.emplace_back(corner.x() + kMargin + column * (stateWidth + gap), y, stateWidth,
                              kState);
  }
  if (states > 0) y += kState + kOver;
  for (const auto& [from, to] : machine.transitions) {
    const bool known = from >= 0 && to >= 0 && from < states && to < states && from != to;
    place.ways.push_back(known ? wayBetween(place.states[static_cast<std::size_t>(from)],
                                            place.states[static_cast<std::size_t>(to)])
                               : QPainterPath());
  }
  const int columns = std::max(1, static_cast<int>(inner / kLeastFact));
  for (int i = 0; i < static_cast<int>(machine.facts.size()); ++i) {
    const double factWidth = inner / columns;
    place.facts.emplace_back(corner.x() + kMargin + (i % columns) * factWidth,
                             y + (i / columns) * kFactRow, factWidth - 8, kFactRow);
  }
  if (!place.facts.empty()) y = place.facts.back().bottom();
  place.block = QRectF(corner, QPointF(corner.x() + width, y + 8));
  return place;
}

bool isState(const lab::StateMachine& machine, int state) {
  return state >= 0 && state < static_cast<int>(machine.states.size());
}

}  // namespace

std::vector<MachineGeometry> layOutMachines(const lab::StateMachineScene& scene, double width) {
  std::vector<MachineGeometry> places;
  const int columns = width >= kTwoColumns && scene.machines.size() > 1 ? 2 : 1;
  constexpr double kGap = 8;
  const double blockWidth = std::max(120.0, (width - kGap * (columns + 1)) / columns);
  double top = kGap, below = kGap;
  for (std::size_t i = 0; i < scene.machines.size(); ++i) {
    const auto column = static_cast<double>(i % static_cast<std::size_t>(columns));
    if (i > 0 && column == 0) top = below + kGap;
    places.push_back(
        layOutMachine(scene.machines[i], {kGap + column * (blockWidth + kGap), top}, blockWidth));
    below = std::max(below, places.back().block.bottom());
  }
  return places;
}

QString presentState(const lab::StateMachine& machine) {
  if (!isState(machine, machine.current)) return QStringLiteral("\u2013");
  return QString::fromStdString(machine.states[static_cast<std::size_t>(machine.current)]);
}

QString timeLeft(const lab::StateMachine& machine, Instant now) {
  if (machine.nextAt == kNever) return {};
  const Duration left = std::max(machine.nextAt - now, Duration{});
  return QCoreApplication::translate("StateMachine", "ends in %1")
      .arg(shortFigure(static_cast<double>(left.count()), metrics::Unit::Nanoseconds));
}

StateMachineView::StateMachineView(const Theme& theme, QWidget* parent)
    : SceneWidget(theme, tr("State machines"), parent) {}

void StateMachineView::setScene(const lab::StateMachineScene& scene, Instant now) {
  scene_ = scene;
  now_ = now;
  places_ = layOutMachines(scene_, width());
  sceneChanged();
}

void StateMachineView::resizeEvent(QResizeEvent* event) {
  places_ = layOutMachines(scene_, width());
  SceneWidget::resizeEvent(event);
}

QRectF StateMachineView::itemRect(int item) const {
  return places_[static_cast<std::size_t>(item)].block;
}

QString StateMachineView::itemName(int item) const {
  return QString::fromStdString(scene_.machines[static_cast<std::size_t>(item)].name);
}

QString StateMachineView::itemText(int item) const {
  const lab::StateMachine& machine = scene_.machines[static_cast<std::size_t>(item)];
  QStringList parts{itemName(item) + QStringLiteral(": ") + presentState(machine)};
  if (const QString left = timeLeft(machine, now_); !left.isEmpty()) parts << left;
  for (const auto& [name, value] : machine.facts) {
    parts << QString::fromStdString(name) + QChar(u' ') + QString::fromStdString(value);
  }
  return parts.join(QStringLiteral(", "));
}

QString StateMachineView::headline() const {
  QStringList parts;
  for (const lab::StateMachine& machine : scene_.machines) {
    parts << QString::fromStdString(machine.name) + QChar(u' ') + presentState(machine);
  }
  return tr("%1 state machines: %2.")
      .arg(scene_.machines.size())
      .arg(parts.join(QStringLiteral(", ")));
}

int StateMachineView::heightFor(int width) const {
  double bottom = 0;
  for (const MachineGeometry& place : layOutMachines(scene_, width)) {
    bottom = std::max(bottom, place.block.bottom());
  }
  return static_cast<int>(std::ceil(bottom)) + 8;
}

void StateMachineView::paintScene(QPainter& painter) {
  for (int i = 0; i < itemCount(); ++i) paintMachine(painter, i);
}

void StateMachineView::paintMachine(QPainter& painter, int item) const {
  const Tokens& t = theme().tokens();
  const lab::StateMachine& machine = scene_.machines[static_cast<std::size_t>(item)];
  const MachineGeometry& place = places_[static_cast<std::size_t>(item)];
  painter.setPen(item == picked() ? t.accent : t.border);
  painter.setBrush(t.raised);
  painter.drawRoundedRect(place.block.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  if (item == picked() && hasFocus()) {
    paintFocus(painter, place.block.adjusted(1, 1, -1, -1), 6, t);
  }
  const QString left = timeLeft(machine, now_);
  painter.setFont(theme().figures(11));
  const double leftWidth = painter.fontMetrics().horizontalAdvance(left) + 4;
  painter.setPen(t.text2);
  paintText(painter, place.title, left, Qt::AlignRight | Qt::AlignVCenter);
  painter.setFont(theme().text(12, QFont::DemiBold));
  painter.setPen(t.text);
  paintText(painter, place.title.adjusted(0, 0, -leftWidth, 0), itemName(item));
  paintWays(painter, machine, place);
  for (int i = 0; i < static_cast<int>(place.states.size()); ++i) {
    const auto state = static_cast<std::size_t>(i);
    paintState(painter, place.states[state], QString::fromStdString(machine.states[state]),
               i == machine.current);
  }
  for (std::size_t i = 0; i < place.facts.size(); ++i) {
    const QRectF& box = place.facts[i];
    const QString name = QString::fromStdString(machine.facts[i].first);
    painter.setFont(theme().text(11));
    painter.setPen(t.text3);
    const double nameWidth =
        std::min(box.width() * 0.65, painter.fontMetrics().horizontalAdvance(name) + 5.0);
    paintText(painter, {box.left(), box.top(), nameWidth, box.height()}, name);
    painter.setFont(theme().figures(11, QFont::DemiBold));
    painter.setPen(t.text);
    paintText(painter, box.adjusted(nameWidth, 0, 0, 0),
              QString::fromStdString(machine.facts[i].second));
  }
}

void StateMachineView::paintWays(QPainter& painter, const lab::StateMachine& machine,
                                 const MachineGeometry& place) const {
  const Tokens& t = theme().tokens();
  for (std::size_t i = 0; i < place.ways.size(); ++i) {
    const QPainterPath& way = place.ways[i];
    if (way.isEmpty()) continue;
    const bool last = machine.transitions[i].first == machine.lastFrom &&
                      machine.transitions[i].second == machine.current;
    const QColor colour = last ? t.accent : t.borderStrong;
    painter.setPen(QPen(colour, last ? 2 : 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(way);
    const QPointF end = way.pointAtPercent(1);
    const QPointF before = end - way.pointAtPercent(0.93);
    const double norm = std::max(0.001, std::hypot(before.x(), before.y()));
    const QPointF along = before / norm * 6;
    const QPointF aside(-along.y() * 0.55, along.x() * 0.55);
    const QPointF tip[] = {end, end - along + aside, end - along - aside};
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(tip, 3);
  }
}

void StateMachineView::paintState(QPainter& painter, const QRectF& box, const QString& name,
                                  bool current) const {
  const Tokens& t = theme().tokens();
  painter.setPen(QPen(current ? t.accent : t.borderStrong, current ? 2 : 1));
  painter.setBrush(current ? t.accentSoft : t.panel);
  painter.drawRoundedRect(box, kState / 2, kState / 2);
  painter.setFont(theme().text(12, current ? QFont::DemiBold : QFont::Normal));
  painter.setPen(current ? t.text : t.text2);
  QRectF text = box.adjusted(8, 0, -8, 0);
  if (current) {  // A disc beside the name: the present state is no matter of colour alone.
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accent);
    const double width = painter.fontMetrics().horizontalAdvance(name);
    const double x = std::max(box.left() + 8, box.center().x() - width / 2 - 8);
    painter.drawEllipse(QPointF(x, box.center().y()), 3.2, 3.2);
    painter.restore();
    text.setLeft(box.left() + 14);
  }
  paintText(painter, text, name, Qt::AlignCenter);
}

}  // namespace ringside::views
