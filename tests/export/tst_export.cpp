#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

#include "engine/export/export.h"
#include "engine/export/output.h"
#include "tests/export/sample_record.h"

using namespace ringside;
using namespace ringside::exports;

namespace {

QStringList filesIn(const QString& folder) {
  return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

ExportRequest everything(const QString& folder) {
  return {parseFormats("csv,json,trace,sqlite,openmetrics,hgrm,omnet,report").value(),
          folder.toStdString()};
}

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be opened");
}

// While it lives no file can grow beyond `bytes`, as if the disk were full.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

class TestExport : public QObject {
  Q_OBJECT

 private slots:
  void writesEveryFileOfEveryFormat() {
    QTemporaryDir dir;
    const QString folder = dir.path() + "/new/folder";
    const auto report = exportRun(sampleRecord(), everything(folder));
    QVERIFY(report.has_value());
    QCOMPARE(report->files.size(), std::size_t{14});
    QCOMPARE(
        filesIn(folder),
        (QStringList{"events.csv", "metrics.csv", "metrics.om", "payment.latency.hgrm",
                     "percentiles.csv", "report.html", "result.json", "result.sca", "result.vec",
                     "run.sqlite", "series.csv", "series_wide.csv", "trace.json", "traces.csv"}));
  }

  void replacesWhatWasThere() {
    QTemporaryDir dir;
    const ExportRequest request{{Format::Trace}, dir.path().toStdString()};
    QVERIFY(exportRun(sampleRecord(), request).has_value());
    const QByteArray first = contentOf(dir.path() + "/trace.json");
    QVERIFY(exportRun(randomRecord(3), request).has_value());
    QVERIFY(contentOf(dir.path() + "/trace.json") != first);
    QVERIFY(exportRun(sampleRecord(), request).has_value());
    QCOMPARE(contentOf(dir.path() + "/trace.json"), first);
    QCOMPARE(filesIn(dir.path()), QStringList{"trace.json"});
  }

  void leavesNoPartOfAFileOnAFullDisk() {
    QTemporaryDir dir;
    Result<ExportReport> report = Error{"not run"};
    {
      const SmallDisk disk(100);
      report = exportRun(sampleRecord(), everything(dir.path()));
    }
    QVERIFY(!report);
    QCOMPARE(QString::fromStdString(report.error().message),
             dir.path() + "/series.csv: cannot be written: File too large");
    QCOMPARE(filesIn(dir.path()), QStringList{});
  }

  void keepsTheOldFileOnAFullDisk() {
    QTemporaryDir dir;
    const ExportRequest request{{Format::Json}, dir.path().toStdString()};
    QVERIFY(exportRun(sampleRecord(), request).has_value());
    const QByteArray before = contentOf(dir.path() + "/result.json");
    {
      const SmallDisk disk(1000);
      QVERIFY(!exportRun(randomRecord(1), request));
    }
    QCOMPARE(contentOf(dir.path() + "/result.json"), before);
    QCOMPARE(filesIn(dir.path()), QStringList{"result.json"});
  }

  void saysWhyAFolderCannotBeMade() {
    QTemporaryDir dir;
    const QString file = dir.path() + "/file";
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const auto inFile = exportRun(sampleRecord(), everything(file + "/below"));
    QVERIFY(!inFile);
    QCOMPARE(QString::fromStdString(inFile.error().message),
             file + "/below: the export folder cannot be made: Not a directory");
    const auto onFile = exportRun(sampleRecord(), everything(file));
    QVERIFY(!onFile);
    QVERIFY(onFile.error().message.find("the export folder cannot be made") != std::string::npos);
  }

  void saysWhichFileIsInTheWay() {
    QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkpath("trace.json/inside"));
    const auto report = exportRun(sampleRecord(), {{Format::Trace}, dir.path().toStdString()});
    QVERIFY(!report);
    QCOMPARE(QString::fromStdString(report.error().message),
             dir.path() + "/trace.json: cannot be written: Is a directory");
    QCOMPARE(filesIn(dir.path()), QStringList{});
  }

  void stopsBetweenFilesWhenCancelled() {
    QTemporaryDir dir;
    std::vector<double> parts;
    const auto report = exportRun(sampleRecord(), everything(dir.path()), [&](double part) {
      parts.push_back(part);
      return parts.size() < 3;
    });
    QVERIFY(report.has_value() && report->cancelled);
    QCOMPARE(parts, (std::vector<double>{0, 1.0 / 14, 2.0 / 14}));
    QCOMPARE(filesIn(dir.path()), (QStringList{"series.csv", "series_wide.csv"}));
  }

  void writesEveryFormatOfAnEmptyAndOfAHostileRun() {
    for (const RunRecord& record : {RunRecord{}, hostileRecord()}) {
      QTemporaryDir dir;
      const auto report = exportRun(record, everything(dir.path()));
      QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
      for (const std::string& file : report->files) QVERIFY(QFile::exists(file.c_str()));
    }
  }

  void givesNoFileANameThatLeavesTheFolder() {
    for (const char* name : {"", ".", "..", "../../etc/passwd", "/root", "a/b", "\n", ".hidden"}) {
      const std::string safe = fileNameOf(name);
      QVERIFY2(!safe.empty() && safe[0] != '.' && safe.find('/') == std::string::npos, name);
    }
    QCOMPARE(fileNameOf(std::string(5000, 'x')).size(), std::size_t{100});
    QCOMPARE(fileNameOf("payment.latency{method=card}"), "payment.latency_method=card_");
  }

  void readsFormats() {
    QCOMPARE(parseFormats("csv").value(), std::vector{Format::Csv});
    QCOMPARE(parseFormats("trace,csv,trace,json").value(),
             (std::vector{Format::Trace, Format::Csv, Format::Json}));
    for (const char* wrong : {"", "csv,", ",csv", "sql", "CSV", "csv json"}) {
      const auto formats = parseFormats(wrong);
      QVERIFY2(!formats, wrong);
      QVERIFY(formats.error().message.ends_with(
          "allowed: csv, json, trace, sqlite, openmetrics, hgrm, omnet, report"));
    }
  }
};

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
