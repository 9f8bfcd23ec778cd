// The layout of the architecture, over many shapes and sizes.
#include <QTest>

#include <algorithm>

#include "tests/support/sample_frame.h"
#include "tests/support/sample_parts.h"
#include "views/canvas/topology_geometry.h"
#include "views/canvas/topology_words.h"

namespace ringside::views {
namespace {

lab::TopologyScene randomScene(test::Dice& dice, int nodes) {
  const int columns = 1 + dice.below(std::min(nodes, 9));
  lab::TopologyScene scene = test::manyNodes(nodes, columns, 100, dice.next());
  for (lab::TopologyNode& node : scene.nodes) {
    node.column = dice.below(columns) * (1 + dice.below(2));
    node.row = dice.below(20);
    if (dice.below(3) == 0) node.label = "A component with a long name";
    if (dice.below(3) == 0) node.depthLimit = 0, node.depthName.clear();
  }
  for (int i = 0; i < nodes; ++i) {
    scene.edges.push_back({.from = dice.below(nodes + 2) - 1, .to = dice.below(nodes + 2) - 1});
  }
  return scene;
}

// Parts of a wire lie inside a card that is not one of its ends.
int pointsBehindCards(const lab::TopologyScene& scene, const TopologyGeometry& geometry) {
  int behind = 0;
  for (std::size_t e = 0; e < scene.edges.size(); ++e) {
    if (geometry.wires[e].isEmpty()) continue;
    for (std::size_t n = 0; n < geometry.cards.size(); ++n) {
      const int node = static_cast<int>(n);
      if (node == scene.edges[e].from || node == scene.edges[e].to) continue;
      const QRectF inside = geometry.cards[n].adjusted(3, 3, -3, -3);
      for (int i = 0; i <= 100; ++i) {
        behind += inside.contains(geometry.wires[e].pointAtPercent(i / 100.0)) ? 1 : 0;
      }
    }
  }
  return behind;
}

}  // namespace

class CanvasGeometryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cardsNeverOverlapAndStayInside_data() {
    QTest::addColumn<QSizeF>("pane");
    QTest::newRow("1280x800 window") << QSizeF(560, 250);
    QTest::newRow("1600x1000 window") << QSizeF(640, 340);
    QTest::newRow("maximized") << QSizeF(1500, 820);
    QTest::newRow("narrow and high") << QSizeF(240, 700);
    QTest::newRow("tiny") << QSizeF(120, 60);
    QTest::newRow("no size") << QSizeF(0, 0);
  }

  void cardsNeverOverlapAndStayInside() {
    QFETCH(const QSizeF, pane);
    test::Dice dice(11);
    for (int round = 0; round < 150; ++round) {
      const lab::TopologyScene scene = randomScene(dice, 3 + dice.below(62));
      const TopologyGeometry geometry = layOut(scene, pane);
      const QRectF bounds(QPointF(0, 0), geometry.size);
      QCOMPARE(geometry.cards.size(), scene.nodes.size());
      QCOMPARE(geometry.wires.size(), scene.edges.size());
      for (std::size_t i = 0; i < geometry.cards.size(); ++i) {
        const QRectF& card = geometry.cards[i];
        QVERIFY(bounds.contains(card));
        QVERIFY(card.width() >= TopologyGeometry::kLeastWidth);
        QVERIFY(card.height() >= TopologyGeometry::kLeastHeight);
        for (std::size_t j = 0; j < i; ++j) QVERIFY(!card.intersects(geometry.cards[j]));
      }
    }
  }

  void fillsThePaneWhereCardsFit() {
    const lab::FramePtr frame = test::sampleFrame(test::SampleState::Running);
    for (const QSizeF pane : {QSizeF(560, 250), QSizeF(640, 340), QSizeF(1500, 820)}) {
      QCOMPARE(layOut(frame->topology, pane).size, pane);
    }
  }

  void wiresRunBetweenCardsNotBehindThem() {
    const lab::FramePtr frame = test::sampleFrame(test::SampleState::Running);
    for (const QSizeF pane : {QSizeF(560, 250), QSizeF(640, 340), QSizeF(1000, 600)}) {
      QCOMPARE(pointsBehindCards(frame->topology, layOut(frame->topology, pane)), 0);
    }
  }

  void wiresJoinTheirCards() {
    const lab::FramePtr frame = test::sampleFrame(test::SampleState::Running);
    const TopologyGeometry geometry = layOut(frame->topology, {640, 340});
    for (std::size_t i = 0; i < geometry.wires.size(); ++i) {
      const lab::TopologyEdge& edge = frame->topology.edges[i];
      const QRectF from = geometry.cards[static_cast<std::size_t>(edge.from)];
      const QRectF to = geometry.cards[static_cast<std::size_t>(edge.to)];
      QVERIFY(from.adjusted(-1, -1, 1, 1).contains(geometry.wires[i].pointAtPercent(0)));
      QVERIFY(to.adjusted(-1, -1, 1, 1).contains(geometry.wires[i].pointAtPercent(1)));
    }
  }

  void edgesThatNameNoNodeAreLeftOut() {
    lab::TopologyScene scene = test::manyNodes(3, 3, 0);
    scene.edges = {{.from = -1, .to = 0}, {.from = 0, .to = 3}, {.from = 1, .to = 1}};
    for (const QPainterPath& wire : layOut(scene, {400, 200}).wires) QVERIFY(wire.isEmpty());
  }

  void emptySceneHasNoCards() { QVERIFY(layOut({}, {400, 200}).cards.empty()); }

  void cardsGiveUpTheLeastImportantFirst() {
    const CardNeeds needs{.nameWidth = 60, .widestName = 60, .bar = true, .depth = true};
    const CardDetail all = detailFor({140, 100}, needs);
    QVERIFY(all.icon && all.bar && all.rate && all.latency && all.depth);
    const CardDetail less = detailFor({140, all.height - 1}, needs);
    QVERIFY(less.bar && less.rate && less.latency && !less.depth);
    const CardDetail least = detailFor({140, 20}, needs);
    QVERIFY(!least.bar && !least.rate && !least.depth);
    for (double height = 20; height < 100; ++height) {
      QVERIFY(detailFor({90, height}, needs).height <= std::max(height + 0.5, 25.0));
    }
  }

  void longNamesTakeASecondLine() {
    const CardNeeds needs{.nameWidth = 100, .widestName = 100, .bar = true, .depth = false};
    QVERIFY(detailFor({92, 80}, needs).secondNameRow);
    QVERIFY(!detailFor({140, 80}, needs).secondNameRow);
  }

  void dotsFollowWhatIsInFlight() {
    QCOMPARE(dotCount(0, 400), 0);
    QCOMPARE(dotCount(1, 400), 1);
    QCOMPARE(dotCount(7, 400), 7);
    QVERIFY(dotCount(50'000, 400) > dotCount(50, 400));
    QVERIFY(dotCount(50'000, 60) <= 60 / 8);
    QCOMPARE(dotCount(5, 0), 0);
  }

  void dotsFollowThePace() {
    const lab::TopologyEdge edge{.from = 0, .to = 1, .ratePerSec = 1000, .inFlight = 50};
    // 50 / 1000 s on the way, at a hundredth of real time: 5 s for 300 pixels.
    QCOMPARE(dotSpeed(edge, 300, 0.01), 60.0);
    QVERIFY(dotSpeed(edge, 300, 1e6) <= 240);
    QVERIFY(dotSpeed(edge, 300, 1e-9) >= 1);
    QVERIFY(dotSpeed({}, 300, 1) >= 1);
  }

  void summaryCountsWhatIsOverThreshold() {
    using test::SampleState;
    const TopologySummary idle = summaryOf(test::sampleFrame(SampleState::Idle)->topology);
    QCOMPARE(idle.pill, QStringLiteral("Idle"));
    const TopologySummary well = summaryOf(test::sampleFrame(SampleState::Running)->topology);
    QCOMPARE(well.pill, QStringLiteral("Healthy"));
    QCOMPARE(well.text, QStringLiteral("22 components"));
    const TopologySummary bad = summaryOf(test::sampleFrame(SampleState::ShardKilled)->topology);
    QCOMPARE(bad.pill, QStringLiteral("Degraded"));
    QCOMPARE(bad.tone, Tone::Error);
    QCOMPARE(bad.text, QStringLiteral("3 components over threshold"));
    lab::TopologyScene one;
    one.nodes.resize(1);
    one.nodes[0].depth = 89, one.nodes[0].depthLimit = 100;
    QVERIFY(!isOverThreshold(one.nodes[0]));
    one.nodes[0].depth = 90;
    QCOMPARE(summaryOf(one).text, QStringLiteral("1 component over threshold"));
  }
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::CanvasGeometryTest)
#include "tst_canvas_geometry.moc"
