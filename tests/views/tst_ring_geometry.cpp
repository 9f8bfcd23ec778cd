// Who owns which part of the ring, against a slow walk round it.
#include <QTest>

#include <algorithm>
#include <cmath>

#include "tests/support/sample_frame.h"
#include "tests/support/sample_parts.h"
#include "views/canvas/ring_geometry.h"

namespace ringside::views {
namespace {

// The obvious way: the nearest point clockwise, over all of them.
int slowOwner(const lab::RingScene& scene, std::uint64_t hash) {
  int owner = -1;
  std::uint64_t nearest = 0;
  for (const lab::RingPoint& point : scene.points) {
    const std::uint64_t way = point.hash - hash;  // Goes round by itself.
    if (owner < 0 || way < nearest) owner = point.member, nearest = way;
  }
  return owner;
}

lab::RingScene without(lab::RingScene scene, int member) {
  std::erase_if(scene.points, [member](const lab::RingPoint& p) { return p.member == member; });
  ++scene.version;
  const std::vector<double> shares = sharesOf(scene);
  for (std::size_t i = 0; i < shares.size(); ++i) scene.members[i].share = shares[i];
  return scene;
}

}  // namespace

class RingGeometryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ownerIsTheNextPointClockwise() {
    test::Dice dice(3);
    const lab::RingScene scene = test::bigRing(5, 20, 0);
    for (int i = 0; i < 2'000; ++i) {
      const std::uint64_t hash = dice.next();
      QCOMPARE(ownerOf(scene, hash), slowOwner(scene, hash));
    }
    const lab::RingPoint& point = scene.points[7];
    QCOMPARE(ownerOf(scene, point.hash), point.member);
    QCOMPARE(ownerOf(scene, point.hash + 1), scene.points[8].member);
    QCOMPARE(ownerOf(scene, ~std::uint64_t{0}), scene.points.front().member);
    QCOMPARE(ownerOf({}, 1), -1);
  }

  void sharesAddUpToOne() {
    for (std::uint64_t seed = 1; seed < 30; ++seed) {
      const lab::RingScene scene = test::bigRing(static_cast<int>(1 + seed % 9), 40, 0, seed);
      double sum = 0;
      const std::vector<double> shares = sharesOf(scene);
      for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        QVERIFY(std::abs(shares[i] - scene.members[i].share) < 1e-12);
      }
      QVERIFY(std::abs(sum - 1) < 1e-9);
    }
    lab::RingScene one;
    one.members.resize(1);
    one.points = {{42, 0}};
    QCOMPARE(sharesOf(one).at(0), 1.0);
  }

  void pixelsShowTheOwnerAtTheirMiddle() {
    const lab::RingScene scene = test::bigRing(8, 100, 0);
    constexpr int kPixels = 700;
    int covered = 0;
    for (const PixelArc& arc : ownersByPixel(scene, kPixels)) {
      for (int i = arc.first; i < arc.first + arc.count; ++i) {
        const double turn = (i + 0.5) / kPixels;
        QCOMPARE(arc.member, slowOwner(scene, static_cast<std::uint64_t>(turn * 0x1p64)));
      }
      covered += arc.count;
    }
    QCOMPARE(covered, kPixels);
  }

  void pixelsBoundThePictureNotThePoints() {
    const lab::RingScene scene = test::bigRing(10, 1'000, 0);
    QVERIFY(ownersByPixel(scene, 900).size() <= 900);
    QVERIFY(ticksByPixel(scene, 900).size() <= 900);
    QVERIFY(ownersByPixel({}, 900).empty());
    QVERIFY(ticksByPixel({}, 900).empty());
  }

  void aLostMembersArcsAndNoOthersChange() {
    const lab::RingScene before = test::bigRing(6, 50, 0);
    const lab::RingScene after = without(before, 2);
    const std::vector<RingChange> changes = changesBetween(before, after);
    QVERIFY(std::abs(shareOf(changes) - before.members[2].share) < 1e-9);
    for (const RingChange& change : changes) {
      QCOMPARE(ownerOf(before, change.to), 2);
      QCOMPARE(ownerOf(after, change.to), change.member);
    }
  }

  void aNewMemberTakesExactlyItsShare() {
    const lab::RingScene after = test::bigRing(7, 50, 0);
    lab::RingScene before = without(after, 6);
    before.members.pop_back();
    const std::vector<RingChange> changes = changesBetween(before, after);
    QVERIFY(std::abs(shareOf(changes) - after.members[6].share) < 1e-9);
    for (const RingChange& change : changes) QCOMPARE(change.member, 6);
  }

  void changesAreByNameNotByIndex() {
    const lab::RingScene before = test::bigRing(4, 30, 0);
    lab::RingScene renumbered = before;
    std::ranges::reverse(renumbered.members);
    for (lab::RingPoint& point : renumbered.points) point.member = 3 - point.member;
    QVERIFY(changesBetween(before, renumbered).empty());
    QVERIFY(changesBetween(before, before).empty());
    QVERIFY(changesBetween({}, before).empty());
  }

  void shortChangesKeepAPixel() {
    const std::vector<RingChange> changes = {{.from = 5, .to = 6, .member = 1}};
    const std::vector<PixelArc> arcs = changesByPixel(changes, 100);
    QCOMPARE(arcs.size(), std::size_t{1});
    QCOMPARE(arcs[0].member, 1);
    const std::vector<RingChange> over = {
        {.from = ~std::uint64_t{0} - (1ULL << 62U), .to = 1ULL << 62U, .member = 0}};
    int count = 0;
    for (const PixelArc& arc : changesByPixel(over, 100)) count += arc.count;
    QCOMPARE(count, 50);
  }

  void layoutStaysInsideThePane_data() {
    QTest::addColumn<QSizeF>("size");
    QTest::newRow("small pane") << QSizeF(380, 220);
    QTest::newRow("large pane") << QSizeF(420, 330);
    QTest::newRow("narrow") << QSizeF(230, 420);
    QTest::newRow("maximized") << QSizeF(1400, 800);
  }

  void layoutStaysInsideThePane() {
    QFETCH(const QSizeF, size);
    for (int members = 1; members <= 10; ++members) {
      const RingLayout layout = layOutRing(size, members);
      const double reach = layout.band + layout.ticks + 2;
      const QRectF ring(layout.centre.x() - reach, layout.centre.y() - reach, 2 * reach, 2 * reach);
      QVERIFY(QRectF(QPointF(0, 0), size).contains(ring));
      QVERIFY(QRectF(QPointF(0, 0), size).contains(layout.legend));
      QVERIFY(!ring.intersects(layout.legend));
      QVERIFY(layout.keysInner >= 0 && layout.keysInner <= layout.keysOuter);
      QVERIFY(layout.keysOuter < layout.band - layout.bandWidth);
    }
  }

  void largestOverMean() {
    lab::RingScene scene;
    QCOMPARE(maxOverMean(scene), 0.0);
    scene.members.resize(3);
    scene.members[0].share = 0.6, scene.members[1].share = 0.4;  // The third owns nothing.
    QCOMPARE(maxOverMean(scene), 1.2);
  }
};

}  // namespace ringside::views

QTEST_GUILESS_MAIN(ringside::views::RingGeometryTest)
#include "tst_ring_geometry.moc"
