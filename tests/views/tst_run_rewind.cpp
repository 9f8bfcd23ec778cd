// Rewinding and forking by mouse and keyboard, over the real worker and the real lab.
#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "engine/labs/catalog.h"
#include "engine/run/run.h"
#include "engine/run/seek.h"
#include "views/run/condition_field.h"
#include "views/run/run_actions.h"
#include "views/run/run_services.h"
#include "views/run/run_session.h"
#include "views/run/timeline_pane.h"
#include "views/run/timeline_view.h"
#include "views/run/transport_bar.h"
#include "views/run/until_popup.h"
#include "views/shell/theme.h"

using namespace ringside;
using namespace std::chrono_literals;
using views::RunActions;
using views::RunSession;
using views::Theme;
using views::TimelinePane;
using views::TimelineView;
using views::TransportBar;

namespace {

constexpr int kPatience = 30'000;

Result<lab::LabInfo> describe(const std::string& id) {
  auto made = labs::make(id);
  if (!made) return made.error();
  return (*made)->describe();
}

run::RunPlan smallPlan() {
  run::RunPlan plan;
  plan.labId = "payment-gateway";
  plan.preset = "corrected";
  plan.seed = 7;
  plan.knobs = {{"tps", 5000}};
  plan.length = 100ms;
  return plan;
}

}  // namespace

class TestRunRewind : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup();
  void stepsBackByTheKeyAndTheButton();
  void goesWhereThePlayheadIsDropped();
  void movesThePlayheadByKeys();
  void forksByTheKeyAndGoesBackByTheTree();
  void forksByAnAct();
  void showsTheKnobsOfThatTime();
  void setsBookmarksAndReturnsToThem();
  void goesToCauseAndEffect();
  void runsUntilAConditionThatIsCompleted();
  void pausesAtABreakpointSwitchedByKey();
  void goesToAnEventOfTheList();
  void completesConditions();

 private:
  void awaitEvents(std::uint64_t events);
  void runTo(std::uint64_t events);
  std::uint64_t fingerprintAt(std::uint64_t events) const;
  TimelineView& timeline() { return *pane_->view(); }

  std::unique_ptr<Theme> theme_;
  std::unique_ptr<RunSession> session_;
  std::unique_ptr<QWidget> window_;
  RunActions* actions_ = nullptr;
  TransportBar* bar_ = nullptr;
  TimelinePane* pane_ = nullptr;
};

void TestRunRewind::init() {
  theme_ = std::make_unique<Theme>();
  session_ = std::make_unique<RunSession>(views::engineServices(describe));
  window_ = std::make_unique<QWidget>();
  window_->resize(1200, 260);
  actions_ = new RunActions(*session_, *theme_, window_.get());
  bar_ = new TransportBar(*session_, *actions_, *theme_, window_.get());
  pane_ = new TimelinePane(*session_, *theme_, window_.get());
  bar_->move(0, 0);
  pane_->setGeometry(0, 120, 1200, 120);
  for (QAction* action : actions_->all()) window_->addAction(action);
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  QVERIFY(session_->open(smallPlan()));
  QTRY_VERIFY_WITH_TIMEOUT(session_->frame() != nullptr, kPatience);
  session_->start(run::Pace::Fast);
  QTRY_COMPARE_WITH_TIMEOUT(session_->state(), lab::RunState::Finished, kPatience);
}

void TestRunRewind::cleanup() {
  window_.reset();
  session_.reset();
}

void TestRunRewind::awaitEvents(std::uint64_t events) {
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->events, events, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(!session_->travelled(), kPatience);
}

void TestRunRewind::runTo(std::uint64_t events) {
  session_->seek(run::Goal::event(events));
  awaitEvents(events);
}

std::uint64_t TestRunRewind::fingerprintAt(std::uint64_t events) const {
  auto run = run::Run::replay(session_->plan(), session_->journal());
  run::travel(**run, run::Goal::event(events), ~std::uint64_t{0});
  return (*run)->fingerprint();
}

void TestRunRewind::stepsBackByTheKeyAndTheButton() {
  runTo(900);
  QTest::keyClick(window_.get(), Qt::Key_F4, Qt::ShiftModifier);
  awaitEvents(899);
  QCOMPARE(session_->frame()->fingerprint, fingerprintAt(899));
  auto* button = bar_->findChild<QToolButton*>(QStringLiteral("run.stepBack"));
  QVERIFY(button != nullptr);
  QVERIFY(!button->accessibleName().isEmpty());
  QTest::mouseClick(button, Qt::LeftButton);
  awaitEvents(898);
  QCOMPARE(session_->frame()->fingerprint, fingerprintAt(898));
  QTest::keyClick(window_.get(), Qt::Key_F4);
  awaitEvents(899);
}

void TestRunRewind::goesWhereThePlayheadIsDropped() {
  const auto& geometry = timeline().geometryOfTime();
  const QPoint from(static_cast<int>(geometry.x(session_->frame()->now)), 20);
  const QPoint to(static_cast<int>(geometry.x(Instant(40ms))), 20);
  const Instant expected = geometry.at(to.x());
  QTest::mousePress(&timeline(), Qt::LeftButton, {}, from);
  QTest::mouseMove(&timeline(), (from + to) / 2);
  QTest::mouseMove(&timeline(), to);
  QTest::mouseRelease(&timeline(), Qt::LeftButton, {}, to);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->now, expected, kPatience);
  QCOMPARE(session_->frame()->fingerprint, fingerprintAt(session_->frame()->events));
  QCOMPARE(session_->state(), lab::RunState::Paused);
}

void TestRunRewind::movesThePlayheadByKeys() {
  timeline().setFocus();
  QTest::keyClick(&timeline(), Qt::Key_Left, Qt::ShiftModifier);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->now, Instant(99ms), kPatience);
  QTest::keyClick(&timeline(), Qt::Key_Left, Qt::ShiftModifier);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->now, Instant(98ms), kPatience);
  QTest::keyClick(&timeline(), Qt::Key_Right, Qt::ShiftModifier);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->now, Instant(99ms), kPatience);
}

void TestRunRewind::forksByTheKeyAndGoesBackByTheTree() {
  const std::uint64_t last = session_->frame()->fingerprint;
  const std::uint64_t all = session_->frame()->events;
  runTo(1000);
  QTest::keyClick(window_.get(), Qt::Key_F);
  QTRY_COMPARE_WITH_TIMEOUT(session_->story().branches.size(), std::size_t{2}, kPatience);
  session_->turnKnob(QStringLiteral("step.bank"), 5e6);
  session_->start(run::Pace::Fast);
  QTRY_COMPARE_WITH_TIMEOUT(session_->state(), lab::RunState::Finished, kPatience);
  QVERIFY(session_->frame()->fingerprint != last);
  QCOMPARE(session_->story().branches.size(), std::size_t{2});
  QTest::keyClick(window_.get(), Qt::Key_J, Qt::ControlModifier);
  auto* tree = bar_->findChild<QTreeWidget*>(QStringLiteral("story"));
  QTRY_VERIFY(tree->isVisible());
  QCOMPARE(tree->topLevelItemCount(), 1);
  QCOMPARE(tree->topLevelItem(0)->childCount(), 1);
  QVERIFY(tree->currentItem() == tree->topLevelItem(0)->child(0));
  QTest::keyClick(tree, Qt::Key_Up);
  QTest::keyClick(tree, Qt::Key_Return);
  awaitEvents(all);
  QCOMPARE(session_->frame()->fingerprint, last);
  QCOMPARE(session_->story().current, 0);
}

// Doing something different in the past keeps what was.
void TestRunRewind::forksByAnAct() {
  const std::uint64_t last = session_->frame()->fingerprint;
  runTo(500);
  QVERIFY(session_->inject({"kill_l2", {}, 10ms}).has_value());
  QTRY_COMPARE_WITH_TIMEOUT(session_->story().branches.size(), std::size_t{2}, kPatience);
  QCOMPARE(session_->story().branch().forked.events, 500U);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->faults.size(), std::size_t{1}, kPatience);
  session_->switchBranch(0);
  session_->seek(run::Goal::time(Instant(100ms)));
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->fingerprint, last, kPatience);
}

void TestRunRewind::showsTheKnobsOfThatTime() {
  const double first = session_->knobs().wanted("step.bank");
  runTo(500);
  session_->turnKnob(QStringLiteral("step.bank"), 7e6);
  session_->runUntilEvent(700);
  awaitEvents(700);
  QCOMPARE(session_->knobs().wanted("step.bank"), 7e6);
  runTo(300);
  QTRY_COMPARE_WITH_TIMEOUT(session_->knobs().wanted("step.bank"), first, kPatience);
  QVERIFY(!session_->undoStack()->canUndo());
  runTo(600);
  QTRY_COMPARE_WITH_TIMEOUT(session_->knobs().wanted("step.bank"), 7e6, kPatience);
}

void TestRunRewind::setsBookmarksAndReturnsToThem() {
  runTo(400);
  QTest::keyClick(window_.get(), Qt::Key_M);
  QTRY_COMPARE_WITH_TIMEOUT(session_->story().bookmarks.size(), std::size_t{1}, kPatience);
  runTo(800);
  QTest::keyClick(window_.get(), Qt::Key_M, Qt::ShiftModifier);
  awaitEvents(400);
  QTest::keyClick(window_.get(), Qt::Key_J, Qt::ControlModifier);
  auto* tree = bar_->findChild<QTreeWidget*>(QStringLiteral("story"));
  QTRY_VERIFY(tree->isVisible());
  tree->setCurrentItem(tree->topLevelItem(0)->child(0));
  QTest::keyClick(tree, Qt::Key_Delete);
  QTRY_VERIFY_WITH_TIMEOUT(session_->story().bookmarks.empty(), kPatience);
}

void TestRunRewind::goesToCauseAndEffect() {
  runTo(700);
  QTRY_VERIFY_WITH_TIMEOUT(!session_->frame()->recent.empty(), kPatience);
  const std::uint64_t cause = session_->frame()->recent.back().cause;
  QTest::keyClick(window_.get(), Qt::Key_Left, Qt::ControlModifier);
  awaitEvents(cause);
  QTest::keyClick(window_.get(), Qt::Key_Right, Qt::ControlModifier);
  QTRY_VERIFY_WITH_TIMEOUT(
      !session_->frame()->recent.empty() && session_->frame()->recent.back().cause == cause,
      kPatience);
}

void TestRunRewind::runsUntilAConditionThatIsCompleted() {
  runTo(0);
  QTest::keyClick(window_.get(), Qt::Key_F5, Qt::ControlModifier);
  auto* field = bar_->findChild<views::ConditionField*>(QStringLiteral("untilField"));
  QTRY_VERIFY(field->isVisible());
  QTest::keyClicks(field, QStringLiteral("value(offered) == 20"));
  QTest::keyClick(field, Qt::Key_Return);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->note, std::string("value(offered) == 20"),
                            kPatience);
  QCOMPARE(session_->state(), lab::RunState::Paused);
}

void TestRunRewind::pausesAtABreakpointSwitchedByKey() {
  runTo(0);
  QTest::keyClick(window_.get(), Qt::Key_F9);
  auto* field = bar_->findChild<views::ConditionField*>(QStringLiteral("breakpointField"));
  QTRY_VERIFY(field->isVisible());
  QTest::keyClicks(field, QStringLiteral("value(offered) == 30"));
  QTest::keyClick(field, Qt::Key_Return);
  QCOMPARE(session_->breakpoints().size(), std::size_t{1});
  auto* list = bar_->findChild<QListWidget*>(QStringLiteral("breakpoints"));
  list->setCurrentRow(0);
  QTest::keyClick(list, Qt::Key_Space);
  QVERIFY(!session_->breakpoints()[0].on);
  QTest::keyClick(list, Qt::Key_Space);
  QVERIFY(session_->breakpoints()[0].on);
  list->window()->hide();
  session_->start(run::Pace::Fast);
  QTRY_COMPARE_WITH_TIMEOUT(session_->frame()->note, std::string("value(offered) == 30"),
                            kPatience);
  QTest::keyClick(list, Qt::Key_Delete);
  QVERIFY(session_->breakpoints().empty());
}

void TestRunRewind::goesToAnEventOfTheList() {
  runTo(600);
  QTRY_VERIFY_WITH_TIMEOUT(!session_->frame()->recent.empty(), kPatience);
  pane_->setTableShown(true);
  auto* table = pane_->findChild<QTableView*>();
  QVERIFY(table->model()->rowCount() >= 256);
  auto* filter = pane_->findChild<QLineEdit*>(QStringLiteral("eventFilter"));
  filter->setFocus();
  QTest::keyClicks(filter, QStringLiteral("event 555"));
  QTRY_VERIFY(table->model()->rowCount() < 20);  // It, and what it caused.
  table->setFocus();
  table->setCurrentIndex(table->model()->index(0, 0));
  QTest::keyClick(table, Qt::Key_Return);
  awaitEvents(555);
}

void TestRunRewind::completesConditions() {
  const auto names = session_->conditionNames();
  QVERIFY(names != nullptr);
  const auto offered = [&](const char* typed) {
    return views::completionsOf(QString::fromLatin1(typed), *names);
  };
  QCOMPARE(offered("dep"), QStringList{QStringLiteral("depth(")});
  QVERIFY(offered("p99(lat").contains(QStringLiteral("p99(payment.latency)")));
  QVERIFY(offered("event(kill").contains(QStringLiteral("event(kill_shard)")));
  QCOMPARE(offered("state(breaker.card) == op"),
           QStringList{QStringLiteral("state(breaker.card) == open")});
  QVERIFY(offered("nonsense").isEmpty());
}

QTEST_MAIN(TestRunRewind)
#include "tst_run_rewind.moc"
