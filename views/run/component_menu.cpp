#include "views/run/component_menu.h"

#include <QCoreApplication>
#include <QMenu>

#include "engine/run/condition.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"

namespace ringside::views {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("ComponentMenu", text); }

void addUntil(QMenu* menu, RunSession& session, const QString& words, const QString& condition) {
  const auto names = session.conditionNames();
  if (!names || !run::Condition::parse(condition.toStdString(), *names)) return;
  QObject::connect(menu->addAction(words), &QAction::triggered, &session,
                   [&session, condition] { session.runUntilCondition(condition); });
}

}  // namespace

QMenu* makeComponentMenu(RunSession& session, const lab::TopologyNode& node, QWidget* parent) {
  const QString id = text(node.id);
  const QString label = text(node.label);
  auto* menu = new QMenu(parent);
  menu->setAccessibleName(tr("Run until something happens to %1").arg(label));
  const bool over = lab::isOver(session.state());
  QAction* next = menu->addAction(tr("Run until the next event of %1").arg(label));
  next->setEnabled(!over);
  QObject::connect(next, &QAction::triggered, &session, [&session, id] { session.stepActor(id); });
  QAction* back = menu->addAction(tr("Back to the previous event of %1").arg(label));
  QObject::connect(back, &QAction::triggered, &session,
                   [&session, id] { session.stepBackActor(id); });
  menu->addSeparator();
  addUntil(menu, session, tr("Run until %1 goes down").arg(label),
           QStringLiteral("event(%1.down)").arg(id));
  addUntil(menu, session, tr("Run until %1 is up again").arg(label),
           QStringLiteral("event(%1.ok)").arg(id));
  if (!node.depthName.empty()) {
    const QString depth = QString::number(qint64(node.depth));
    addUntil(menu, session, tr("Run until its %1 is above %2").arg(text(node.depthName), depth),
             QStringLiteral("depth(%1) > %2").arg(id, depth));
  }
  menu->addSeparator();
  const std::string breakpoint = "event(" + node.id + ".down)";
  QObject::connect(menu->addAction(tr("Pause whenever %1 goes down").arg(label)),
                   &QAction::triggered, &session, [&session, breakpoint] {
                     auto all = session.breakpoints();
                     all.push_back({breakpoint, true});
                     session.setBreakpoints(std::move(all));
                   });
  return menu;
}

}  // namespace ringside::views
