// The tabs of a lab's insides: one widget a vocabulary, keyboard, words, odd values.
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

#include <algorithm>
#include <limits>

#include "tests/support/sample_frame.h"
#include "views/canvas/cache_levels_view.h"
#include "views/canvas/internals_view.h"
#include "views/canvas/ledger_view.h"
#include "views/canvas/log_partitions_view.h"
#include "views/canvas/ring_view.h"
#include "views/canvas/state_machine_view.h"
#include "views/canvas/table_flip.h"
#include "views/canvas/topology_view.h"
#include "views/shell/theme.h"

namespace ringside::views {

using test::sampleFrame;
using test::SampleState;

class CanvasInternalsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTabForEachSceneByItsVocabulary() {
    Stage stage;
    QCOMPARE(stage.view.tabCount(), 5);
    QVERIFY(stage.show<RingView>("Hash ring"));
    QVERIFY(stage.show<StateMachineView>("Breakers"));
    QVERIFY(stage.show<CacheLevelsView>("Caches"));
    QVERIFY(stage.show<LogPartitionsView>("Log"));
    QVERIFY(stage.show<LedgerView>("Ledger"));
  }

  void framesKeepTheTabAndItsWidget() {
    Stage stage;
    auto* caches = stage.show<CacheLevelsView>("Caches");
    stage.view.setFrame(sampleFrame(SampleState::ShardKilled));
    QCOMPARE(stage.view.currentTab(), QStringLiteral("Caches"));
    QCOMPARE(stage.view.currentPicture(), caches);
    QVERIFY(caches->itemText(1).contains(QStringLiteral("degraded")));
  }

  void onlyTheTabInFrontIsBroughtUpToDate() {
    Stage stage;
    auto* ledger = stage.show<LedgerView>("Ledger");
    stage.view.showTab(QStringLiteral("Caches"));
    stage.view.setFrame(sampleFrame(SampleState::ShardKilled));
    QVERIFY(ledger->headline().contains(QStringLiteral("add up to 0")));
    stage.view.showTab(QStringLiteral("Ledger"));
    QVERIFY(ledger->headline().contains(QStringLiteral("12.50")));
  }

  void otherScenesMakeOtherTabs() {
    Stage stage;
    auto frame = std::make_shared<lab::Frame>(*sampleFrame(SampleState::Running));
    frame->scenes = {{"Twice", lab::LogScene{}}, {"Map", frame->topology}};
    stage.view.setFrame(frame);
    QCOMPARE(stage.view.tabCount(), 2);
    QVERIFY(stage.show<TopologyView>("Map"));
    stage.view.setFrame(nullptr);
    QCOMPARE(stage.view.tabCount(), 0);
    QVERIFY(!stage.view.grab().isNull());
  }

  void keysWalkTheItemsOfEveryView_data() {
    QTest::addColumn<QString>("tab");
    for (const char* tab : {"Hash ring", "Breakers", "Caches", "Log", "Ledger"}) {
      QTest::newRow(tab) << QString::fromLatin1(tab);
    }
  }

  void keysWalkTheItemsOfEveryView() {
    QFETCH(const QString, tab);
    Stage stage;
    stage.view.showTab(tab);
    auto* scene = qobject_cast<SceneWidget*>(stage.view.currentPicture());
    QVERIFY(scene);
    QSignalSpy picked(&stage.view, &InternalsView::picked);
    for (int i = 0; i < scene->itemCount(); ++i) {
      QTest::keyClick(scene, Qt::Key_Down);
      QCOMPARE(scene->picked(), i);
      QTest::keyClick(scene, Qt::Key_Return);
      QCOMPARE(picked.takeFirst().at(0).toString(), scene->itemName(i));
      QVERIFY(scene->accessibleDescription().contains(scene->itemText(i)));
    }
    QVERIFY(scene->itemCount() >= 3);
    QVERIFY(!scene->accessibleName().isEmpty());
    QVERIFY(scene->focusPolicy() != Qt::NoFocus);
  }

  void itemsLieInsideTheHeightTheViewAsksFor_data() { keysWalkTheItemsOfEveryView_data(); }

  void itemsLieInsideTheHeightTheViewAsksFor() {
    QFETCH(const QString, tab);
    for (const QSize size : {QSize(380, 290), QSize(420, 370), QSize(900, 600), QSize(240, 200)}) {
      Stage stage(size);
      stage.view.showTab(tab);
      const auto* scene = qobject_cast<SceneWidget*>(stage.view.currentPicture());
      for (int i = 0; i < scene->itemCount(); ++i) {
        QVERIFY2(QRectF(scene->rect()).contains(scene->itemRect(i)), qPrintable(tab));
      }
    }
  }

  void machineStatesDoNotOverlap() {
    lab::StateMachineScene scene;
    for (int states = 1; states <= 9; ++states) {
      lab::StateMachine machine{.name = "m", .states = {}, .transitions = {}, .facts = {}};
      for (int i = 0; i < states; ++i) machine.states.push_back("state " + std::to_string(i));
      machine.transitions = {{0, states - 1}, {states - 1, 0}, {-1, 0}, {0, states}};
      machine.facts.resize(static_cast<std::size_t>(states));
      scene.machines.push_back(machine);
    }
    for (const double width : {220.0, 380.0, 640.0, 1200.0}) {
      for (const MachineGeometry& place : layOutMachines(scene, width)) {
        for (std::size_t i = 0; i < place.states.size(); ++i) {
          QVERIFY(place.block.contains(place.states[i]));
          for (std::size_t j = 0; j < i; ++j) QVERIFY(!place.states[i].intersects(place.states[j]));
        }
        for (const QRectF& fact : place.facts) QVERIFY(place.block.contains(fact));
      }
    }
  }

  void aBreakerTellsItsStateAndWhenItEnds() {
    Stage stage(QSize(420, 370), SampleState::ShardKilled);
    auto* breakers = stage.show<StateMachineView>("Breakers");
    const QString text = breakers->itemText(0);
    QVERIFY(text.contains(QStringLiteral("card: open")));
    QVERIFY(text.contains(QStringLiteral("ends in 27 ms")));
    QVERIFY(!breakers->itemText(1).contains(QStringLiteral("ends in")));
  }

  void aBrokenLedgerSaysSo() {
    Stage stage(QSize(420, 370), SampleState::ShardKilled);
    auto* ledger = stage.show<LedgerView>("Ledger");
    QVERIFY(ledger->headline().contains(QStringLiteral("must be 0")));
    QVERIFY(ledger->itemText(2).contains(QStringLiteral("must be 0")));
    QVERIFY(ledger->itemText(3).contains(QStringLiteral("as it must be")));
  }

  void highlightPicksTheComponentsItem() {
    Stage stage;
    auto* ring = stage.show<RingView>("Hash ring");
    stage.view.highlight(QStringLiteral("shard-3"));
    QCOMPARE(ring->picked(), 3);
    stage.view.highlight(QStringLiteral("no such thing"));
    QCOMPARE(ring->picked(), 3);
  }

  void f2ShowsTheTabAsATableAndBack() {
    Stage stage;
    stage.show<CacheLevelsView>("Caches");
    stage.view.currentPicture()->setFocus();
    QTest::keyClick(stage.view.currentPicture(), Qt::Key_F2);
    QVERIFY(stage.view.currentFlip()->showsTable());
    QCOMPARE(stage.view.currentFlip()->table()->sceneModel().rowCount(), 3);
    QTest::keyClick(stage.view.currentFlip()->table(), Qt::Key_F2);
    QVERIFY(!stage.view.currentFlip()->showsTable());
  }

  void valuesWithoutSenseAreSafe() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    auto frame = std::make_shared<lab::Frame>();
    lab::CacheLevel level{.name = "L1"};
    level.entries = level.capacity = level.hitRatio = level.hits = nan;
    lab::StateMachine machine{.name = "m", .states = {"a"}, .transitions = {}, .facts = {}};
    machine.current = 7, machine.transitions = {{0, 3}}, machine.nextAt = Instant{};
    frame->scenes = {
        {"Caches", lab::CacheScene{.levels = {level}}},
        {"Log", lab::LogScene{{{.name = "p", .earliest = 9, .consumed = -4, .buffered = nan}}}},
        {"Machines", lab::StateMachineScene{{machine, {}}}},
        {"Ring", lab::RingScene{}},
        {"Ledger", lab::LedgerScene{}}};
    frame->now = Instant{std::chrono::seconds(5)};
    Stage stage;
    stage.view.setFrame(frame);
    for (const lab::NamedScene& named : frame->scenes) {
      stage.view.showTab(QString::fromStdString(named.name));
      QVERIFY(!stage.view.grab().isNull());
    }
  }

 private:
  struct Stage {
    explicit Stage(QSize size = {420, 370}, SampleState state = SampleState::Running)
        : view(theme) {
      view.resize(size);
      view.setFrame(sampleFrame(state));
      view.show();
    }
    template <class View>
    View* show(const char* tab) {
      view.showTab(QString::fromLatin1(tab));
      return qobject_cast<View*>(view.currentPicture());
    }
    Theme theme;
    InternalsView view;
  };
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::CanvasInternalsTest)
#include "tst_canvas_internals.moc"
