#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <random>

#include "engine/base/hash.h"
#include "engine/lab/parts/arrival_trace.h"

using namespace ringside;
using namespace ringside::lab;

namespace {

ArrivalTrace traceOf(std::string_view csv) {
  auto trace = parseArrivals(csv, "t.csv");
  if (trace) return *trace;
  qWarning("%s", trace.error().message.c_str());
  return {};
}

std::string errorOf(std::string_view csv) {
  const auto trace = parseArrivals(csv, "dir/t.csv");
  return trace ? "accepted" : trace.error().message;
}

std::vector<std::int64_t> timesOf(const ArrivalTrace& trace) {
  std::vector<std::int64_t> times;
  for (const Arrival& arrival : trace.arrivals) times.push_back(arrival.at.count());
  return times;
}

}  // namespace

class TestArrivalTrace : public QObject {
  Q_OBJECT

 private slots:
  void readsRowsFromTheFirstTimeOn() {
    const ArrivalTrace trace = traceOf("time_s,key,size\n10.5,7,512\n10.5,8,0\n12,9,1.5\n");
    QCOMPARE(timesOf(trace), (std::vector<std::int64_t>{0, 0, 1'500'000'000}));
    QCOMPARE(trace.arrivals[0].key, std::uint64_t{7});
    QCOMPARE(trace.arrivals[0].size, 512.0);
    QCOMPARE(trace.arrivals[2].size, 1.5);
    QCOMPARE(trace.badRows, std::uint64_t{0});
    QVERIFY(trace.firstBadRow.empty());
    QCOMPARE(trace.name, std::string("t.csv"));
  }

  void readsTheSameInEveryDialect_data() {
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("LF") << QByteArray("time_s,key\n1,5\n2,6\n");
    QTest::newRow("CRLF") << QByteArray("time_s,key\r\n1,5\r\n2,6\r\n");
    QTest::newRow("no end of line at the end") << QByteArray("time_s,key\n1,5\n2,6");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFtime_s,key\n1,5\n2,6\n");
    QTest::newRow("quoted") << QByteArray("\"time_s\",\"key\"\r\n\"1\",\"5\"\r\n\"2\",6\r\n");
    QTest::newRow("other order and more columns") << QByteArray("a,key,b,time_s\nx,5,y,1\n,6,,2\n");
    QTest::newRow("blanks around") << QByteArray(" time_s , key\n 1 , 5\n2,\t6 \n");
    QTest::newRow("blank lines") << QByteArray("\n\ntime_s,key\n\n1,5\n\r\n2,6\n\n");
    QTest::newRow("exponents") << QByteArray("time_s,key\n1e0,5\n0.2e1,6\n");
  }
  void readsTheSameInEveryDialect() {
    QFETCH(QByteArray, csv);
    const ArrivalTrace trace = traceOf(std::string_view(csv.data(), std::size_t(csv.size())));
    QCOMPARE(timesOf(trace), (std::vector<std::int64_t>{0, 1'000'000'000}));
    QCOMPARE(trace.arrivals[0].key, std::uint64_t{5});
    QCOMPARE(trace.arrivals[1].key, std::uint64_t{6});
    QCOMPARE(trace.arrivals[1].size, 0.0);
    QCOMPARE(trace.badRows, std::uint64_t{0});
  }

  void keepsEveryNanosecondOfLargeTimes() {
    const ArrivalTrace trace = traceOf(
        "time_s,key\n1700000000.000000001,1\n1700000000.000000002,1\n"
        "1700000000.1,1\n1700000001.9999999996,1\n");
    QCOMPARE(timesOf(trace), (std::vector<std::int64_t>{0, 1, 99'999'999, 1'999'999'999}));
  }

  void startsAtANegativeTime() {
    const ArrivalTrace trace = traceOf("time_s,key\n-1.5,1\n-0.5,1\n0.25,1\n");
    QCOMPARE(timesOf(trace), (std::vector<std::int64_t>{0, 1'000'000'000, 1'750'000'000}));
  }

  void hashesKeysThatAreNoNumbers() {
    const ArrivalTrace trace = traceOf(
        "time_s,key\n0,shop\n0,\"a,b\"\n0,\"say \"\"hi\"\"\"\n0,-1\n0,18446744073709551615\n"
        "0,18446744073709551616\n0,\"two\nlines\"\n1,7\n");
    QCOMPARE(trace.arrivals.size(), std::size_t{8});
    QCOMPARE(trace.arrivals[0].key, hash64("shop"));
    QCOMPARE(trace.arrivals[1].key, hash64("a,b"));
    QCOMPARE(trace.arrivals[2].key, hash64("say \"hi\""));
    QCOMPARE(trace.arrivals[3].key, hash64("-1"));
    QCOMPARE(trace.arrivals[4].key, std::numeric_limits<std::uint64_t>::max());
    QCOMPARE(trace.arrivals[5].key, hash64("18446744073709551616"));
    QCOMPARE(trace.arrivals[6].key, hash64("two\nlines"));
    QCOMPARE(trace.arrivals[7].key, std::uint64_t{7});
  }

  void countsBadRowsAndReportsTheFirst_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("problem");
    QTest::newRow("time is a word")
        << QByteArray("x,1,2") << "line 3: time_s 'x' is not a number of seconds";
    QTest::newRow("time is empty")
        << QByteArray(",1,2") << "line 3: time_s '' is not a number of seconds";
    QTest::newRow("time is infinite")
        << QByteArray("inf,1,2") << "line 3: time_s 'inf' is not a number of seconds";
    QTest::newRow("time is too far")
        << QByteArray("1e300,1,2") << "line 3: time_s '1e300' is not a number of seconds";
    QTest::newRow("time has a unit")
        << QByteArray("1s,1,2") << "line 3: time_s '1s' is not a number of seconds";
    QTest::newRow("no key") << QByteArray("1,,2") << "line 3: key is empty";
    QTest::newRow("size is a word")
        << QByteArray("1,1,big") << "line 3: size 'big' is not a number of 0 or more";
    QTest::newRow("size is negative")
        << QByteArray("1,1,-2") << "line 3: size '-2' is not a number of 0 or more";
    QTest::newRow("too few fields") << QByteArray("1,1") << "line 3: 2 fields where 3 are needed";
    QTest::newRow("control characters") << QByteArray("\x01\x02,1,2")
                                        << "line 3: time_s '?"
                                           "?' is not a number of seconds";
  }
  void countsBadRowsAndReportsTheFirst() {
    QFETCH(QByteArray, row);
    QFETCH(QString, problem);
    const std::string csv =
        "time_s,key,size\n0,1,2\n" + row.toStdString() + "\n1,1,2\nbad,1,2\n2,1,2\n";
    const ArrivalTrace trace = traceOf(csv);
    QCOMPARE(QString::fromStdString(trace.firstBadRow), problem);
    QCOMPARE(trace.badRows, std::uint64_t{2});
    QCOMPARE(trace.arrivals.size(), std::size_t{3});
  }

  void countsLinesInsideQuotes() {
    const ArrivalTrace trace = traceOf("time_s,key\n0,\"a\nb\nc\"\nx,1\n");
    QCOMPARE(trace.firstBadRow, std::string("line 5: time_s 'x' is not a number of seconds"));
  }

  void refusesFiles_data() {
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* csv, const char* message) {
      QTest::newRow(name) << QByteArray(csv) << message;
    };
    const char* const empty =
        "dir/t.csv: line 1: the file is empty; the header must name time_s and key, and may name "
        "size";
    row("empty", "", empty);
    row("blank lines only", "\n\r\n\n", empty);
    row("header only", "time_s,key\n", "dir/t.csv: line 1: there is no row below the header");
    row("no header", "0,42,512\n1,43,512\n",
        "dir/t.csv: line 1: column 'time_s' is missing from '0,42,512'; the header must name "
        "time_s and key, and may name size");
    row("no key", "time_s,size\n0,1\n",
        "dir/t.csv: line 1: column 'key' is missing from 'time_s,size'; the header must name "
        "time_s and key, and may name size");
    row("nothing but bad rows", "time_s,key\nx,1\ny,2\n",
        "dir/t.csv: none of 2 rows can be read; line 2: time_s 'x' is not a number of seconds");
    row("unsorted", "time_s,key\n0,1\n3.25,1\nx,1\n3.249999999,1\n",
        "dir/t.csv: line 5: time_s goes back to 3.249999999 from 3.25 in line 3; rows must be in "
        "time order");
    row("quote never closed", "time_s,key\n0,1\n1,\"2\n2,3\n",
        "dir/t.csv: line 3: a quote is opened and never closed");
    row("quote never closed in the header", "\"time_s,key\n0,1\n",
        "dir/t.csv: line 1: a quote is opened and never closed");
  }
  void refusesFiles() {
    QFETCH(QByteArray, csv);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(errorOf(csv.toStdString())), message);
  }

  void namesTheFileThatCannotBeRead() {
    const auto missing = readArrivals("/no/such/file.csv");
    QVERIFY(!missing);
    QCOMPARE(missing.error().message,
             std::string("/no/such/file.csv: cannot be read: No such file or directory"));
    QTemporaryDir dir;
    const auto folder = readArrivals(dir.path().toStdString());
    QVERIFY(!folder);
    QVERIFY(folder.error().message.ends_with("cannot be read: Is a directory"));
  }

  void readsFromDisk() {
    QTemporaryDir dir;
    const std::string path = dir.path().toStdString() + "/small.csv";
    std::ofstream(path) << "time_s,key\n0,1\n0.5,2\n";
    const auto trace = readArrivals(path);
    QVERIFY(trace.has_value());
    QCOMPARE(trace->name, std::string("small.csv"));
    QCOMPARE(trace->arrivals.size(), std::size_t{2});
  }

  void readsAMillionRowsExactly() {
    std::string csv = "time_s,key,size\n";
    for (int i = 0; i < 1'000'000; ++i) {
      csv += std::to_string(i / 1000) + "." + std::to_string(1000 + i % 1000).substr(1) + "," +
             std::to_string(i * 7 % 1000) + ",64\n";
    }
    QElapsedTimer timer;
    timer.start();
    const ArrivalTrace trace = traceOf(csv);
    qInfo("1e6 rows in %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(trace.arrivals.size(), std::size_t{1'000'000});
    QCOMPARE(qint64{trace.arrivals.back().at.count()}, qint64{999'999'000'000});
    QCOMPARE(trace.badRows, std::uint64_t{0});
  }

  void survivesRandomBytes() {
    std::mt19937_64 rng(1);
    const std::string alphabet = "time_s,key,size\n\r\"\"0123456789.e-+ \xEF\xBB\xBF\0\xff";
    for (int i = 0; i < 20000; ++i) {
      std::string csv = i % 2 == 0 ? "time_s,key\n" : "";
      for (auto length = rng() % 200; length > 0; --length) {
        csv += i % 4 < 2 ? static_cast<char>(rng() & 0xff) : alphabet[rng() % alphabet.size()];
      }
      checkOrdered(csv);
    }
  }

  void survivesMutations() {
    std::mt19937_64 rng(2);
    std::string good = "time_s,key,size\r\n";
    for (int i = 0; i < 30; ++i) good += std::to_string(i) + ".5,\"k,\"\"1\"\n\"," + "7\r\n";
    for (int i = 0; i < 20000; ++i) {
      std::string csv = good;
      for (auto edits = 1 + rng() % 5; edits > 0; --edits) {
        const std::size_t at = rng() % csv.size();
        if (rng() % 2 == 0) {
          csv[at] = static_cast<char>(rng() & 0xff);
        } else {
          csv.erase(at, 1 + rng() % 20);
        }
        if (csv.empty()) csv = "x";
      }
      checkOrdered(csv);
    }
  }

 private:
  // Whatever stood in the file: an error in one line, or arrivals in time order from zero.
  static void checkOrdered(const std::string& csv) {
    const auto trace = parseArrivals(csv, "t.csv");
    if (!trace) {
      QVERIFY(!trace.error().message.empty());
      QVERIFY(trace.error().message.find('\n') == std::string::npos);
      return;
    }
    QVERIFY(!trace->arrivals.empty());
    QVERIFY(trace->arrivals.front().at == Duration::zero());
    QVERIFY(std::ranges::is_sorted(trace->arrivals, {}, &Arrival::at));
    QCOMPARE(trace->badRows == 0, trace->firstBadRow.empty());
  }
};

QTEST_GUILESS_MAIN(TestArrivalTrace)
#include "tst_arrival_trace.moc"
