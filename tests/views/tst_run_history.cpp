// The page of kept runs, by mouse and keyboard, over a store in a folder of its own.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "tests/export/sample_record.h"
#include "tests/views/shell_window.h"
#include "views/pages/run_history.h"
#include "views/shell/widgets.h"

using namespace ringside;
using namespace ringside::views;

class TestRunHistory : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    shown_ = std::make_unique<samples::ShownWindow>();
    archive_ =
        std::make_unique<RunArchive>(folder_->filePath(QStringLiteral("runs.db")), store::Limits{});
    history_ = new RunHistory(shown_->theme, *archive_, &shown_->window);
  }
  void cleanup() {
    delete history_;
    archive_.reset();
    shown_.reset();
  }

  void saysWhatWouldBeHere() {
    history_->toggle();
    QTRY_VERIFY(child<EmptyState>("")->isVisible());
    QVERIFY(!child<QPushButton>("historyOpen")->isEnabled());
    QVERIFY(!child<QLineEdit>("historyTags")->isEnabled());
  }

  void listsNewestFirstAndFollowsWhatIsKept() {
    keep({1, 2});
    history_->toggle();
    QTRY_COMPARE(seeds(), list("2 1"));
    keep({3});
    QTRY_COMPARE(seeds(), list("3 2 1"));
    QVERIFY(child<QLabel>("historyAbout")->text().contains(QStringLiteral("fingerprint")));
  }

  void searchesAsOneTypes() {
    keep({1, 22, 333});
    history_->toggle();
    QTRY_COMPARE(seeds().size(), 3);
    auto* search = child<QLineEdit>("historySearch");
    QCOMPARE(QApplication::focusWidget(), search);
    QTest::keyClicks(search, QStringLiteral("seed 22"));
    QTRY_COMPARE(seeds(), list("22"));
    QTest::keyClicks(search, QStringLiteral(" nothing"));
    QTRY_COMPARE(seeds(), QStringList{});
    QVERIFY(child<EmptyState>("")->isVisible());
    search->clear();
    QTRY_COMPARE(seeds().size(), 3);
  }

  void keepsTagsAndNotes() {
    keep({1, 2});
    history_->toggle();
    QTRY_COMPARE(seeds().size(), 2);
    history_->table()->selectRow(1);
    auto* tags = child<QLineEdit>("historyTags");
    tags->setFocus();
    QTest::keyClicks(tags, QStringLiteral("exam, retry"));
    QTest::keyClick(tags, Qt::Key_Return);
    auto* note = child<QLineEdit>("historyNote");
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("see the tail"));
    child<QLineEdit>("historySearch")->setFocus();  // Leaving the field is enough.
    QTRY_COMPARE(cell(1, 5), QStringLiteral("exam, retry"));
    QTRY_COMPARE(cell(1, 6), QStringLiteral("see the tail"));
    auto* filter = child<QComboBox>("historyTag");
    QTRY_COMPARE(filter->count(), 3);
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Down);
    QTRY_COMPARE(seeds(), list("1"));
  }

  void deletesAndBringsBack() {
    keep({1, 2});
    history_->toggle();
    QTRY_COMPARE(seeds().size(), 2);
    QTest::keyClick(child<QLineEdit>("historySearch"), Qt::Key_Down);
    QCOMPARE(QApplication::focusWidget(), history_->table());
    QTest::keyClick(history_->table(), Qt::Key_Delete);
    QTRY_COMPARE(seeds(), list("1"));
    auto* notice = child<Banner>("historyNotice");
    QVERIFY(notice->text().contains(QStringLiteral("seed 2")));
    QTest::mouseClick(notice->findChild<QPushButton*>(), Qt::LeftButton);
    QTRY_COMPARE(seeds(), list("2 1"));
    QTest::mouseClick(child<QPushButton>("historyRemove"), Qt::LeftButton);
    QTRY_COMPARE(seeds().size(), 1);
    QTest::keyClick(history_->table(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(seeds().size(), 2);
  }

  void opensByEnterDoubleClickAndButton() {
    keep({1, 2});
    QSignalSpy wanted(history_, &RunHistory::openWanted);
    history_->toggle();
    QTRY_COMPARE(seeds().size(), 2);
    QTest::keyClick(child<QLineEdit>("historySearch"), Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!history_->isOpen());
    history_->toggle();
    QTRY_COMPARE(seeds().size(), 2);
    QTest::mouseClick(child<QPushButton>("historyOpen"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 2);
    QCOMPARE(wanted[0][0].toLongLong(), qint64{2});
    std::optional<store::Recipe> recipe;
    archive_->recipe(2, [&](const store::Recipe& found) { recipe = found; });
    QTRY_VERIFY(recipe.has_value());
    QCOMPARE(recipe->plan.seed, std::uint64_t{2});
    QCOMPARE(recipe->journal.size(), std::size_t{3});
  }

  void asksForAnExport() {
    keep({1});
    QSignalSpy wanted(history_, &RunHistory::exportWanted);
    history_->toggle();
    QTRY_COMPARE(seeds().size(), 1);
    QTest::mouseClick(child<QPushButton>("historyExport"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!history_->fingerprintOf(wanted[0][0].toLongLong()).empty());
  }

  void setsLimits() {
    history_->toggle();
    auto* most = child<QSpinBox>("historyRuns");
    QCOMPARE(most->value(), 200);
    most->setValue(2);
    QCOMPARE(archive_->limits().runs, std::int64_t{2});
    QCOMPARE(archive_->limits().bytes, std::int64_t{256} << 20);
    keep({1, 2, 3});
    QTRY_COMPARE(seeds(), list("3 2"));
  }

  void namesEveryControl() {
    history_->toggle();
    for (auto* edit : history_->findChildren<QLineEdit*>()) {
      if (edit->objectName().startsWith(QStringLiteral("history"))) {
        QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
      }
    }
    for (auto* box : history_->findChildren<QSpinBox*>()) QVERIFY(!box->accessibleName().isEmpty());
    QVERIFY(!history_->table()->accessibleName().isEmpty());
    QTest::keyClick(child<QLineEdit>("historySearch"), Qt::Key_Escape);
    QVERIFY(!history_->isOpen());
  }

  void losesNothingWhenItEndsAtOnce() {
    keep({1, 2, 3, 4, 5});
    archive_.reset();  // Before the first was written, most likely.
    store::RunStore store({.path = folder_->filePath(QStringLiteral("runs.db")).toStdString(),
                           .nowMs = 1'795'000'000'000});
    QCOMPARE(store.search({}).value().size(), std::size_t{5});
    delete history_;
    history_ = nullptr;
  }

  void saysWhatIsWrongWithTheFile() {
    QSignalSpy trouble(archive_.get(), &RunArchive::trouble);
    RunArchive broken(QStringLiteral("/proc/none/runs.db"), store::Limits{});
    QSignalSpy said(&broken, &RunArchive::trouble);
    QTRY_COMPARE(said.count(), 1);
    QVERIFY(said[0][0].toString().contains(QStringLiteral("kept in memory only")));
    QCOMPARE(trouble.count(), 0);
  }

 private:
  void keep(std::initializer_list<std::uint64_t> wanted) {
    for (const std::uint64_t seed : wanted) {
      auto record = std::make_shared<exports::RunRecord>(exports::sampleRecord());
      record->plan.seed = seed;
      record->frame.fingerprint = 0xABC0 + seed;
      archive_->keep(std::move(record));
    }
  }

  [[nodiscard]] QString cell(int row, int column) const {
    return history_->table()->model()->index(row, column).data().toString();
  }

  static QStringList list(const char* words) {
    return QString::fromLatin1(words).split(QLatin1Char(' '));
  }

  [[nodiscard]] QStringList seeds() const {
    QStringList all;
    for (int i = 0; i < history_->table()->model()->rowCount(); ++i) all << cell(i, 3);
    return all;
  }

  template <class T>
  T* child(const char* name) const {
    return history_->findChild<T*>(QString::fromLatin1(name));
  }

  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<samples::ShownWindow> shown_;
  std::unique_ptr<RunArchive> archive_;
  RunHistory* history_ = nullptr;
};

QTEST_MAIN(TestRunHistory)
#include "tst_run_history.moc"
