// EventLog: order, the bound, and texts cut between characters.
#include <QtTest>

#include <string>

#include "engine/metrics/event_log.h"

using namespace ringside;
using namespace ringside::metrics;

namespace {

LoggedEvent logged(std::uint64_t number, std::string text = "open") {
  return {Instant(Duration(static_cast<std::int64_t>(number))),
          number,
          "breaker",
          std::move(text),
          Severity::Warning,
          0};
}

}  // namespace

class TestEventLog : public QObject {
  Q_OBJECT

 private slots:
  void keepsTheNewestAndCountsTheRest() {
    EventLog log(10);
    for (std::uint64_t i = 0; i < 25; ++i) log.record(logged(i));
    QCOMPARE(log.size(), std::size_t{10});
    QCOMPARE(log.dropped(), std::uint64_t{15});
    const auto all = log.tail(100);
    QCOMPARE(all.size(), std::size_t{10});
    for (std::size_t i = 0; i < 10; ++i) QCOMPARE(all[i].number, std::uint64_t{15 + i});
  }

  void theTailIsOldestFirst() {
    EventLog log(10);
    for (std::uint64_t i = 0; i < 5; ++i) log.record(logged(i));
    const auto tail = log.tail(2);
    QCOMPARE(tail.size(), std::size_t{2});
    QCOMPARE(tail[0].number, std::uint64_t{3});
    QCOMPARE(tail[1].number, std::uint64_t{4});
    QVERIFY(log.tail(0).empty());
    QVERIFY(EventLog(3).tail(7).empty());
  }

  void textsAreCutBetweenCharacters() {
    EventLog log(3);
    log.record(logged(0, std::string(EventLog::kLongestText, 'x')));
    QCOMPARE(log.tail(1)[0].text.size(), EventLog::kLongestText);
    log.record(logged(1, std::string(EventLog::kLongestText - 1, 'x') + "\u00e9 and more"));
    QCOMPARE(log.tail(1)[0].text, std::string(EventLog::kLongestText - 1, 'x'));
    log.record(logged(2, std::string(EventLog::kLongestText - 2, 'x') + "\u00e9 and more"));
    QCOMPARE(log.tail(1)[0].text, std::string(EventLog::kLongestText - 2, 'x') + "\u00e9");
  }

  void memoryIsBounded() {
    EventLog log(100);
    for (std::uint64_t i = 0; i < 5000; ++i) log.record(logged(i, std::string(i % 1000, 'y')));
    QVERIFY(log.bytes() <= log.maxBytes());
  }

  void refusesToHoldNothing() { QVERIFY_EXCEPTION_THROWN(EventLog(0), Bug); }
};

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_event_log.moc"
