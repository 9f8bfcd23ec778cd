// The ring on the screen: its caches, its motion, picking a member.
#include <QSignalSpy>
#include <QTest>

#include "tests/support/sample_frame.h"
#include "views/canvas/ring_view.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

lab::RingScene ringOf(test::SampleState state) {
  const lab::FramePtr frame = test::sampleFrame(state);
  for (const lab::NamedScene& named : frame->scenes) {
    if (const auto* ring = std::get_if<lab::RingScene>(&named.scene)) return *ring;
  }
  return {};
}

}  // namespace

class RingViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void picturesAreBuiltOncePerVersion() {
    Stage stage;
    stage.view.grab();
    const int built = stage.view.cacheBuilds();
    for (int i = 0; i < 20; ++i) {
      lab::RingScene scene = stage.scene;
      scene.members[0].loadShare = 0.01 * i;
      stage.view.setScene(scene);
      stage.view.grab();
    }
    QCOMPARE(stage.view.cacheBuilds(), built);
    stage.view.setScene(ringOf(test::SampleState::ShardKilled));
    stage.view.grab();
    QCOMPARE(stage.view.cacheBuilds(), built + 1);
    stage.view.resize(500, 400);
    stage.view.grab();
    QCOMPARE(stage.view.cacheBuilds(), built + 2);
    stage.theme.setMode(Theme::Mode::Light);
    stage.view.grab();
    QCOMPARE(stage.view.cacheBuilds(), built + 3);
  }

  void aChangeOfOwnersMovesAndEnds() {
    Stage stage;
    stage.view.grab();
    stage.view.setScene(ringOf(test::SampleState::ShardKilled));
    QVERIFY(stage.view.isMoving());
    QVERIFY(stage.view.movedShare() > 0);
    QVERIFY(RingView::kMotionMs <= 650);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.view.isMoving(), 3'000);
  }

  void reducedMotionJumpsToTheEnd() {
    Stage stage;
    stage.theme.setReducedMotion(true);
    stage.view.grab();
    stage.view.setScene(ringOf(test::SampleState::ShardKilled));
    QVERIFY(!stage.view.isMoving());
  }

  void sameVersionDoesNotMove() {
    Stage stage;
    stage.view.grab();
    stage.view.setScene(stage.scene);
    QVERIFY(!stage.view.isMoving());
  }

  void keysPickMembersAndEnterTellsWhich() {
    Stage stage;
    QSignalSpy picked(&stage.view, &SceneWidget::pickedByHand);
    QTest::keyClick(&stage.view, Qt::Key_Down);
    QTest::keyClick(&stage.view, Qt::Key_Down);
    QCOMPARE(stage.view.picked(), 1);
    QVERIFY(stage.view.accessibleDescription().contains(QStringLiteral("Current: shard-1")));
    QTest::keyClick(&stage.view, Qt::Key_Return);
    QCOMPARE(picked.takeFirst().at(0).toString(), QStringLiteral("shard-1"));
    QTest::keyClick(&stage.view, Qt::Key_End);
    QCOMPARE(stage.view.picked(), 7);
    QTest::keyClick(&stage.view, Qt::Key_Down);
    QCOMPARE(stage.view.picked(), 7);
  }

  void clickOnTheBandPicksItsOwner() {
    Stage stage;
    const RingLayout layout = layOutRing(QSizeF(stage.view.size()), 8);
    for (const double turn : {0.1, 0.35, 0.6, 0.93}) {
      const QPointF point = onCircle(layout.centre, layout.band - layout.bandWidth / 2, turn);
      const QPointF whole = point.toPoint();
      const QPointF way = whole - layout.centre;
      double at = std::atan2(way.y(), way.x()) / 6.283185307179586 + 0.25;
      at -= std::floor(at);
      QTest::mouseClick(&stage.view, Qt::LeftButton, {}, whole.toPoint());
      QCOMPARE(stage.view.picked(), ownerOf(stage.scene, static_cast<std::uint64_t>(at * 0x1p64)));
    }
  }

  void legendRowsDoNotOverlapAndLieInside() {
    for (const QSize size : {QSize(380, 220), QSize(230, 420), QSize(420, 330)}) {
      Stage stage;
      stage.view.resize(size);
      for (int i = 0; i < stage.view.itemCount(); ++i) {
        QVERIFY(QRectF(stage.view.rect()).contains(stage.view.itemRect(i)));
        for (int j = 0; j < i; ++j) {
          const QRectF a = stage.view.itemRect(i).adjusted(0.5, 0.5, -0.5, -0.5);
          QVERIFY(!a.intersects(stage.view.itemRect(j)));
        }
      }
    }
  }

  void emptyAndOddRingsAreSafe() {
    Stage stage;
    stage.view.setScene({});
    QVERIFY(!stage.view.grab().isNull());
    lab::RingScene odd = stage.scene;
    odd.version = 99;
    odd.members.resize(2);  // Points name members that are not there.
    stage.view.setScene(odd);
    QVERIFY(!stage.view.grab().isNull());
    stage.view.resize(20, 20);
    QVERIFY(!stage.view.grab().isNull());
  }

 private:
  struct Stage {
    Stage() : view(theme) {
      view.resize(420, 330);
      view.setScene(scene);
      view.show();
    }
    lab::RingScene scene = ringOf(test::SampleState::Running);
    Theme theme;
    RingView view;
  };
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::RingViewTest)
#include "tst_ring_view.moc"
