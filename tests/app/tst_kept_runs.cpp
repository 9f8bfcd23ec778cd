// The whole window with the real engine: a run that ends is kept, listed, and comes out the same
// when it is exported from the history.
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "app/application.h"
#include "engine/export/run_record.h"
#include "views/pages/run_history.h"
#include "views/run/export_dialog.h"

using namespace ringside;

class TestKeptRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keepsListsExportsAndRunsAgain() {
    QTemporaryDir dir;
    app::Options options;
    options.dataFolder = dir.path();
    options.settingsFile = dir.filePath(QStringLiteral("settings.ini"));
    auto made = app::Application::make(options);
    QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
    app::Application& application = **made;
    views::MainWindow& window = application.window();
    window.resize(1600, 1000);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    views::RunSession& session = application.desk().session();
    run::RunPlan plan;
    plan.labId = "payment-gateway";
    plan.seed = 77;
    plan.length = std::chrono::milliseconds(3);
    QVERIFY(session.open(plan));
    session.start(run::Pace::Express);
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == lab::RunState::Finished, 60'000);
    const auto fingerprint =
        QString::fromStdString(exports::fingerprintText(session.frame()->fingerprint));

    QTest::keyClick(&window, Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    auto* history = window.findChild<views::RunHistory*>();
    QVERIFY(history != nullptr && history->isOpen());
    QTRY_COMPARE_WITH_TIMEOUT(history->table()->model()->rowCount(), 1, 20'000);
    QCOMPARE(history->table()->model()->index(0, 3).data().toString(), QStringLiteral("77"));

    QTest::mouseClick(history->findChild<QPushButton*>(QStringLiteral("historyExport")),
                      Qt::LeftButton);
    QTRY_VERIFY(window.findChild<views::ExportDialog*>() != nullptr);
    auto* dialog = window.findChild<views::ExportDialog*>();
    dialog->setFolder(dir.filePath(QStringLiteral("out")));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("exportGo")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(dir.filePath(QStringLiteral("out/report.pdf"))), 60'000);
    QFile result(dir.filePath(QStringLiteral("out/result.json")));
    QVERIFY(result.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(result.readAll()).object();
    QCOMPARE(json[QStringLiteral("fingerprint")].toString(), fingerprint);
    QTRY_VERIFY(!dialog->isBusy());
    dialog->close();

    auto* search = history->findChild<QLineEdit*>(QStringLiteral("historySearch"));
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!history->isOpen());
    QTRY_VERIFY(session.state() != lab::RunState::Finished);
    QTRY_COMPARE(session.plan().seed, std::uint64_t{77});
    QCOMPARE(session.plan().length, plan.length);
  }
};

QTEST_MAIN(TestKeptRuns)
#include "tst_kept_runs.moc"
