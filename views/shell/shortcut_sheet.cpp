#include "views/shell/shortcut_sheet.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "views/shell/actions.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {

ShortcutSheet::ShortcutSheet(const Theme& theme, const Actions& actions, QWidget* window)
    : Overlay(theme, window, Place::Centre), theme_(theme), actions_(actions) {
  setAccessibleName(tr("Keyboard shortcuts"));
}

void ShortcutSheet::toggle() {
  if (isOpen()) return close();
  if (panel()->layout() == nullptr) fill();
  open();
}

void ShortcutSheet::fill() {
  auto* outer = new QVBoxLayout(panel());
  outer->setContentsMargins(20, 14, 12, 16);
  auto* head = new QHBoxLayout;
  head->addWidget(textLabel(tr("Keyboard shortcuts"), "title", panel()), 1);
  auto* leave = iconButton(theme_, QStringLiteral("cross"), tr("Close (Esc)"), panel());
  connect(leave, &QToolButton::clicked, this, &Overlay::close);
  head->addWidget(leave);
  outer->addLayout(head);
  auto* body = new QWidget;
  auto* columns = new QHBoxLayout(body);
  columns->setContentsMargins(0, 6, 8, 0);
  columns->setSpacing(32);
  QVBoxLayout* column = nullptr;
  int lines = 0;
  const QList<QAction*> all = actions_.all();
  for (const QString& group : actions_.groups()) {
    const auto own =
        static_cast<int>(std::count_if(all.begin(), all.end(), [&](const QAction* each) {
          return actions_.groupOf(each) == group;
        }));
    if (column == nullptr || lines + own > 16) {
      column = new QVBoxLayout;
      column->setSpacing(14);
      columns->addLayout(column);
      lines = 0;
    }
    column->addWidget(makeGroup(group));
    lines += own;
  }
  for (int i = 0; i < columns->count(); ++i) {
    if (auto* each = qobject_cast<QVBoxLayout*>(columns->itemAt(i)->layout())) each->addStretch();
  }
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setAccessibleName(tr("Keyboard shortcuts"));
  area->setWidget(body);
  area->setMinimumSize(body->sizeHint() + QSize(12, 4));
  outer->addWidget(area);
}

QWidget* ShortcutSheet::makeGroup(const QString& name) {
  auto* box = new QWidget;
  auto* grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(20);
  grid->setVerticalSpacing(5);
  grid->addWidget(textLabel(name, "group", box), 0, 0, 1, 2);
  int row = 1;
  for (const QAction* action : actions_.all()) {
    if (actions_.groupOf(action) != name || action->shortcuts().isEmpty()) continue;
    grid->addWidget(new QLabel(action->text(), box), row, 0);
    auto* keys = textLabel(keysText(action), "secondary", box);
    keys->setFont(theme_.figures(12));
    grid->addWidget(keys, row++, 1, Qt::AlignRight);
  }
  grid->setColumnStretch(0, 1);
  return box;
}

}  // namespace ringside::views
