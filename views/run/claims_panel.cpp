#include "views/run/claims_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "views/run/claim_card.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kSide = 12;

QString comparatorText(study::Comparator comparator) {
  switch (comparator) {
    case study::Comparator::Equal:
      return QStringLiteral("=");
    case study::Comparator::Near:
      return QStringLiteral("\u2248");
    case study::Comparator::Less:
      return QStringLiteral("<");
    case study::Comparator::LessOrEqual:
      return QStringLiteral("\u2264");
    case study::Comparator::Greater:
      return QStringLiteral(">");
    case study::Comparator::GreaterOrEqual:
      return QStringLiteral("\u2265");
  }
  return {};
}

QString expectedText(const study::Claim& claim) {
  QString words = comparatorText(claim.comparator) + u' ' + text(claim.valueText);
  if (!claim.toleranceText.empty()) words += QStringLiteral(" \u00b1 ") + text(claim.toleranceText);
  return words;
}

// The engine writes for terminals too.
QString withSigns(QString words) {
  return words.replace(QStringLiteral("~="), QStringLiteral("\u2248"))
      .replace(QStringLiteral("<="), QStringLiteral("\u2264"))
      .replace(QStringLiteral(">="), QStringLiteral("\u2265"));
}

QWidget* listOf(QWidget* parent, QVBoxLayout* column) {
  auto* list = new QWidget(parent);
  auto* rows = new QVBoxLayout(list);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(8);
  column->addWidget(list);
  return list;
}

}  // namespace

ClaimsPanel::ClaimsPanel(RunSession& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), session_(session), theme_(theme) {
  setAccessibleName(tr("Claims and checks"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 4, 0, 0);
  scroll_ = new QScrollArea(this);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  auto* page = new QWidget;
  scroll_->setWidget(page);
  outer->addWidget(scroll_);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(kSide, 0, kSide, kSide);
  column->setSpacing(8);
  column->addWidget(makeFailure());
  makeClaims(column);
  checkBlock_ = new QWidget(page);
  auto* block = new QVBoxLayout(checkBlock_);
  block->setContentsMargins(0, 0, 0, 0);
  block->setSpacing(8);
  block->addWidget(textLabel(tr("Checks of this run"), "group", checkBlock_));
  checkList_ = listOf(checkBlock_, block);
  column->addWidget(checkBlock_);
  column->addStretch(1);
  connect(&session_, &RunSession::opened, this, &ClaimsPanel::refresh);
  connect(&session_, &RunSession::frameReady, this, &ClaimsPanel::refresh);
  connect(&session_, &RunSession::ended, this, &ClaimsPanel::judgeRun);
  setScenario(std::nullopt);
  refresh();
}

QWidget* ClaimsPanel::makeFailure() {
  failure_ = new QWidget(this);
  failure_->setObjectName(QStringLiteral("failure"));
  auto* column = new QVBoxLayout(failure_);
  column->setContentsMargins(0, 0, 0, 8);
  column->setSpacing(8);
  auto* head = new Pill(theme_, failure_);
  head->set(tr("The run failed"), Tone::Error, QStringLiteral("cross"));
  column->addWidget(head);
  failureText_ = textLabel({}, "", failure_);
  failureText_->setObjectName(QStringLiteral("failureText"));
  failureText_->setWordWrap(true);
  failureText_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(failureText_);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  auto* restart = textButton(tr("Restart"), "primary", failure_);
  restart->setObjectName(QStringLiteral("failureRestart"));
  connect(restart, &QPushButton::clicked, &session_,
          [this] { session_.restart(RunSession::Then::Hold); });
  auto* copy = textButton(tr("Copy report"), "", failure_);
  copy->setObjectName(QStringLiteral("copyReport"));
  connect(copy, &QPushButton::clicked, this, &ClaimsPanel::copyReport);
  buttons->addWidget(restart);
  buttons->addWidget(copy);
  buttons->addStretch(1);
  column->addLayout(buttons);
  return failure_;
}

void ClaimsPanel::makeClaims(QVBoxLayout* column) {
  QWidget* page = column->parentWidget();
  auto* head = new QHBoxLayout;
  head->addWidget(textLabel(tr("Claims"), "group", page));
  head->addStretch(1);
  verify_ = textButton(tr("Verify all"), "", page);
  verify_->setObjectName(QStringLiteral("verifyAll"));
  verify_->setToolTip(tr("Runs the experiment of every claim and judges each."));
  connect(verify_, &QPushButton::clicked, this, &ClaimsPanel::verifyAll);
  head->addWidget(verify_);
  column->addLayout(head);
  progress_ = new QProgressBar(page);
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("Verification progress"));
  column->addWidget(progress_);
  verifyNote_ = textLabel({}, "secondary", page);
  verifyNote_->setObjectName(QStringLiteral("verifyNote"));
  verifyNote_->setWordWrap(true);
  column->addWidget(verifyNote_);
  endVerifying({});
  noClaims_ = new EmptyState(theme_, QStringLiteral("scales"), tr("No claims here"),
                             tr("Open a scenario to see what it claims of its lab."), page);
  column->addWidget(noClaims_);
  claimList_ = listOf(page, column);
}

void ClaimsPanel::setScenario(std::optional<study::Scenario> scenario) {
  scenario_ = std::move(scenario);
  rebuildClaims();
  Q_EMIT summaryChanged(summary());
}

void ClaimsPanel::rebuildClaims() {
  for (const auto& [id, card] : claims_) delete card;
  claims_.clear();
  const bool any = scenario_ && !scenario_->claims.empty();
  noClaims_->setVisible(!any);
  claimList_->setVisible(any);
  verify_->setEnabled(any);
  if (!any) return;
  for (const study::Claim& claim : scenario_->claims) {
    auto* card = new ClaimCard(text(claim.id), text(claim.text), theme_, claimList_);
    card->setObjectName(QStringLiteral("claim:") + text(claim.id));
    card->showVerdict(lab::Verdict::NotReached, tr("expected %1").arg(expectedText(claim)), {});
    QPushButton* load = card->addLoadButton();
    load->setObjectName(QStringLiteral("load:") + text(claim.id));
    const QString id = text(claim.id);
    connect(load, &QPushButton::clicked, this, [this, id] { Q_EMIT loadExperiment(id); });
    claimList_->layout()->addWidget(card);
    claims_.emplace(claim.id, card);
  }
}

void ClaimsPanel::showOutcomes(const std::vector<run::ClaimOutcome>& outcomes) {
  for (const run::ClaimOutcome& outcome : outcomes) {
    const auto card = claims_.find(outcome.id);
    if (card == claims_.end() || !scenario_ || outcome.scenario != scenario_->id) continue;
    const QString measured =
        outcome.measured ? tr("measured %1").arg(text(outcome.measuredText)) : tr("not measured");
    card->second->showVerdict(
        outcome.verdict, tr("expected %1, %2").arg(withSigns(text(outcome.expected)), measured),
        text(outcome.evidence));
    card->second->showExpectation(outcome.asContentSays);
  }
  showFirst(outcomes);
  Q_EMIT summaryChanged(summary());
}

// Brings the first claim judged into view, since a scenario has more claims than fit.
void ClaimsPanel::showFirst(const std::vector<run::ClaimOutcome>& outcomes) {
  for (const auto& [id, card] : claims_) {
    const bool judged = std::ranges::find(outcomes, id, &run::ClaimOutcome::id) != outcomes.end();
    if (judged) return scroll_->ensureWidgetVisible(card, 0, 0);
  }
}

QString ClaimsPanel::summary() const {
  if (claims_.empty()) return {};
  const auto reached = std::count_if(claims_.begin(), claims_.end(), [](const auto& claim) {
    return claim.second->verdict() != lab::Verdict::NotReached;
  });
  return tr("%1 of %2 judged").arg(reached).arg(claims_.size());
}

void ClaimsPanel::setVerifying(int done, int inAll) {
  verify_->setEnabled(false);
  progress_->setRange(0, std::max(inAll, 1));
  progress_->setValue(done);
  progress_->show();
  setStyleProperty(verifyNote_, "role", "secondary");
  verifyNote_->setText(tr("Running experiment %1 of %2").arg(std::min(done + 1, inAll)).arg(inAll));
  verifyNote_->show();
}

void ClaimsPanel::endVerifying(const QString& error) {
  verify_->setEnabled(scenario_ && !scenario_->claims.empty());
  progress_->hide();
  setStyleProperty(verifyNote_, "role", "error");
  verifyNote_->setText(error);
  verifyNote_->setVisible(!error.isEmpty());
}

void ClaimsPanel::judgeRun() {
  if (scenario_) showOutcomes(session_.judge(*scenario_));
}

void ClaimsPanel::refresh() {
  const lab::Frame* frame = session_.frame().get();
  const bool failed = frame != nullptr && frame->state == lab::RunState::Failed;
  failure_->setVisible(failed);
  if (failed) {
    failureText_->setText(tr("At %1, seed %2: %3")
                              .arg(durationText(frame->now.time_since_epoch()))
                              .arg(quint64{frame->seed})
                              .arg(text(frame->note)));
  }
  if (frame != nullptr) refreshChecks(*frame);
  checkBlock_->setVisible(frame != nullptr && !frame->checks.empty());
  placeChecks(frame != nullptr && std::ranges::any_of(frame->checks, [](const auto& check) {
                return check.verdict == lab::Verdict::Fails;
              }));
}

// What is broken in this run comes before what the scenario claims.
void ClaimsPanel::placeChecks(bool first) {
  auto* column = qobject_cast<QVBoxLayout*>(checkBlock_->parentWidget()->layout());
  const int wanted = first ? column->indexOf(failure_) + 1 : column->count() - 2;
  if (column->indexOf(checkBlock_) == wanted) return;
  column->removeWidget(checkBlock_);
  column->insertWidget(wanted, checkBlock_);
}

void ClaimsPanel::refreshChecks(const lab::Frame& frame) {
  std::map<std::string, ClaimCard*> gone = std::exchange(checks_, {});
  for (const lab::CheckResult& check : frame.checks) {
    const auto known = gone.extract(check.id);
    ClaimCard* card =
        known ? known.mapped() : new ClaimCard({}, text(check.text), theme_, checkList_);
    if (!known) {
      card->setObjectName(QStringLiteral("check:") + text(check.id));
      checkList_->layout()->addWidget(card);
    }
    card->showVerdict(check.verdict, {}, text(check.evidence));
    checks_.emplace(check.id, card);
  }
  for (const auto& [id, card] : gone) delete card;
}

void ClaimsPanel::copyReport() {
  if (!session_.frame()) return;
  QGuiApplication::clipboard()->setText(runReport(session_.plan(), *session_.frame()));
}

}  // namespace ringside::views
