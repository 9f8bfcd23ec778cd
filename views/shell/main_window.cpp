#include "views/shell/main_window.h"

#include <QVBoxLayout>

#include "views/models/progress.h"
#include "views/models/scenario_model.h"
#include "views/pages/checkpoint_page.h"
#include "views/pages/choice_cards.h"
#include "views/pages/question_pane.h"
#include "views/pages/scenario_browser.h"
#include "views/shell/card.h"
#include "views/shell/command_palette.h"
#include "views/shell/frame_hud.h"
#include "views/shell/header_bar.h"
#include "views/shell/overlay.h"
#include "views/shell/pane_stage.h"
#include "views/shell/shortcut_sheet.h"
#include "views/shell/theme.h"
#include "views/shell/tour.h"
#include "views/shell/widgets.h"
#include "views/shell/workbench.h"

namespace ringside::views {

MainWindow::MainWindow(views::Theme& theme, ScenarioModel& model, Progress& progress,
                       const RunPanes& panes)
    : theme_(theme),
      model_(model),
      progress_(progress),
      panes_(panes),
      actions_(new Actions(theme, this)),
      header_(new HeaderBar(theme, *actions_)),
      notice_(new Banner(theme)),
      browser_(new ScenarioBrowser(theme, model)),
      question_(new QuestionPane(theme, progress)),
      workbench_(new Workbench(theme, browser_, model, question_, panes)) {
  setWindowTitle(tr("Ringside"));
  setWindowIcon(theme.icon(QStringLiteral("mark"), theme.tokens().accent));
  setMinimumSize(1180, 720);
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(header_);
  auto* noticeRow = new QVBoxLayout;
  noticeRow->setContentsMargins(8, 0, 8, 0);
  noticeRow->addWidget(notice_);
  column->addLayout(noticeRow);
  column->addWidget(workbench_, 1);
  setCentralWidget(body);
  body->setFocus();  // No control starts out marked.
  palette_ = new CommandPalette(theme, this);
  sheet_ = new ShortcutSheet(theme, *actions_, this);
  tour_ = new Tour(theme, this);
  hud_ = new FrameHud(theme, this);
  for (QWidget* stage : {panes.canvas, panes.internals, panes.charts, panes.timeline}) {
    actions_->addStage(stage);
  }
  wireStudy();
  wireView();
}

void MainWindow::wireStudy() {
  CheckpointPage* page = &question_->checkpoints();
  for (int i = 0; i < 6; ++i) {
    const auto id = static_cast<Do>(static_cast<int>(Do::ChooseA) + i);
    connect((*actions_)[id], &QAction::triggered, page, [page, i] {
      if (page->isVisible()) page->choose(i);
    });
  }
  const auto onPage = [this, page](Do id, void (CheckpointPage::*act)()) {
    connect((*actions_)[id], &QAction::triggered, page, [this, page, act] {
      question_->setFolded(false);
      question_->showPage(QuestionPane::Checkpoints);
      (page->*act)();
    });
  };
  onPage(Do::CheckAnswer, &CheckpointPage::check);
  onPage(Do::Hint, &CheckpointPage::hint);
  onPage(Do::LoadExperiment, &CheckpointPage::loadExperiment);
  onPage(Do::NextCheckpoint, &CheckpointPage::next);
  onPage(Do::PreviousCheckpoint, &CheckpointPage::previous);
  connect(browser_, &ScenarioBrowser::scenarioChosen, this, &MainWindow::openScenario);
  connect(&progress_, &Progress::saveFailed, this, &MainWindow::showNotice);
}

void MainWindow::wireView() {
  Actions& act = *actions_;
  const auto on = [this, &act](Do id, auto run) {
    connect(act[id], &QAction::triggered, this, run);
  };
  on(Do::Commands, [this] { openPalette(); });
  on(Do::Search, [this] { workbench_->revealScenarios(); });
  on(Do::FoldScenarios, [this] { workbench_->toggleScenarios(); });
  for (int i = 0; i < kPerspectives; ++i) {
    on(static_cast<Do>(static_cast<int>(Do::Study) + i), [this, i] {
      workbench_->setPerspective(static_cast<Perspective>(i));
      for (int k = 0; k < kPerspectives; ++k) {
        (*actions_)[static_cast<Do>(static_cast<int>(Do::Study) + k)]->setChecked(k == i);
      }
    });
  }
  on(Do::MaximizePane, [this] {
    PaneStage& stage = workbench_->stage();
    Card* card = stage.focused();
    if (!stage.restore() && card != nullptr) stage.maximize(card);
  });
  on(Do::SavePicture, [this] { savePicture(); });
  on(Do::Back, [this] { back(); });
  on(Do::ResetLayout, [this] { workbench_->resetLayout(); });
  on(Do::Theme, [this] { nextTheme(); });
  on(Do::Hud, [this] { hud_->toggle(); });
  on(Do::Keys, [this] { sheet_->toggle(); });
  on(Do::Tour, [this] { startTour(); });
  on(Do::Quit, [this] { close(); });
  act[Do::Study]->setChecked(true);
  connect(tour_, &Tour::finished, this, [this] {
    tourSeen_ = true;
    Q_EMIT tourFinished();
  });
}

void MainWindow::openScenario(const QString& id) {
  const study::Scenario* scenario = model_.scenario(id);
  if (scenario == nullptr) return;
  browser_->setCurrent(id);
  if (question_->scenario() == scenario) return;
  question_->setScenario(*scenario);
  progress_.setOpened(id);
  Q_EMIT scenarioOpened(*scenario);
}

void MainWindow::openPalette() {
  std::vector<CommandPalette::Entry> entries;
  for (QAction* action : actions_->all()) {
    if (!actions_->isCommand(action) || action == (*actions_)[Do::Commands]) continue;
    if (actions_->choosesAnswer(action)) continue;  // Six lines that nobody searches for.
    entries.push_back({action->text(), actions_->groupOf(action), keysText(action), action->icon(),
                       [action] { action->trigger(); }, action->isEnabled()});
  }
  for (int g = 0; g < model_.rowCount(); ++g) {
    const QModelIndex group = model_.index(g, 0);
    for (int r = 0; r < model_.rowCount(group); ++r) {
      const QModelIndex row = model_.index(r, 0, group);
      const QString id = row.data(ScenarioModel::IdRole).toString();
      entries.push_back({row.data().toString(),
                         group.data().toString(),
                         {},
                         theme_.icon(QStringLiteral("target")),
                         [this, id] { openScenario(id); },
                         true});
    }
  }
  palette_->openWith(std::move(entries));
}

void MainWindow::back() {
  for (Overlay* overlay : findChildren<Overlay*>()) {
    if (overlay->isOpen()) return overlay->close();
  }
  if (tour_->isVisible()) return tour_->end();
  if (workbench_->closeDrawer()) return;
  workbench_->stage().restore();
}

// The canvas stands for the window where no pane has the focus.
void MainWindow::savePicture() {
  Card* card = workbench_->stage().focused();
  if (card == nullptr) card = qobject_cast<Card*>(panes_.canvas);
  if (card != nullptr) card->askForPicture();
}

void MainWindow::nextTheme() {
  const bool dark = theme_.tokens().dark;
  const bool contrast = theme_.mode() == views::Theme::Mode::HighContrast;
  theme_.setMode(contrast ? views::Theme::Mode::Dark
                 : dark   ? views::Theme::Mode::Light
                          : views::Theme::Mode::HighContrast);
}

void MainWindow::startTour() {
  (*actions_)[Do::Study]->trigger();
  QWidget* check = &question_->checkpoints();
  question_->showPage(QuestionPane::Checkpoints);
  tour_->start({{panes_.transport, tr("Run the lab"),
                 tr("F5 runs it and pauses it. The clock is virtual: the same seed gives the same "
                    "run, event "
                    "for event.")},
                {panes_.parameters, tr("Turn a knob"),
                 tr("Change a limit, a latency or a cache while it runs, and watch the queues "
                    "answer. Ctrl+Z "
                    "takes it back.")},
                {check, tr("Commit to an answer"),
                 tr("Choose with A to D or type a number, then check. For a prediction, commit "
                    "first: the run "
                    "shows the measured value.")}});
}

void MainWindow::showNotice(const QString& text) { notice_->showMessage(Tone::Warn, text); }

WindowState MainWindow::state() const {
  WindowState state;
  state.geometry = saveGeometry();
  state.perspective = workbench_->perspective();
  state.layouts = workbench_->layouts();
  if (question_->scenario() != nullptr) {
    state.scenario = QString::fromStdString(question_->scenario()->id);
  }
  state.tourSeen = tourSeen_;
  return state;
}

void MainWindow::setState(const WindowState& state) {
  tourSeen_ = state.tourSeen;
  if (!state.geometry.isEmpty()) restoreGeometry(state.geometry);
  workbench_->setLayouts(state.layouts);
  (*actions_)[static_cast<Do>(static_cast<int>(Do::Study) + static_cast<int>(state.perspective))]
      ->trigger();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  Q_EMIT closing();
  QMainWindow::closeEvent(event);
}

}  // namespace ringside::views
