// The architecture view under the hand: selection, zoom, motion, description.
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <limits>
#include <set>
#include <vector>

#include "tests/support/sample_frame.h"
#include "views/canvas/canvas_pane.h"
#include "views/canvas/topology_items.h"
#include "views/shell/theme.h"

namespace ringside::views {

using test::sampleFrame;
using test::SampleState;

class CanvasTopologyTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    // The offscreen platform says so of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*propagateSizeHints)")));
  }

  void clickSelectsAndVoidDeselects() {
    Stage stage;
    QSignalSpy selected(&stage.view, &TopologyView::selected);
    stage.click(stage.cardOf("gateway-3").center());
    QCOMPARE(stage.view.selectedNode(), QStringLiteral("gateway-3"));
    QCOMPARE(selected.takeFirst().at(0).toString(), QStringLiteral("gateway-3"));
    stage.click(stage.cardOf("gateway-3").center());
    QVERIFY(selected.isEmpty());
    stage.click({3, 3});
    QCOMPARE(selected.takeFirst().at(0).toString(), QString());
  }

  void arrowsGoToTheNearestAndEnterSelects() {
    Stage stage;
    QSignalSpy selected(&stage.view, &TopologyView::selected);
    stage.view.setFocus();
    stage.view.select(QStringLiteral("gateway-2"));
    QTest::keyClick(&stage.view, Qt::Key_Down);
    QCOMPARE(stage.view.currentNode(), QStringLiteral("gateway-3"));
    QTest::keyClick(&stage.view, Qt::Key_Up);
    QTest::keyClick(&stage.view, Qt::Key_Up);
    QCOMPARE(stage.view.currentNode(), QStringLiteral("gateway-1"));
    QVERIFY(selected.isEmpty());
    QTest::keyClick(&stage.view, Qt::Key_Return);
    QCOMPARE(selected.takeFirst().at(0).toString(), QStringLiteral("gateway-1"));
  }

  void everyComponentIsReachedByArrows() {
    Stage stage;
    std::set<QString> seen{stage.view.currentNode()};
    std::vector<QString> open(seen.begin(), seen.end());
    while (!open.empty()) {
      const QString from = open.back();
      open.pop_back();
      for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Left}) {
        stage.view.select(from);
        QTest::keyClick(&stage.view, key);
        if (seen.insert(stage.view.currentNode()).second) open.push_back(stage.view.currentNode());
      }
    }
    QCOMPARE(seen.size(), stage.view.topology().nodes.size());
  }

  void tabGoesThroughAllAndThenOn() {
    QWidget window;
    Theme theme;
    TopologyView view(theme, &window);
    QWidget after(&window);
    after.setFocusPolicy(Qt::StrongFocus);
    view.setFrame(sampleFrame(SampleState::Running));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    view.setFocus(Qt::TabFocusReason);
    for (std::size_t i = 1; i < view.topology().nodes.size(); ++i) {
      QTest::keyClick(&view, Qt::Key_Tab);
      QVERIFY(view.hasFocus());
    }
    QCOMPARE(view.currentNode(), QStringLiteral("notifications"));
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY(!view.hasFocus());
  }

  void zeroFitsAndWheelZoomsWithControlAlone() {
    Stage stage;
    stage.wheel(Qt::NoModifier);
    QCOMPARE(stage.view.zoom(), 1.0);
    stage.wheel(Qt::ControlModifier);
    QVERIFY(stage.view.zoom() > 1);
    QTest::keyClick(&stage.view, Qt::Key_0);
    QCOMPARE(stage.view.zoom(), 1.0);
    for (int i = 0; i < 40; ++i) QTest::keyClick(&stage.view, Qt::Key_Plus);
    QVERIFY(stage.view.zoom() <= 4);
    QVERIFY(!stage.view.grab().isNull());
    for (int i = 0; i < 40; ++i) QTest::keyClick(&stage.view, Qt::Key_Minus);
    QVERIFY(!stage.view.grab().isNull());
  }

  void dotsMoveUnlessMotionIsReduced() {
    Stage stage;
    const auto travelled = [&] {
      double most = 0;
      for (const EdgeItem* edge : stage.view.edges()) most = std::max(most, edge->travelled());
      return most;
    };
    stage.view.advanceMotion(0.5, 0.01);
    const double before = travelled();
    QVERIFY(before > 0);
    stage.theme.setReducedMotion(true);
    stage.view.advanceMotion(0.5, 0.01);
    QCOMPARE(travelled(), before);
  }

  void dotsStandStillWhileNothingRuns() {
    Stage stage(SampleState::Failed);
    stage.view.setFrame(sampleFrame(SampleState::Failed));
    for (const EdgeItem* edge : stage.view.edges()) QCOMPARE(edge->travelled(), 0.0);
  }

  void selectionOutlivesFramesAndLeavesWithItsNode() {
    Stage stage;
    stage.view.select(QStringLiteral("shard-2"));
    stage.view.setFrame(sampleFrame(SampleState::ShardKilled));
    QCOMPARE(stage.view.selectedNode(), QStringLiteral("shard-2"));
    auto smaller = std::make_shared<lab::Frame>(*sampleFrame(SampleState::Running));
    smaller->topology.nodes.resize(5);
    stage.view.setFrame(smaller);
    QCOMPARE(stage.view.selectedNode(), QString());
    QVERIFY(!stage.view.grab().isNull());
  }

  void headerFollowsTheRun() {
    Stage stage;
    QSignalSpy changed(&stage.view, &TopologyView::summaryChanged);
    stage.view.setFrame(sampleFrame(SampleState::Running, 7, 1));
    QVERIFY(changed.isEmpty());
    stage.view.setFrame(sampleFrame(SampleState::ShardKilled));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(stage.view.summary().pill, QStringLiteral("Degraded"));
  }

  void saysWhatItShows() {
    Stage stage(SampleState::ShardKilled);
    QVERIFY(!stage.view.accessibleName().isEmpty());
    const QString text = stage.view.accessibleDescription();
    QVERIFY(text.contains(QStringLiteral("3 components over threshold")));
    QVERIFY(text.contains(QStringLiteral("Shard 2, down")));
  }

  void survivesFramesWithoutSense() {
    Stage stage;
    auto odd = std::make_shared<lab::Frame>(*sampleFrame(SampleState::Running));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (lab::TopologyNode& node : odd->topology.nodes) {
      node.ratePerSec = node.latencyNanos = node.depth = node.utilisation = nan;
    }
    for (lab::TopologyEdge& edge : odd->topology.edges) edge.inFlight = edge.errorRatio = nan;
    stage.view.setFrame(odd);
    stage.view.advanceMotion(0.1, nan);
    QVERIFY(!stage.view.grab().isNull());
    stage.view.setFrame(std::make_shared<lab::Frame>());
    QVERIFY(!stage.view.grab().isNull());
    stage.view.setFrame(nullptr);
    QTest::keyClick(&stage.view, Qt::Key_Right);
    QTest::keyClick(&stage.view, Qt::Key_Return);
    QVERIFY(!stage.view.grab().isNull());
  }

  void f2TurnsThePictureIntoATable() {
    Theme theme;
    CanvasPane pane(theme);
    pane.resize(560, 250);
    pane.setFrame(sampleFrame(SampleState::ShardKilled));
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane));
    pane.view().setFocus();
    QTest::keyClick(&pane.view(), Qt::Key_F2);
    QVERIFY(pane.showsTable() && pane.table()->hasFocus());
    QCOMPARE(pane.table()->sceneModel().rowCount(), 22);
    QSignalSpy selected(&pane, &CanvasPane::selected);
    pane.table()->setCurrentIndex(pane.table()->model()->index(12, 0));
    QTest::keyClick(pane.table(), Qt::Key_Return);
    QCOMPARE(selected.takeFirst().at(0).toString(), QStringLiteral("shard-2"));
    QTest::keyClick(pane.table(), Qt::Key_F2);
    QVERIFY(!pane.showsTable());
  }

 private:
  struct Stage {
    explicit Stage(SampleState state = SampleState::Running) : view(theme) {
      view.resize(640, 340);
      view.setFrame(sampleFrame(state));
      view.show();
      view.activateWindow();
    }
    QRectF cardOf(const char* id) const {
      const auto& nodes = view.topology().nodes;
      const auto at = std::ranges::find(nodes, id, &lab::TopologyNode::id) - nodes.begin();
      return view.geometryOfCards().cards[static_cast<std::size_t>(at)];
    }
    void click(QPointF scene) {
      QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.mapFromScene(scene));
    }
    void wheel(Qt::KeyboardModifiers keys) {
      QWheelEvent event({100, 100}, view.mapToGlobal(QPointF(100, 100)), {}, {0, 120}, {}, keys,
                        Qt::NoScrollPhase, false);
      QApplication::sendEvent(view.viewport(), &event);
    }
    Theme theme;
    TopologyView view;
  };
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::CanvasTopologyTest)
#include "tst_canvas_topology.moc"
