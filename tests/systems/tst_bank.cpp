// The bank: slow, fallible, and the only one that moves money.
#include <QTest>

#include <optional>
#include <vector>

#include "engine/runtime/virtual_runtime.h"
#include "engine/systems/bank.h"

using namespace ringside;
using namespace ringside::systems;
using namespace std::chrono_literals;

namespace {

struct Heard {
  std::optional<BankAnswer> answer;
  Duration after{};
};

class Desk {
 public:
  explicit Desk(GatewayConfig figures = {})
      : config(figures), bank(runtime, Method::Card, config, auditor) {}
  ~Desk() { runtime.shutDown(); }

  Bank::Request charge(std::optional<std::uint64_t> key, std::int64_t amount = 100) {
    return {.merchant = 1,
            .key = key,
            .fingerprint = static_cast<std::uint64_t>(amount),
            .amount = amount,
            .intent = intent};
  }
  static Bank::Request enquiry(Bank::Request request) {
    request.verb = Bank::Verb::Enquire;
    return request;
  }

  void ask(const Bank::Request& request, Duration patience = 10s) {
    runtime.spawn(call(request, patience), runtime.actor("caller"));
  }
  void runFor(Duration time) { runtime.advance(runtime.now() + time, ~std::uint64_t{0}); }

  GatewayConfig config;
  VirtualRuntime runtime{1};
  Auditor auditor;
  std::uint32_t intent = auditor.open();
  Bank bank;
  std::vector<Heard> heard;

 private:
  Task<> call(Bank::Request request, Duration patience) {
    const Instant start = runtime.now();
    Event timer;
    const auto answer = co_await bank.call(request, patience, timer);
    heard.push_back({answer, runtime.now() - start});
  }
};

}  // namespace

class TestBank : public QObject {
  Q_OBJECT

 private slots:
  void chargesAfterItsLatency();
  void declinesWithoutMovingMoney();
  void goesOnWorkingWhenTheCallerHasLeft();
  void chargesEveryUnkeyedCall();
  void chargesAKeyOnceAndRepeatsItsAnswer();
  void refusesAKeyWithAnotherBody();
  void tellsAnEnquiryWhatBecameOfTheCharge();
  void voidsWhatAnEnquiryDidNotFind();
  void refusesFastWhileItIsDown();
  void dropsItsWorkWhenItDies();
  void keepsTheMoneyWhenTheAnswerIsLost();
  void neverHearsARequestThatIsLost();
  void slowsByItsFactor();
  void holdsTheIntentWhileItWorks();
};

void TestBank::chargesAfterItsLatency() {
  Desk desk;
  desk.ask(desk.charge(7));
  desk.runFor(50ms - 1ns);
  QCOMPARE(desk.heard.size(), 0U);
  QCOMPARE(desk.auditor.totals().charged, 0);
  desk.runFor(1ns);
  QCOMPARE(desk.heard.size(), 1U);
  QVERIFY(desk.heard[0].answer == BankAnswer::Charged);
  QCOMPARE(desk.auditor.totals().charged, 100);
  QCOMPARE(desk.bank.counts().charged, 1U);
}

void TestBank::declinesWithoutMovingMoney() {
  Desk desk;
  desk.config.bankError = 1;
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  QVERIFY(desk.heard[0].answer == BankAnswer::Declined);
  QCOMPARE(desk.auditor.totals().charged, 0);
  QCOMPARE(desk.bank.counts().declined, 1U);
}

void TestBank::goesOnWorkingWhenTheCallerHasLeft() {
  Desk desk;
  desk.ask(desk.charge(7), 45ms);
  desk.runFor(45ms);
  QCOMPARE(desk.heard.size(), 1U);
  QVERIFY(!desk.heard[0].answer);
  QCOMPARE(desk.bank.working(), 1U);
  QCOMPARE(desk.auditor.totals().charged, 0);
  desk.runFor(5ms);
  QCOMPARE(desk.auditor.totals().charged, 100);
  QCOMPARE(desk.bank.working(), 0U);
}

void TestBank::chargesEveryUnkeyedCall() {
  Desk desk;
  desk.ask(desk.charge(std::nullopt));
  desk.ask(desk.charge(std::nullopt));
  desk.runFor(1s);
  QCOMPARE(desk.auditor.totals().charged, 200);
  QCOMPARE(desk.auditor.totals().chargedTwice, 1U);
}

void TestBank::chargesAKeyOnceAndRepeatsItsAnswer() {
  Desk desk;
  desk.ask(desk.charge(7));
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  QCOMPARE(desk.heard.size(), 3U);
  for (const Heard& each : desk.heard) QVERIFY(each.answer == BankAnswer::Charged);
  QCOMPARE(desk.auditor.totals().charged, 100);
}

void TestBank::refusesAKeyWithAnotherBody() {
  Desk desk;
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  desk.ask(desk.charge(7, 999));
  desk.runFor(1s);
  QVERIFY(desk.heard[1].answer == BankAnswer::Declined);
  QCOMPARE(desk.auditor.totals().charged, 100);
}

void TestBank::tellsAnEnquiryWhatBecameOfTheCharge() {
  Desk desk;
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  desk.ask(Desk::enquiry(desk.charge(7)));
  desk.runFor(1s);
  QVERIFY(desk.heard[1].answer == BankAnswer::Charged);
  QCOMPARE(desk.heard[1].after, Duration(10ms));  // A fifth of a charge.
  QCOMPARE(desk.bank.counts().enquiries, 1U);
}

void TestBank::voidsWhatAnEnquiryDidNotFind() {
  Desk desk;
  desk.ask(desk.charge(7), 1ms);  // Under way until 50 ms.
  desk.ask(Desk::enquiry(desk.charge(7)));
  desk.runFor(20ms);
  QVERIFY(desk.heard[1].answer == BankAnswer::NotFound);
  desk.runFor(1s);
  QCOMPARE(desk.auditor.totals().charged, 0);
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  QVERIFY(desk.heard[2].answer == BankAnswer::Declined);
  QCOMPARE(desk.auditor.totals().charged, 0);
}

void TestBank::refusesFastWhileItIsDown() {
  Desk desk;
  desk.bank.setDown(true);
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  QVERIFY(desk.heard[0].answer == BankAnswer::Refused);
  QCOMPARE(desk.heard[0].after, Duration(1ms));
  QCOMPARE(desk.bank.counts().toDead, 1U);
  QCOMPARE(desk.bank.counts().refused, 1U);
}

void TestBank::dropsItsWorkWhenItDies() {
  Desk desk;
  desk.ask(desk.charge(7), 5s);
  desk.runFor(10ms);
  desk.bank.setDown(true);
  desk.bank.setDown(false);
  desk.runFor(4s);
  QCOMPARE(desk.heard.size(), 0U);
  QCOMPARE(desk.auditor.totals().charged, 0);
  desk.runFor(1s);
  QVERIFY(!desk.heard[0].answer);
  QCOMPARE(desk.bank.counts().unanswered, 1U);
}

void TestBank::keepsTheMoneyWhenTheAnswerIsLost() {
  Desk desk;
  desk.config.bankReplyLost = 1;
  desk.ask(desk.charge(7), 1s);
  desk.runFor(2s);
  QVERIFY(!desk.heard[0].answer);
  QCOMPARE(desk.auditor.totals().charged, 100);
}

void TestBank::neverHearsARequestThatIsLost() {
  Desk desk;
  desk.config.packetLoss = 1;
  desk.ask(desk.charge(7), 1s);
  desk.runFor(2s);
  QVERIFY(!desk.heard[0].answer);
  QCOMPARE(desk.auditor.totals().charged, 0);
  QCOMPARE(desk.bank.working(), 0U);
}

void TestBank::slowsByItsFactor() {
  Desk desk;
  desk.bank.setSlowdown(4);
  desk.ask(desk.charge(7));
  desk.runFor(1s);
  QCOMPARE(desk.heard[0].after, Duration(200ms));
}

void TestBank::holdsTheIntentWhileItWorks() {
  Desk desk;
  desk.ask(desk.charge(7), 1ms);
  desk.runFor(10ms);
  desk.auditor.release(desk.intent);
  QCOMPARE(desk.auditor.openIntents(), 1U);
  desk.runFor(1s);
  QCOMPARE(desk.auditor.openIntents(), 0U);
  QCOMPARE(desk.auditor.totals().paidNotRecorded, 1U);
}

QTEST_GUILESS_MAIN(TestBank)
#include "tst_bank.moc"
