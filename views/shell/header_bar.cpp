#include "views/shell/header_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "views/shell/actions.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {

HeaderBar::HeaderBar(const Theme& theme, Actions& actions, QWidget* parent)
    : QWidget(parent), theme_(theme), actions_(actions), run_(new Pill(theme)) {
  setFixedHeight(kHeight);
  QAction* commands = actions[Do::Commands];
  auto* box = textButton(tr("Search or run a command     Ctrl+K"), "search", this);
  box->setIcon(theme.icon(QStringLiteral("search")));
  box->setToolTip(commands->toolTip());
  box->setAccessibleName(commands->text());
  box->setFixedWidth(290);
  connect(box, &QPushButton::clicked, commands, &QAction::trigger);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 0, 12, 0);
  row->setSpacing(12);
  row->addWidget(makeLeft(), 1);
  row->addWidget(box);
  row->addWidget(makeRight(), 1);
}

QWidget* HeaderBar::makeLeft() {
  auto* left = new QWidget;
  auto* row = new QHBoxLayout(left);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(10);
  auto* mark = new QLabel(left);
  const auto draw = [this, mark] {
    mark->setPixmap(theme_.icon(QStringLiteral("mark"), theme_.tokens().accent)
                        .pixmap(QSize(22, 22), mark->devicePixelRatioF()));
  };
  draw();
  connect(&theme_, &Theme::changed, mark, draw);
  auto* name = textLabel(tr("Ringside"), "title", left);
  row->addWidget(mark);
  row->addWidget(name);
  row->addSpacing(8);
  row->addWidget(run_);
  run_->hide();
  row->addStretch();
  return left;
}

QWidget* HeaderBar::makeRight() {
  auto* right = new QWidget;
  auto* row = new QHBoxLayout(right);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addStretch();
  for (const Do id : {Do::Study, Do::Lab, Do::Analyse}) {
    QToolButton* button = iconFor(id, right);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setText(id == Do::Study ? tr("Study") : id == Do::Lab ? tr("Lab") : tr("Analyse"));
    button->setCheckable(true);
    actions_[id]->setCheckable(true);
    connect(actions_[id], &QAction::toggled, button, &QToolButton::setChecked);
    row->addWidget(button);
  }
  row->addSpacing(6);
  QAction* exportRun = actions_[Do::Export];
  auto* exportButton = textButton(tr("Export"), "", right);
  exportButton->setIcon(theme_.icon(QStringLiteral("export")));
  exportButton->setToolTip(exportRun->toolTip());
  connect(exportButton, &QPushButton::clicked, exportRun, &QAction::trigger);
  row->addWidget(exportButton);
  row->addWidget(iconFor(Do::Theme, right));
  row->addWidget(iconFor(Do::Keys, right));
  auto* menuButton = iconButton(theme_, QStringLiteral("more"), tr("Menu"), right);
  auto* menu = new QMenu(menuButton);
  connect(menu, &QMenu::aboutToShow, menu, [this, menu] {
    menu->clear();
    actions_.fill(menu);
  });
  menuButton->setMenu(menu);
  menuButton->setPopupMode(QToolButton::InstantPopup);
  row->addWidget(menuButton);
  return right;
}

QToolButton* HeaderBar::iconFor(Do id, QWidget* parent) {
  QAction* action = actions_[id];
  auto* button =
      iconButton(theme_, QString::fromLatin1(actionTable()[static_cast<std::size_t>(id)].icon),
                 action->text(), parent);
  button->setToolTip(action->toolTip());
  connect(button, &QToolButton::clicked, action, [button, action] {
    action->trigger();
    if (button->isCheckable()) button->setChecked(action->isChecked());
  });
  return button;
}

void HeaderBar::setRun(const QString& text, const QString& brief) {
  runText_ = text;
  runBrief_ = brief;
  refreshRun();
}

void HeaderBar::refreshRun() {
  run_->setVisible(!runText_.isEmpty());
  run_->set(width() < 1400 ? runBrief_ : runText_, Tone::Neutral);
  run_->setToolTip(runText_);
}

void HeaderBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  refreshRun();
}

}  // namespace ringside::views
