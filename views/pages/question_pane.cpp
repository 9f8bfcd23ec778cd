#include "views/pages/question_pane.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include "views/models/progress.h"
#include "views/pages/checkpoint_page.h"
#include "views/pages/scenario_pages.h"
#include "views/shell/theme.h"

namespace ringside::views {

QuestionPane::QuestionPane(const Theme& theme, Progress& progress, QWidget* parent)
    : Card(theme, QStringLiteral("help"), tr("Question"), parent),
      progress_(progress),
      theme_(theme),
      tabs_(new QTabBar),
      fold_(iconButton(theme, QStringLiteral("chevron-up"), tr("Fold the question"), nullptr)),
      pages_(new QStackedWidget),
      statement_(new StatementPage(theme)),
      checkpoints_(new CheckpointPage(theme, progress)),
      answer_(new SectionsPage(theme, tr("Answer"))),
      followUps_(new SectionsPage(theme, tr("Follow-up questions"))),
      pitfalls_(new PitfallsPage(theme)) {
  for (const QString& name :
       {tr("Question"), tr("Checkpoints"), tr("Answer"), tr("Follow-ups"), tr("Pitfalls")}) {
    tabs_->addTab(name);
  }
  tabs_->setAccessibleName(tr("Pages of the question"));
  tabs_->setExpanding(false);
  tabs_->setUsesScrollButtons(false);
  tabs_->setElideMode(Qt::ElideNone);
  tabs_->setFocusPolicy(Qt::TabFocus);
  tabs_->setFont(theme.text(12));
  addHeaderWidget(tabs_);
  addHeaderWidget(fold_);
  for (QWidget* page :
       std::initializer_list<QWidget*>{statement_, checkpoints_, answer_, followUps_, pitfalls_}) {
    pages_->addWidget(page);
  }
  setContent(pages_);
  connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
  connect(tabs_, &QTabBar::tabBarClicked, this, [this] { setFolded(false); });
  connect(fold_, &QToolButton::clicked, this, [this] { setFolded(!folded_); });
  connect(&progress, &Progress::changed, this, &QuestionPane::refreshTabs);
  connect(checkpoints_, &CheckpointPage::checkpointChanged, this, &QuestionPane::describe);
  connect(checkpoints_, &CheckpointPage::experimentWanted, this, &QuestionPane::experimentWanted);
  connect(checkpoints_, &CheckpointPage::predictionCommitted, this,
          &QuestionPane::predictionCommitted);
}

void QuestionPane::setScenario(const study::Scenario& scenario) {
  const bool fresh = progress_.state(scenario) == ScenarioState::NotStarted;
  scenario_ = &scenario;
  setTitle(QString::fromStdString(scenario.title));
  statement_->show(scenario);
  checkpoints_->setScenario(&scenario);
  answer_->show(scenario.answer);
  std::vector<study::Section> followUps;
  for (const study::FollowUp& each : scenario.followUps) {
    followUps.push_back({each.question, each.answer});
  }
  followUps_->show(followUps);
  pitfalls_->show(scenario.pitfalls);
  tabs_->setTabVisible(Checkpoints, !scenario.checkpoints.empty());
  tabs_->setTabVisible(Answer, !scenario.answer.empty());
  tabs_->setTabVisible(FollowUps, !scenario.followUps.empty());
  tabs_->setTabVisible(Pitfalls, !scenario.pitfalls.empty());
  showPage(fresh || scenario.checkpoints.empty() ? Question : Checkpoints);
  refreshTabs();
  describe();
}

void QuestionPane::showPage(Page page) { tabs_->setCurrentIndex(page); }

void QuestionPane::setFolded(bool folded) {
  if (folded_ == folded) return;
  folded_ = folded;
  pages_->setVisible(!folded);
  fold_->setIcon(
      theme_.icon(folded ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up")));
  fold_->setAccessibleName(folded ? tr("Unfold the question") : tr("Fold the question"));
  fold_->setToolTip(fold_->accessibleName());
  Q_EMIT foldedChanged(folded);
}

void QuestionPane::refreshTabs() {
  if (scenario_ == nullptr) return;
  tabs_->setTabText(Checkpoints, tr("Checkpoints %1/%2")
                                     .arg(progress_.doneCount(*scenario_))
                                     .arg(scenario_->checkpoints.size()));
}

void QuestionPane::describe() {
  if (scenario_ == nullptr) return;
  setSubtitle(QString::fromStdString(scenario_->group));
}

void QuestionPane::setClaimVerdict(const std::string& claim, Tone tone, const QString& text,
                                   const QString& evidence) {
  pitfalls_->setVerdict(claim, tone, text, evidence);
}

void QuestionPane::revealMeasured(double value) { checkpoints_->revealMeasured(value); }

}  // namespace ringside::views
