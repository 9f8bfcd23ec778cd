// The auditor's books: each tally by a history that has exactly one of it.
#include <QTest>

#include <random>

#include "engine/systems/auditor.h"

using ringside::systems::Auditor;
using ringside::systems::Outcome;

class TestAuditor : public QObject {
  Q_OBJECT

 private slots:
  void settlesAnIntentWhenNothingHoldsItAnyMore();
  void countsChargesBeyondTheFirst();
  void knowsMoneyWithoutARecord();
  void knowsARecordWithoutMoney();
  void keepsMoneyInDoubtWhileTheIntentIsOpen();
  void reportsFailureOfWhatWasPaidUnlessAnotherRequestWasToldTheTruth();
  void countsARequestThatEndsTwice();
  void missesAPostingThatAFailoverLost();
  void countsWhatItIsTold();
  void usesAPlaceAgainWithoutItsHistory();
  void conservesMoneyOverRandomHistories();
};

void TestAuditor::settlesAnIntentWhenNothingHoldsItAnyMore() {
  Auditor auditor;
  const auto intent = auditor.open();
  auditor.begun(intent);
  auditor.release(intent);
  QCOMPARE(auditor.openIntents(), 1U);
  auditor.ended(intent, Outcome::Approved);
  QCOMPARE(auditor.openIntents(), 0U);
  QCOMPARE(auditor.totals().settled, 1U);
  QCOMPARE(auditor.totals().requests, 1U);
  QCOMPARE(auditor.totals().ended, 1U);
  QCOMPARE(auditor.totals().outcomes[0], 1U);
}

void TestAuditor::countsChargesBeyondTheFirst() {
  Auditor auditor;
  const auto intent = auditor.open();
  for (int i = 0; i < 3; ++i) auditor.charged(intent, 10);
  QCOMPARE(auditor.totals().chargedTwice, 2U);
  QCOMPARE(auditor.totals().charged, 30);
}

void TestAuditor::knowsMoneyWithoutARecord() {
  Auditor auditor;
  const auto intent = auditor.open();
  auditor.charged(intent, 10);
  auditor.release(intent);
  QCOMPARE(auditor.totals().paidNotRecorded, 1U);
  QCOMPARE(auditor.totals().recordedNotPaid, 0U);
  QCOMPARE(auditor.unaccounted(), 10);
}

void TestAuditor::knowsARecordWithoutMoney() {
  Auditor auditor;
  const auto intent = auditor.open();
  auditor.recorded(intent, 10);
  QCOMPARE(auditor.inDoubt(), -10);
  auditor.release(intent);
  QCOMPARE(auditor.totals().recordedNotPaid, 1U);
  QCOMPARE(auditor.totals().paidNotRecorded, 0U);
  QCOMPARE(auditor.unaccounted(), -10);
}

void TestAuditor::keepsMoneyInDoubtWhileTheIntentIsOpen() {
  Auditor auditor;
  const auto intent = auditor.open();
  auditor.charged(intent, 10);
  QCOMPARE(auditor.inDoubt(), 10);
  QCOMPARE(auditor.unaccounted(), 0);
  auditor.recorded(intent, 10);
  QCOMPARE(auditor.inDoubt(), 0);
  auditor.release(intent);
  QCOMPARE(auditor.inDoubt(), 0);
  QCOMPARE(auditor.unaccounted(), 0);
  QCOMPARE(auditor.totals().paidNotRecorded, 0U);
}

void TestAuditor::reportsFailureOfWhatWasPaidUnlessAnotherRequestWasToldTheTruth() {
  Auditor auditor;
  for (const bool toldTruth : {false, true}) {
    const auto intent = auditor.open();
    auditor.charged(intent, 10);
    auditor.recorded(intent, 10);
    auditor.begun(intent);
    auditor.ended(intent, Outcome::Failed);
    auditor.begun(intent);
    auditor.ended(intent, toldTruth ? Outcome::Approved : Outcome::Unknown);
    auditor.release(intent);
    QCOMPARE(auditor.totals().reportedFailedButPaid, 1U);
  }
}

void TestAuditor::countsARequestThatEndsTwice() {
  Auditor auditor;
  const auto intent = auditor.open();
  auditor.begun(intent);
  auditor.ended(intent, Outcome::Failed);
  QCOMPARE(auditor.totals().endedTwice, 0U);
  auditor.ended(intent, Outcome::Approved);
  QCOMPARE(auditor.totals().endedTwice, 1U);
}

void TestAuditor::missesAPostingThatAFailoverLost() {
  Auditor auditor;
  const auto intent = auditor.open();
  auditor.charged(intent, 10);
  auditor.recorded(intent, 10);
  auditor.release(intent);
  auditor.postingLost(10);
  QCOMPARE(auditor.totals().lostPostings, 1U);
  QCOMPARE(auditor.unaccounted(), 10);
}

void TestAuditor::countsWhatItIsTold() {
  Auditor auditor;
  auditor.wrongReplay();
  auditor.fingerprintConflict();
  auditor.fingerprintConflict();
  auditor.eventLost();
  QCOMPARE(auditor.totals().wrongReplays, 1U);
  QCOMPARE(auditor.totals().fingerprintConflicts, 2U);
  QCOMPARE(auditor.totals().eventsLost, 1U);
}

void TestAuditor::usesAPlaceAgainWithoutItsHistory() {
  Auditor auditor;
  const auto first = auditor.open();
  auditor.charged(first, 10);
  auditor.release(first);
  const std::size_t bytes = auditor.bytes();
  const auto second = auditor.open();
  QCOMPARE(second, first);
  auditor.charged(second, 5);
  QCOMPARE(auditor.totals().chargedTwice, 0U);
  QCOMPARE(auditor.bytes(), bytes);
}

void TestAuditor::conservesMoneyOverRandomHistories() {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    std::mt19937 engine(seed);
    const auto random = [&engine] { return static_cast<std::uint32_t>(engine()); };
    Auditor auditor;
    std::vector<std::pair<std::uint32_t, std::int64_t>> open;  // Intent; charged less recorded.
    std::int64_t lost = 0;
    for (int i = 0; i < 1000; ++i) {
      if (open.empty() || random() % 4 == 0) open.emplace_back(auditor.open(), 0);
      const std::size_t at = random() % open.size();
      const std::int64_t amount = random() % 1000;
      switch (random() % 4) {
        case 0:
          auditor.charged(open[at].first, amount);
          open[at].second += amount;
          break;
        case 1:
          auditor.recorded(open[at].first, amount);
          open[at].second -= amount;
          break;
        case 2:
          auditor.release(open[at].first);
          lost += open[at].second;
          open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        default:
          break;
      }
      std::int64_t inDoubt = 0;
      for (const auto& each : open) inDoubt += each.second;
      QCOMPARE(auditor.inDoubt(), inDoubt);
      QCOMPARE(auditor.unaccounted(), lost);
      QCOMPARE(auditor.openIntents(), open.size());
    }
  }
}

QTEST_GUILESS_MAIN(TestAuditor)
#include "tst_auditor.moc"
