// The built program as a person meets it, on an X server of its own: it starts, runs, can be
// photographed and ends by its key. Skipped where there is no Xvfb or no xdotool.
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

namespace {

constexpr int kPatience = 30'000;

// Colours of a coarse raster: a blank window has one or two.
int coloursOf(const QImage& image) {
  QSet<QRgb> colours;
  for (int y = 0; y < image.height(); y += 4) {
    for (int x = 0; x < image.width(); x += 4) colours.insert(image.pixel(x, y));
  }
  return static_cast<int>(colours.size());
}

}  // namespace

class TestRealWindow : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    const bool there = !QStandardPaths::findExecutable("Xvfb").isEmpty() &&
                       !QStandardPaths::findExecutable("xdotool").isEmpty();
    if (!there) QSKIP("needs Xvfb and xdotool");
    server_.start("Xvfb", {"-displayfd", "1", "-screen", "0", "1700x1100x24"});
    QVERIFY(server_.waitForReadyRead(kPatience));
    const QString display = ':' + QString::fromLatin1(server_.readAllStandardOutput()).trimmed();
    environment_ = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}) {
      environment_.insert(name, home_.path());
    }
    environment_.insert("DISPLAY", display);
    environment_.insert("QT_QPA_PLATFORM", "xcb");
    environment_.remove("WAYLAND_DISPLAY");
  }

  void cleanupTestCase() {
    server_.terminate();
    server_.waitForFinished(kPatience);
  }

  void paintsItselfAtEverySize_data() {
    QTest::addColumn<QString>("size");
    QTest::addColumn<QString>("theme");
    QTest::newRow("small, light") << "1280x800"
                                  << "light";
    QTest::newRow("large, dark") << "1600x1000"
                                 << "dark";
  }
  void paintsItselfAtEverySize() {
    QFETCH(QString, size);
    QFETCH(QString, theme);
    const QString file = home_.path() + "/" + size + ".png";
    QProcess window;
    start(window, {"--size", size, "--theme", theme, "--screenshot", file});
    QVERIFY(window.waitForFinished(kPatience));
    QCOMPARE(window.exitCode(), 0);
    QCOMPARE(QString::fromUtf8(window.readAllStandardError()), QString());
    const QImage picture(file);
    QCOMPARE(QString("%1x%2").arg(picture.width()).arg(picture.height()), size);
    QVERIFY2(coloursOf(picture) > 50, qPrintable(QString::number(coloursOf(picture))));
  }

  void runsAndEndsByItsKeys() {
    QProcess window;
    start(window, {"--settings", home_.path() + "/keys.ini"});
    QString id;
    QTRY_VERIFY_WITH_TIMEOUT(!(id = shownBy(window)).isEmpty(), kPatience);
    xdotool({"windowfocus", "--sync", id});
    xdotool({"key", "Escape"});  // The tour of the first start.
    xdotool({"key", "F5"});
    xdotool({"key", "F8"});
    QCOMPARE(window.state(), QProcess::Running);
    xdotool({"key", "ctrl+q"});
    QVERIFY(window.waitForFinished(kPatience));
    QCOMPARE(window.exitStatus(), QProcess::NormalExit);
    QCOMPARE(window.exitCode(), 0);
    QCOMPARE(QString::fromUtf8(window.readAllStandardError()), QString());
  }

  void saysInOneLineWhatItCannotOpen_data() {
    QTest::addColumn<QString>("content");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("part");
    QTest::newRow("no content") << home_.path() + "/none" << QStringList() << "RINGSIDE_CONTENT";
    QTest::newRow("scenario") << "" << QStringList{"--scenario", "x"} << "no scenario 'x'";
    QTest::newRow("size") << "" << QStringList{"--size", "9x9"} << "1180x720 or more";
  }
  void saysInOneLineWhatItCannotOpen() {
    QFETCH(QString, content);
    QFETCH(QStringList, words);
    QFETCH(QString, part);
    QProcess window;
    start(window, words, content);
    QVERIFY(window.waitForFinished(kPatience));
    QCOMPARE(window.exitCode(), 2);
    const QString said = QString::fromUtf8(window.readAllStandardError());
    QCOMPARE(said.count('\n'), qsizetype{1});
    QVERIFY2(said.startsWith("ringside: ") && said.contains(part), qPrintable(said));
  }

 private:
  void start(QProcess& window, const QStringList& words, const QString& content = {}) const {
    QProcessEnvironment environment = environment_;
    if (!content.isEmpty()) environment.insert("RINGSIDE_CONTENT", content);
    window.setProcessEnvironment(environment);
    window.start(RINGSIDE_WINDOW, words);
  }

  QString xdotool(const QStringList& words) const {
    QProcess tool;
    tool.setProcessEnvironment(environment_);
    tool.start("xdotool", words);
    tool.waitForFinished(kPatience);
    return QString::fromLatin1(tool.readAllStandardOutput()).trimmed();
  }

  QString shownBy(const QProcess& window) const {
    const QString pid = QString::number(window.processId());
    return xdotool({"search", "--onlyvisible", "--pid", pid, "--name", "Ringside"})
        .section('\n', -1);
  }

  QProcess server_;
  QProcessEnvironment environment_;
  QTemporaryDir home_;
};

QTEST_GUILESS_MAIN(TestRealWindow)
#include "tst_real_window.moc"
