// Golden fingerprints: each lab and preset, three seeds, event for event as they were.
//
// A fingerprint that changed says that the same plan now runs differently. Where that is meant,
// write the file anew and commit it with the change that explains it:
//     RINGSIDE_WRITE_GOLDEN=1 build/release/tests/labs/tst_fingerprints
#include <QFile>
#include <QTest>

#include "engine/labs/catalog.h"
#include "tests/labs/lab_run.h"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

const QString kFile = RINGSIDE_SOURCE_DIR "/tests/golden/fingerprints.txt";

run::RunPlan smallPlan(const std::string& lab, const std::string& preset, std::uint64_t seed) {
  const bool gateway = lab == "payment-gateway";
  run::RunPlan plan =
      gateway
          ? test::labPlan(lab, preset, {{"tps", "20k"}, {"reuse", "1%"}}, 200ms,
                          {"60ms kill_shard shard=2 for 60ms", "80ms kill_gateway gateway=1"})
          : test::labPlan(lab, preset, {}, lab == "queueing" ? Duration(2s) : Duration(24h * 365));
  plan.seed = seed;
  return plan;
}

QString lineOf(const std::string& lab, const std::string& preset, std::uint64_t seed) {
  const auto run = test::finished(smallPlan(lab, preset, seed));
  return QString("%1 %2 %3 %4 %5")
      .arg(QString::fromStdString(lab), QString::fromStdString(preset))
      .arg(seed)
      .arg(run->events())
      .arg(run->fingerprint(), 16, 16, QChar('0'));
}

template <class Visit>
void forEachPlan(Visit visit) {
  for (const std::string_view lab : labs::ids()) {
    const auto made = labs::make(lab);
    for (const lab::Preset& preset : (*made)->describe().presets) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) visit(std::string(lab), preset.id, seed);
    }
  }
}

}  // namespace

class TestFingerprints : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void areAsTheyWere_data();
  void areAsTheyWere();

 private:
  QStringList golden_;
};

void TestFingerprints::initTestCase() {
  if (qEnvironmentVariableIsSet("RINGSIDE_WRITE_GOLDEN")) {
    QString text = "# lab preset seed events fingerprint; see tests/labs/tst_fingerprints.cpp\n";
    forEachPlan([&](const std::string& lab, const std::string& preset, std::uint64_t seed) {
      text += lineOf(lab, preset, seed) + "\n";
    });
    QFile file(kFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
  }
  QFile file(kFile);
  QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(kFile));
  golden_ = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
}

void TestFingerprints::areAsTheyWere_data() {
  QTest::addColumn<QString>("lab");
  QTest::addColumn<QString>("preset");
  QTest::addColumn<quint64>("seed");
  forEachPlan([](const std::string& lab, const std::string& preset, std::uint64_t seed) {
    QTest::addRow("%s %s %d", lab.c_str(), preset.c_str(), static_cast<int>(seed))
        << QString::fromStdString(lab) << QString::fromStdString(preset) << quint64{seed};
  });
}

void TestFingerprints::areAsTheyWere() {
  QFETCH(QString, lab);
  QFETCH(QString, preset);
  QFETCH(quint64, seed);
  const QString line = lineOf(lab.toStdString(), preset.toStdString(), seed);
  QVERIFY2(golden_.contains(line), qPrintable(line));
}

QTEST_GUILESS_MAIN(TestFingerprints)
#include "tst_fingerprints.moc"
