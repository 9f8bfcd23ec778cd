#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include "views/run/export_dialog.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

using namespace ringside;

// The export dialog: form, progress, cancel, result and errors, with a writer the test holds.
class TestRunExport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    theme_ = std::make_unique<views::Theme>();
    theme_->setMode(views::Theme::Mode::Dark);
    wished_ = {};
    calls_ = 0;
  }

  void writesWhatWasChosenAndSaysSo() {
    auto dialog = make([this](const views::ExportWish& wish, const views::ExportTold& tell) {
      wished_ = wish;
      tell(0.5);
      views::ExportOutcome outcome;
      outcome.files = {"a", "b"};
      return Result<views::ExportOutcome>(outcome);
    });
    QSignalSpy exported(dialog.get(), &views::ExportDialog::exported);
    QVERIFY(!go(*dialog)->isEnabled());  // No folder yet, and no reproach for it.
    QVERIFY(error(*dialog)->isHidden());
    dialog->setFolder(folder_.path());
    QTest::mouseClick(dialog->findChild<QCheckBox*>(QStringLiteral("format:json")), Qt::LeftButton,
                      {}, QPoint(8, 12));
    QTest::mouseClick(go(*dialog), Qt::LeftButton);
    QTRY_COMPARE(exported.count(), 1);
    QCOMPARE(wished_.formats, (std::vector<std::string>{"csv", "trace"}));
    QCOMPARE(QString::fromStdString(wished_.folder), folder_.path());
    QCOMPARE(result(*dialog)->text(), QStringLiteral("2 files written."));
    QVERIFY(!buttonNamed(*dialog, QStringLiteral("Open folder"))->isHidden());
    QVERIFY(!dialog->isBusy());
  }

  void showsAnErrorWithRetry() {
    auto dialog = make([this](const views::ExportWish&, const views::ExportTold&) {
      ++calls_;
      if (calls_ == 1) {
        return Result<views::ExportOutcome>(Error{"/out/metrics.csv: No space left on device"});
      }
      return Result<views::ExportOutcome>(views::ExportOutcome{{"a"}, false});
    });
    dialog->setFolder(folder_.path());
    QTest::mouseClick(go(*dialog), Qt::LeftButton);
    QTRY_COMPARE(result(*dialog)->text(),
                 QStringLiteral("Export failed: /out/metrics.csv: No space left on device"));
    const QString pictures = qEnvironmentVariable("RINGSIDE_SHOTS");
    if (!pictures.isEmpty()) {
      QCoreApplication::processEvents();
      QVERIFY(dialog->grab().save(pictures + QStringLiteral("/export_failed.png")));
    }
    QTest::mouseClick(buttonNamed(*dialog, QStringLiteral("Retry")), Qt::LeftButton);
    QTRY_COMPARE(result(*dialog)->text(), QStringLiteral("1 file written."));
  }

  void cancelsWhileItWrites() {
    std::atomic<bool> started = false;
    auto dialog = make([&](const views::ExportWish&, const views::ExportTold& tell) {
      started = true;
      while (tell(0.25)) std::this_thread::yield();
      return Result<views::ExportOutcome>(views::ExportOutcome{{"a"}, true});
    });
    dialog->setFolder(folder_.path());
    QTest::mouseClick(go(*dialog), Qt::LeftButton);
    QTRY_VERIFY(started);
    auto* progress = dialog->findChild<QProgressBar*>();
    QTRY_COMPARE(progress->value(), 25);
    auto* cancel = dialog->findChild<QPushButton*>(QStringLiteral("exportCancel"));
    QCOMPARE(cancel->text(), QStringLiteral("Cancel"));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog->isBusy());
    QVERIFY(dialog->isVisible());  // The first Esc stops the export, the next closes.
    QVERIFY(result(*dialog)->text().startsWith(QStringLiteral("Cancelled")));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
  }

  void stopsItsThreadWhenItIsDestroyedMidway() {
    std::atomic<bool> started = false, stopped = false;
    auto dialog = make([&](const views::ExportWish&, const views::ExportTold& tell) {
      started = true;
      while (tell(0.1)) std::this_thread::yield();
      stopped = true;
      return Result<views::ExportOutcome>(views::ExportOutcome{});
    });
    dialog->setFolder(folder_.path());
    QTest::mouseClick(go(*dialog), Qt::LeftButton);
    QTRY_VERIFY(started);
    dialog.reset();
    QVERIFY(stopped);
  }

  void refusesBeforeItWrites_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("says");
    QFile file(folder_.filePath(QStringLiteral("taken.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTest::newRow("a file") << file.fileName() << QStringLiteral("is a file; choose a folder.");
    QTest::newRow("below a file") << file.fileName() + QStringLiteral("/deeper")
                                  << QStringLiteral("cannot be made; choose another folder.");
  }
  void refusesBeforeItWrites() {
    QFETCH(QString, folder);
    QFETCH(QString, says);
    auto dialog = make({});
    dialog->setFolder(folder);
    QVERIFY2(error(*dialog)->text().endsWith(says), qPrintable(error(*dialog)->text()));
    QVERIFY(!go(*dialog)->isEnabled());
    dialog->setFolder(folder_.filePath(QStringLiteral("new/one")));  // It will be made.
    QVERIFY(go(*dialog)->isEnabled());
  }

  void wantsAtLeastOneFormat() {
    auto dialog = make({});
    dialog->setFolder(folder_.path());
    for (auto* box : dialog->findChildren<QCheckBox*>()) box->setChecked(false);
    QCOMPARE(error(*dialog)->text(), QStringLiteral("Choose at least one format."));
    QVERIFY(!go(*dialog)->isEnabled());
  }

 private:
  std::unique_ptr<views::ExportDialog> make(views::ExportWork work) {
    const std::vector<views::ExportFormat> formats = {
        {"csv", QStringLiteral("CSV tables"), QStringLiteral("series, metrics, events")},
        {"json", QStringLiteral("JSON result"), QStringLiteral("parameters and metrics")},
        {"trace", QStringLiteral("Chrome trace"), QStringLiteral("sampled requests")}};
    auto dialog = std::make_unique<views::ExportDialog>(*theme_, formats, std::move(work));
    dialog->show();
    [&] { QVERIFY(QTest::qWaitForWindowActive(dialog.get())); }();
    return dialog;
  }

  static QPushButton* go(const views::ExportDialog& dialog) {
    return dialog.findChild<QPushButton*>(QStringLiteral("exportGo"));
  }
  static QLabel* error(const views::ExportDialog& dialog) {
    return dialog.findChild<QLabel*>(QStringLiteral("exportError"));
  }
  static views::Banner* result(const views::ExportDialog& dialog) {
    return dialog.findChild<views::Banner*>(QStringLiteral("exportResult"));
  }
  static QPushButton* buttonNamed(const views::ExportDialog& dialog, const QString& text) {
    for (auto* button : dialog.findChildren<QPushButton*>()) {
      if (button->text() == text) return button;
    }
    return nullptr;
  }

  QTemporaryDir folder_;
  std::unique_ptr<views::Theme> theme_;
  views::ExportWish wished_;
  std::atomic<int> calls_ = 0;
};

QTEST_MAIN(TestRunExport)
#include "tst_run_export.moc"
