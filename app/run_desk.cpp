#include "app/run_desk.h"

#include <QFileDialog>
#include <QMenu>
#include <QSplitter>
#include <QStandardPaths>

#include <future>

#include "app/saved_runs.h"
#include "engine/export/run_record.h"
#include "engine/labs/catalog.h"
#include "engine/run/claims.h"
#include "views/canvas/canvas_pane.h"
#include "views/canvas/internals_view.h"
#include "views/canvas/table_flip.h"
#include "views/charts/chart_strip.h"
#include "views/compare/compare_window.h"
#include "views/models/run_archive.h"
#include "views/pages/question_pane.h"
#include "views/pages/run_history.h"
#include "views/run/claims_panel.h"
#include "views/run/component_menu.h"
#include "views/run/export_dialog.h"
#include "views/run/fault_panel.h"
#include "views/run/inspector.h"
#include "views/run/knob_panel.h"
#include "views/run/run_status.h"
#include "views/run/timeline_pane.h"
#include "views/run/transport_bar.h"
#include "views/shell/card.h"
#include "views/shell/header_bar.h"
#include "views/shell/main_window.h"
#include "views/shell/pane_stage.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"
#include "views/shell/workbench.h"
#include "views/sweep/sweep_window.h"

namespace ringside::app {
namespace {

using views::Card;

Result<lab::LabInfo> describeLab(const std::string& id) {
  auto made = labs::make(id);
  if (!made) return made.error();
  return (*made)->describe();
}

views::Tone toneOf(const run::ClaimOutcome& outcome) {
  if (outcome.verdict == lab::Verdict::NotReached) return views::Tone::Neutral;
  return outcome.verdict == lab::Verdict::Holds ? views::Tone::Ok : views::Tone::Error;
}

}  // namespace

RunDesk::RunDesk(views::Theme& theme)
    : theme_(theme),
      session_(views::engineServices(&describeLab)),
      actions_(session_, theme, this) {
  panes_.canvas = makeCanvas();
  panes_.internals = makeInternals();
  panes_.charts = charts_ = new views::ChartStrip(theme);
  panes_.parameters = makeParameters();
  panes_.inspector = inspector_ = new views::Inspector(session_, theme);
  panes_.claims = claims_ = new views::ClaimsPanel(session_, theme);
  panes_.transport = new views::TransportBar(session_, actions_, theme);
  panes_.timeline = timeline_ = new views::TimelinePane(session_, theme);
  panes_.status = new views::RunStatus(session_, theme);
  connect(&session_, &views::RunSession::frameReady, this, &RunDesk::showFrame);
  connect(canvas_, &views::CanvasPane::selected, this, &RunDesk::select);
  connect(internals_, &views::InternalsView::picked, this, &RunDesk::select);
  connect(inspector_, &views::Inspector::selected, this, &RunDesk::select);
  connect(timeline_, &views::TimelinePane::selected, this, &RunDesk::select);
  connect(claims_, &views::ClaimsPanel::loadExperiment, this, &RunDesk::loadClaim);
  connect(claims_, &views::ClaimsPanel::verifyAll, this, &RunDesk::verifyAll);
}

Card* RunDesk::makeCanvas() {
  auto* card = new Card(theme_, QStringLiteral("service"), tr("Architecture"));
  canvas_ = new views::CanvasPane(theme_);
  health_ = new views::Pill(theme_);
  card->setContent(canvas_);
  card->addHeaderWidget(health_);
  canvas_->view().setContextMenuPolicy(Qt::CustomContextMenu);
  connect(&canvas_->view(), &QWidget::customContextMenuRequested, this, &RunDesk::showMenu);
  connect(canvas_, &views::CanvasPane::summaryChanged, card, [this, card] {
    const auto& summary = canvas_->view().summary();
    card->setSubtitle(summary.text);
    health_->set(summary.pill, summary.tone, summary.icon);
    health_->setVisible(!summary.pill.isEmpty());
  });
  return card;
}

Card* RunDesk::makeInternals() {
  auto* card = new Card(theme_, QStringLiteral("chip"), tr("Internals"));
  internals_ = new views::InternalsView(theme_);
  card->setContent(internals_);
  return card;
}

QWidget* RunDesk::makeParameters() {
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  knobs_ = new views::KnobPanel(session_, theme_);
  split->addWidget(knobs_);
  split->addWidget(new views::FaultPanel(session_, theme_));
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 2);
  return split;
}

void RunDesk::showFrame(const lab::FramePtr& frame) {
  canvas_->setFrame(frame);
  internals_->setFrame(frame);
  charts_->setFrame(frame);
  if (window_ == nullptr) return;
  compareWithSaved(*frame);
  const QString seed = QString::number(frame->seed);
  window_->header().setRun(
      tr("%1 · seed %2 · virtual time").arg(QString::fromStdString(session_.info().title), seed),
      tr("seed %1").arg(seed));
}

void RunDesk::select(const QString& nodeId) {
  canvas_->select(nodeId);
  internals_->highlight(nodeId);
  inspector_->select(nodeId);
  charts_->emphasize(nodeId);
  if (session_.frame() == nullptr) return;
  for (const lab::TopologyNode& node : session_.frame()->topology.nodes) {
    if (node.id == nodeId.toStdString()) knobs_->reveal(node);
  }
}

void RunDesk::attach(views::MainWindow& window) {
  window_ = &window;
  views::Actions& act = window.actions();
  act.adopt(tr("Run"), actions_.all());
  const auto on = [&act, this](views::Do id, void (RunDesk::*slot)()) {
    connect(act[id], &QAction::triggered, this, slot);
  };
  connect(act[views::Do::Export], &QAction::triggered, this, [this] { openExport(); });
  on(views::Do::Compare, &RunDesk::openCompare);
  on(views::Do::Sweep, &RunDesk::openSweep);
  on(views::Do::OpenArrivals, &RunDesk::openArrivals);
  on(views::Do::OpenRun, &RunDesk::chooseRun);
  on(views::Do::SaveRun, &RunDesk::saveRun);
  on(views::Do::Table, &RunDesk::toggleTable);
  connect(act[views::Do::PlayStage], &QAction::triggered, &session_, &views::RunSession::toggle);
  connect(&window, &views::MainWindow::scenarioOpened, this, &RunDesk::openScenario);
  views::QuestionPane& question = window.question();
  connect(&question, &views::QuestionPane::experimentWanted, this,
          [this](const study::Experiment& experiment) { session_.load(experiment); });
  connect(&question, &views::QuestionPane::predictionCommitted, this, &RunDesk::measure);
  connect(&session_, &views::RunSession::complaint, &window, &views::MainWindow::showNotice);
  connect(canvas_, &views::CanvasPane::selected, &window,
          [&window] { window.workbench().showInspector(); });
  connect(charts_, &views::ChartStrip::maximizeWanted, charts_,
          [this](const QString& id, bool maximize) {
            int index = -1;
            const auto& frame = session_.frame();
            for (std::size_t i = 0; maximize && frame && i < frame->charts.size(); ++i) {
              if (frame->charts[i].id == id.toStdString()) index = static_cast<int>(i);
            }
            charts_->setMaximized(index);
          });
}

void RunDesk::openScenario(const study::Scenario& scenario) {
  measurement_.stop();
  verification_.stop();
  scenario_ = &scenario;
  claims_->setScenario(scenario);
  run::RunPlan plan;
  plan.labId = scenario.lab.lab;
  plan.preset = scenario.lab.preset;
  session_.open(plan);
}

void RunDesk::loadClaim(const QString& id) {
  if (scenario_ == nullptr) return;
  for (const study::Claim& claim : scenario_->claims) {
    if (claim.id == id.toStdString()) session_.load(claim.experiment);
  }
}

void RunDesk::verifyAll() {
  if (scenario_ == nullptr) return;
  claims_->setVerifying(0, static_cast<int>(scenario_->claims.size()));
  verification_.start([this, scenario = *scenario_](const BackgroundJob::Ticket& ticket) {
    int shown = -1;
    const auto outcomes = run::verify({&scenario}, [&](int done, int all) {
      if (done != std::exchange(shown, done)) {
        ticket.post([this, done, all] { claims_->setVerifying(done, all); });
      }
      return ticket.keepGoing();
    });
    ticket.post([this, outcomes] {
      claims_->endVerifying({});
      claims_->showOutcomes(outcomes);
      for (const run::ClaimOutcome& outcome : outcomes) {
        window_->question().setClaimVerdict(outcome.id, toneOf(outcome),
                                            QString::fromStdString(outcome.measuredText),
                                            QString::fromStdString(outcome.evidence));
      }
    });
  });
}

// The run that is shown gets the experiment too, for the candidate to look into.
void RunDesk::measure(const study::Predict& predict) {
  session_.load(predict.experiment);
  study::Claim claim;
  claim.experiment = predict.experiment;
  claim.base = predict.base;
  claim.metric = predict.metric;
  measurement_.start([this, claim](const BackgroundJob::Ticket& ticket) {
    const auto value = run::measure(claim, [&](int, int) { return ticket.keepGoing(); });
    ticket.post([this, value] {
      if (value) {
        window_->question().revealMeasured(*value);
      } else {
        window_->showNotice(tr("The prediction could not be measured: %1")
                                .arg(QString::fromStdString(value.error().message)));
      }
    });
  });
}

void RunDesk::openArrivals() {
  const QString path = QFileDialog::getOpenFileName(window_, tr("Open recorded arrivals"), {},
                                                    tr("Arrivals, time_s,key[,size] (*.csv)"));
  if (path.isEmpty()) return;
  const auto opened = session_.openArrivals(path);
  if (!opened) window_->showNotice(QString::fromStdString(opened.error().message));
}

void RunDesk::chooseRun() {
  const QString path = QFileDialog::getOpenFileName(window_, tr("Open a saved run"), {},
                                                    tr("Saved runs (*.ringside)"));
  if (!path.isEmpty()) openRun(path);
}

bool RunDesk::openRun(const QString& path) {
  auto opened = app::openRun(session_, path);
  if (!opened) {
    window_->showNotice(QString::fromStdString(opened.error().message));
    return false;
  }
  opened_ = *std::move(opened);
  return true;
}

// Told once, when the run is where it was saved.
void RunDesk::compareWithSaved(const lab::Frame& frame) {
  if (!opened_ || frame.events != opened_->saved.events || frame.now != opened_->saved.at) return;
  const std::uint64_t expected = std::exchange(opened_, std::nullopt)->fingerprint;
  if (frame.fingerprint == expected) return;
  const auto word = [](std::uint64_t value) {
    return QString::fromStdString(exports::fingerprintText(value));
  };
  window_->showNotice(tr("This is not the run that was saved: its fingerprint was %1 and is %2.")
                          .arg(word(expected), word(frame.fingerprint)));
}

void RunDesk::saveRun() {
  QString path = QFileDialog::getSaveFileName(
      window_, tr("Save the run"), QStringLiteral("run.ringside"), tr("Saved runs (*.ringside)"));
  if (path.isEmpty()) return;
  if (!path.endsWith(QStringLiteral(".ringside"))) path += QStringLiteral(".ringside");
  const auto saved = app::saveRun(session_, path);
  if (!saved) window_->showNotice(QString::fromStdString(saved.error().message));
}

// By the mouse for the component under it, by the keyboard for the one selected.
void RunDesk::showMenu(const QPoint& position) {
  if (session_.frame() == nullptr) return;
  QString id = canvas_->view().nodeIdAt(position);
  if (id.isEmpty()) id = canvas_->view().selectedNode();
  for (const lab::TopologyNode& node : session_.frame()->topology.nodes) {
    if (node.id != id.toStdString()) continue;
    QMenu* menu = views::makeComponentMenu(session_, node, canvas_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(canvas_->view().viewport()->mapToGlobal(position));
  }
}

void RunDesk::openExport() {
  auto promise = std::make_shared<std::promise<exports::RunRecord>>();
  const bool asked = session_.visit(
      [promise, verdicts = verdicts(), questions = questions()](const run::Run& run) {
        exports::RunRecord record = exports::recordOf(run);
        record.claims = verdicts;
        record.questions = questions;
        promise->set_value(std::move(record));
      });
  if (!asked) return window_->showNotice(tr("There is no run to export yet."));
  openExport([future = promise->get_future().share()](
                 const views::ExportTold&) -> Result<exports::RunRecord> {
    if (future.wait_for(std::chrono::seconds(10)) != std::future_status::ready) {
      return Error{"the run did not answer; pause it and try again"};
    }
    return future.get();
  });
}

void RunDesk::openExport(const GetRecord& record) {
  auto* dialog = new views::ExportDialog(theme_, exportFormats(), exportWork(record), window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFolder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) +
                    QStringLiteral("/ringside-export"));
  dialog->open();
}

void RunDesk::openCompare() {
  if (!session_.isOpen()) return window_->showNotice(tr("There is no run to compare yet."));
  auto* compare = new views::CompareWindow(theme_, session_.info(), session_.plan(), window_);
  compare->setAttribute(Qt::WA_DeleteOnClose);
  compare->open();
}

void RunDesk::openSweep() {
  if (!session_.isOpen()) return window_->showNotice(tr("There is no run to sweep yet."));
  auto* sweep = new views::SweepWindow(theme_, session_.info(), session_.plan(), window_);
  sweep->setAttribute(Qt::WA_DeleteOnClose);
  sweep->open();
}

std::vector<run::ClaimOutcome> RunDesk::verdicts() const {
  return scenario_ == nullptr ? std::vector<run::ClaimOutcome>() : session_.judge(*scenario_);
}

std::vector<exports::Question> RunDesk::questions() const {
  if (scenario_ == nullptr) return {};
  return {{scenario_->title, scenario_->question}};
}

// ---- Kept runs -----------------------------------------------------------------------------

void RunDesk::keepRuns(views::RunArchive& archive) {
  history_ = new views::RunHistory(theme_, archive, window_);
  connect(window_->actions()[views::Do::History], &QAction::triggered, history_,
          &views::RunHistory::toggle);
  connect(&archive, &views::RunArchive::trouble, window_, &views::MainWindow::showNotice);
  connect(&session_, &views::RunSession::ended, &archive, [this, &archive] { keepRun(archive); });
  connect(history_, &views::RunHistory::openWanted, this, [this, &archive](qint64 id) {
    archive.recipe(id, [this](const store::Recipe& recipe) { openAgain(recipe); });
  });
  connect(history_, &views::RunHistory::exportWanted, this, [this, &archive](qint64 id) {
    const std::string fingerprint = history_->fingerprintOf(id);
    archive.recipe(id, [this, fingerprint](const store::Recipe& recipe) {
      openExport(recordAgain(recipe, fingerprint));
    });
  });
}

// The run's own thread copies what is to be kept, the archive's writes it.
void RunDesk::keepRun(views::RunArchive& archive) {
  session_.visit([&archive, verdicts = verdicts(), questions = questions()](const run::Run& run) {
    auto record = std::make_shared<exports::RunRecord>(exports::recordOf(run));
    record->claims = verdicts;
    record->questions = questions;
    archive.keep(std::move(record));
  });
}

// What was done to it by hand is done again as it runs on.
void RunDesk::openAgain(const store::Recipe& recipe) {
  if (recipe.journal.empty()) {
    session_.open(recipe.plan);
    return;
  }
  run::Story story;
  story.branch().journal = recipe.journal;
  story.branch().reached = {recipe.journal.back().afterEvent, recipe.journal.back().at};
  session_.open(recipe.plan, story, {});
}

// F2 turns the pane that has the focus, or else the canvas.
void RunDesk::toggleTable() {
  views::TableFlip* flip = canvas_;
  if (internals_->isAncestorOf(window_->focusWidget()) && internals_->currentFlip() != nullptr) {
    flip = internals_->currentFlip();
  }
  for (int i = 0; i < charts_->chartCount(); ++i) {
    if (charts_->card(i)->isAncestorOf(window_->focusWidget())) flip = charts_->flip(i);
  }
  flip->setShowsTable(!flip->showsTable());
}

}  // namespace ringside::app
