// Scenes and charts as tables: what they say, and how little of them changes.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/sample_frame.h"
#include "views/canvas/log_partitions_view.h"
#include "views/canvas/scene_table.h"

namespace ringside::views {

using test::sampleFrame;
using test::SampleState;

class CanvasTablesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreAsWideAsTheHeading() {
    for (const SampleState state :
         {SampleState::Idle, SampleState::Running, SampleState::ShardKilled}) {
      const lab::FramePtr frame = sampleFrame(state);
      std::vector<TableData> tables = {tableOf(frame->topology)};
      for (const lab::NamedScene& named : frame->scenes) {
        tables.push_back(tableOf(named.scene, frame->now));
      }
      for (const lab::Chart& chart : frame->charts) tables.push_back(tableOf(chart));
      for (const TableData& table : tables) {
        QVERIFY(!table.headers.isEmpty());
        for (const QStringList& row : table.rows) QCOMPARE(row.size(), table.headers.size());
      }
    }
  }

  void topologyMatchesTheFrame() {
    const lab::FramePtr frame = sampleFrame(SampleState::ShardKilled);
    const TableData table = tableOf(frame->topology);
    QCOMPARE(table.rows.size(), frame->topology.nodes.size());
    QCOMPARE(table.rows[12].at(0), QStringLiteral("Shard 2"));
    QCOMPARE(table.rows[12].at(1), QStringLiteral("down"));
    QCOMPARE(table.rows[15].at(1), QStringLiteral("degraded, slow x4"));
    QCOMPARE(table.rows[12].at(5), QStringLiteral("connections 7"));
    QCOMPARE(table.rows[12].at(6), QStringLiteral("100"));
  }

  void ringListsMembersNotPoints() {
    const TableData table = tableOf(test::bigRing(5, 2'000, 50'000));
    QCOMPARE(table.rows.size(), std::size_t{5});
    QCOMPARE(table.rows[0].at(2), QStringLiteral("2,000"));
  }

  void logShowsTheLag() {
    lab::LogScene log{
        .partitions = {{.name = "p", .earliest = 0, .highWater = 1'000, .consumed = 400}}};
    QCOMPARE(tableOf(log).rows[0].at(5), QStringLiteral("600"));
    log.partitions[0].consumed = 2'000;  // Ahead of the writer: no lag, not a negative one.
    QCOMPARE(lagOf(log.partitions[0]), std::int64_t{0});
  }

  void chartOverTimeHasARowForEachPoint() {
    const lab::FramePtr frame = sampleFrame(SampleState::Running);
    const TableData table = tableOf(frame->charts[1]);
    QCOMPARE(table.headers, (QStringList{QStringLiteral("time"), QStringLiteral("p50"),
                                         QStringLiteral("p99"), QStringLiteral("p99.9")}));
    QCOMPARE(table.rows.size(), frame->charts[1].series[0].points.size());
  }

  void distributionHasItsLastPercentile() {
    const lab::FramePtr frame = sampleFrame(SampleState::Running);
    const TableData table = tableOf(frame->charts[2]);
    QCOMPARE(table.rows.back().at(0), QStringLiteral("100"));
    QCOMPARE(table.rows.back().at(2), QStringLiteral("488,802"));
  }

  void onlyRowsThatDifferAreReported() {
    SceneTableModel model;
    const QAbstractItemModelTester tester(&model);
    lab::FramePtr frame = sampleFrame(SampleState::Running);
    model.setTable(tableOf(frame->topology));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setTable(tableOf(frame->topology));
    QVERIFY(changed.isEmpty() && reset.isEmpty());
    lab::TopologyScene next = frame->topology;
    next.nodes[3].ratePerSec += 1e5, next.nodes[4].ratePerSec += 1e5, next.nodes[9].depth += 30;
    model.setTable(tableOf(next));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed[0].at(0).toModelIndex().row(), 3);
    QCOMPARE(changed[0].at(1).toModelIndex().row(), 4);
    QCOMPARE(changed[1].at(0).toModelIndex().row(), 9);
    QVERIFY(reset.isEmpty());
  }

  void anotherShapeResets() {
    SceneTableModel model;
    const QAbstractItemModelTester tester(&model);
    const lab::FramePtr frame = sampleFrame(SampleState::Running);
    model.setTable(tableOf(frame->topology));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    lab::TopologyScene fewer = frame->topology;
    fewer.nodes.pop_back();
    model.setTable(tableOf(fewer));
    QCOMPARE(reset.size(), 1);
    model.setTable(tableOf(frame->scenes[0].scene, frame->now));
    QCOMPARE(reset.size(), 2);
    model.setTable({});
    QCOMPARE(reset.size(), 3);
  }

  void aCellReadAloneSaysWhatItIsOf() {
    SceneTableModel model;
    model.setTable(tableOf(sampleFrame(SampleState::ShardKilled)->topology));
    QCOMPARE(model.index(12, 1).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Shard 2, state: down"));
  }
};

}  // namespace ringside::views

QTEST_MAIN(ringside::views::CanvasTablesTest)
#include "tst_canvas_tables.moc"
