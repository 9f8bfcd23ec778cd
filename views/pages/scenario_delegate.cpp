#include "views/pages/scenario_delegate.h"

#include <QPainter>

#include "views/models/scenario_model.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

QString countText(const QModelIndex& index) {
  return QStringLiteral("%1/%2")
      .arg(index.data(ScenarioModel::DoneRole).toInt())
      .arg(index.data(ScenarioModel::TotalRole).toInt());
}

}  // namespace

ScenarioDelegate::ScenarioDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

QSize ScenarioDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  return {120, index.parent().isValid() ? 30 : 32};
}

void ScenarioDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  const QRectF box = QRectF(option.rect).adjusted(2, 1, -2, -1);
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  const bool focused = option.state.testFlag(QStyle::State_HasFocus);
  const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
  if (selected || hovered || focused) {
    painter->setPen(focused ? QPen(t.focus, 1.5) : QPen(Qt::NoPen));
    painter->setBrush(selected ? t.accentSoft : hovered ? t.raised : Qt::transparent);
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  }
  if (index.parent().isValid()) {
    paintScenario(*painter, option, index);
  } else {
    paintGroup(*painter, option, index);
  }
  painter->restore();
}

void ScenarioDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const {
  const Tokens& t = theme_.tokens();
  QRect rect = option.rect.adjusted(8, 0, -8, 0);
  const bool open = option.state.testFlag(QStyle::State_Open);
  theme_.paintIcon(painter, QRectF(rect.left(), rect.center().y() - 6, 12, 12),
                   open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                   t.text3);
  rect.setLeft(rect.left() + 20);
  const QString count = countText(index);
  painter.setFont(theme_.text(12, QFont::DemiBold));
  const int width = painter.fontMetrics().horizontalAdvance(count) + 16;
  const QRectF pill(rect.right() - width + 1, rect.center().y() - 9, width, 19);
  const bool begun = index.data(ScenarioModel::DoneRole).toInt() > 0;
  painter.setPen(Qt::NoPen);
  painter.setBrush(begun ? t.accentSoft : t.raised);
  painter.drawRoundedRect(pill, 9.5, 9.5);
  painter.setPen(begun ? t.accent : t.text2);
  painter.drawText(pill, Qt::AlignCenter, count);
  rect.setRight(static_cast<int>(pill.left()) - 6);
  painter.setFont(theme_.text(13, QFont::DemiBold));
  painter.setPen(t.text);
  painter.drawText(rect, Qt::AlignVCenter,
                   elide(painter.fontMetrics(), index.data().toString(), rect.width()));
}

void ScenarioDelegate::paintScenario(QPainter& painter, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const {
  const Tokens& t = theme_.tokens();
  QRect rect = option.rect.adjusted(20, 0, -10, 0);
  paintRing(painter, QRectF(rect.left(), rect.center().y() - 7, 15, 15), index);
  rect.setLeft(rect.left() + 24);
  const QString count = countText(index);
  painter.setFont(theme_.figures(12));
  const int width = painter.fontMetrics().horizontalAdvance(count);
  painter.setPen(t.text3);
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  if (selected) painter.setPen(t.text2);
  painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight, count);
  rect.setRight(rect.right() - width - 8);
  painter.setFont(theme_.text(13, selected ? QFont::DemiBold : QFont::Normal));
  painter.setPen(selected ? t.text : t.text2);
  painter.drawText(rect, Qt::AlignVCenter,
                   elide(painter.fontMetrics(), index.data().toString(), rect.width()));
}

// Empty circle, an arc for the part done, a filled circle with a tick: shape as well as colour.
void ScenarioDelegate::paintRing(QPainter& painter, const QRectF& box,
                                 const QModelIndex& index) const {
  const Tokens& t = theme_.tokens();
  const auto state = index.data(ScenarioModel::StateRole).value<ScenarioState>();
  if (state == ScenarioState::Done) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.ok);
    painter.drawEllipse(box);
    theme_.paintIcon(painter, box.adjusted(3, 3, -3, -3), QStringLiteral("check"),
                     t.dark ? t.window : t.panel);
    return;
  }
  painter.setBrush(Qt::NoBrush);
  QColor rest = t.borderStrong;
  if (state == ScenarioState::InProgress) rest.setAlphaF(0.55F);
  painter.setPen(QPen(rest, 2));
  const QRectF ring = box.adjusted(1.5, 1.5, -1.5, -1.5);
  painter.drawEllipse(ring);
  if (state == ScenarioState::NotStarted) return;
  const int total = std::max(1, index.data(ScenarioModel::TotalRole).toInt());
  const double part = index.data(ScenarioModel::DoneRole).toInt() / static_cast<double>(total);
  painter.setPen(QPen(t.accent, 2.4, Qt::SolidLine, Qt::RoundCap));
  painter.drawArc(ring, 90 * 16, -static_cast<int>(std::max(0.08, part) * 360 * 16));
}

}  // namespace ringside::views
