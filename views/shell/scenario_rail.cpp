#include "views/shell/scenario_rail.h"

#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <utility>

#include "views/models/scenario_model.h"
#include "views/shell/card.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

// A picture for a topic, by a word in its name; topics are content and may be new.
QString iconOf(const QString& group) {
  static constexpr std::array<std::pair<const char*, const char*>, 9> kIcons = {{
      {"gateway", "gateway"},
      {"cach", "cache"},
      {"shard", "ring"},
      {"schedul", "chip"},
      {"runtime", "chip"},
      {"concurren", "balancer"},
      {"payment", "bank"},
      {"stor", "shard"},
      {"system", "service"},
  }};
  for (const auto& [word, icon] : kIcons) {
    if (group.contains(QLatin1String(word), Qt::CaseInsensitive)) return QString::fromLatin1(icon);
  }
  return QStringLiteral("book");
}

}  // namespace

ScenarioRail::ScenarioRail(const Theme& theme, const ScenarioModel& model, QWidget* parent)
    : QFrame(parent), theme_(theme), column_(new QVBoxLayout(this)) {
  setFixedWidth(kWidth);
  setAccessibleName(tr("Scenarios, folded"));
  column_->setContentsMargins(6, 8, 6, 8);
  column_->setSpacing(4);
  addButton(QStringLiteral("sidebar"), tr("Show the scenarios (Ctrl+B)"), -1);
  for (int row = 0; row < model.rowCount(); ++row) {
    const QString name = model.index(row, 0).data().toString();
    addButton(iconOf(name), name, row);
  }
  column_->addStretch();
}

void ScenarioRail::addButton(const QString& icon, const QString& name, int group) {
  QToolButton* button = iconButton(theme_, icon, name, this);
  button->setFixedSize(34, 34);
  connect(button, &QToolButton::clicked, this, [this, group] { Q_EMIT openWanted(group); });
  column_->addWidget(button);
}

void ScenarioRail::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.tokens().border);
  painter.setBrush(theme_.tokens().panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Card::kRadius,
                          Card::kRadius);
}

}  // namespace ringside::views
