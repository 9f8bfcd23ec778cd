// Conditions: what they accept, what they say of what they do not, and exactly where they strike.
#include <QTest>

#include "engine/base/rng.h"
#include "engine/run/condition_watch.h"
#include "engine/run/run.h"

using namespace ringside;
using namespace std::chrono_literals;
using run::Condition;
using run::ConditionNames;
using run::ConditionWatch;
using run::Run;
using run::RunPlan;

namespace {

RunPlan gatewayPlan() {
  RunPlan plan;
  plan.labId = "payment-gateway";
  plan.knobs = {{"tps", 5000}, {"merchants", 100}, {"l2.capacity", 10'000}};
  plan.length = 300ms;
  plan.faults = {{Instant(20ms), {"kill_bank", {{"method", 0}}, 100ms}}};
  return plan;
}

std::unique_ptr<Run> freshRun() {
  auto made = Run::make(gatewayPlan());
  if (!made) qFatal("%s", made.error().message.c_str());
  return std::move(*made);
}

const ConditionNames& names() {
  static const ConditionNames kNames = ConditionNames::of(*freshRun());
  return kNames;
}

Condition parsed(const std::string& text) {
  const auto condition = Condition::parse(text, names());
  if (!condition) qFatal("%s", condition.error().message.c_str());
  return *condition;
}

// Events after which the run stops; 0: it came to its end.
std::uint64_t strikesAt(const std::string& text, std::uint64_t slice) {
  const auto run = freshRun();
  ConditionWatch watch(parsed(text), *run);
  run->stopWhere([&watch] { return watch.strikes(); });
  while (!lab::isOver(run->state())) {
    run->advance(run->end(), slice);
    if (run->stopped()) return run->events();
  }
  return 0;
}

}  // namespace

class TestCondition : public QObject {
  Q_OBJECT

 private slots:
  void readsItsOwnText_data();
  void readsItsOwnText();
  void saysWhatIsWrong_data();
  void saysWhatIsWrong();
  void offersOnlyWhatCanBeAsked();
  void strikesAfterExactlyTheEvent();
  void strikesAtTheSamePlaceForAnySlice_data();
  void strikesAtTheSamePlaceForAnySlice();
  void strikesAgainOnlyAfterItWasFalse();
  void survivesAnyText();
};

void TestCondition::readsItsOwnText_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("told");
  const auto row = [](const char* text, const char* told) {
    QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(told);
  };
  row("depth(gateway.queue) > 100", "depth(gateway.queue) > 100");
  row("depth( gateway-1 )>=1k", "depth(gateway-1) >= 1k");
  row(" state(breaker.card)==open ", "state(breaker.card) == open");
  row("state(shard) != ok", "state(shard) != ok");
  row("p99(payment.latency) > 100ms", "p99(payment.latency) > 100ms");
  row("rate(outcome.approved) < 900k/s", "rate(outcome.approved) < 900k/s");
  row("inflight <= 2.5k", "value(inflight) <= 2.5k");
  row("pool.in_use > 30%", "value(pool.in_use) > 30%");
  row("count(payment.latency) == 100", "count(payment.latency) == 100");
  row("event(bank.down)", "event(bank.down)");
  row("event(kill_bank)", "event(kill_bank)");
  row("event(kill_bank.lifted)", "event(kill_bank.lifted)");
  row("event(breaker.card.half-open)", "event(breaker.card.half-open)");
}

void TestCondition::readsItsOwnText() {
  QFETCH(const QString, text);
  QFETCH(const QString, told);
  const Condition condition = parsed(text.toStdString());
  QCOMPARE(QString::fromStdString(condition.text()), told);
  QCOMPARE(QString::fromStdString(parsed(condition.text()).text()), told);
}

void TestCondition::saysWhatIsWrong_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QStringList>("parts");
  const auto row = [](const char* text, const QStringList& parts) {
    QTest::newRow(text) << QString::fromLatin1(text) << parts;
  };
  row("", {"there is no condition"});
  row("depht(gateway) > 1", {"no function \"depht\"", "depth, state, event"});
  row("depth(gatway) > 1", {"called \"gatway\"", "gateway"});
  row("depth(gateway > 1", {"not closed"});
  row("depth(gateway) 1", {"\"1\" is no comparison", ">="});
  row("depth(gateway) >", {"to be compared with something"});
  row("depth(gateway)", {"to be compared with something"});
  row("depth() > 1", {"depth() names nothing"});
  row("depth(gateway) > much", {"\"much\" is no number", "250k"});
  row("state(breaker.crd) == open", {"\"breaker.crd\"", "breaker.card"});
  row("state(breaker.card) == opened", {"never \"opened\"", "closed, open, half-open"});
  row("state(breaker.card) > open", {"\">\" does not compare states", "== or !="});
  row("p99(payment.latency) > 100", {"\"100\" has no unit", "10ms"});
  row("p99(payment.latncy) > 1ms", {"no metric \"payment.latncy\"", "payment.latency"});
  row("p99(offered) > 1", {"offered is a counter and has no p99"});
  row("payment.latency > 1ms", {"payment.latency is a distribution and has no value"});
  row("rate(inflight) > 1", {"inflight is a gauge and has no rate"});
  row("event(bank.dead)", {"bank is never \"dead\"", "down"});
  row("event(kill_bnk)", {"no event \"kill_bnk\"", "kill_bank"});
  row("event(bank.down) > 1", {"stands alone"});
}

void TestCondition::saysWhatIsWrong() {
  QFETCH(const QString, text);
  QFETCH(const QStringList, parts);
  const auto condition = Condition::parse(text.toStdString(), names());
  QVERIFY(!condition);
  const QString said = QString::fromStdString(condition.error().message);
  for (const QString& part : parts) QVERIFY2(said.contains(part), qPrintable(said));
  QVERIFY(!said.contains('\n'));
}

void TestCondition::offersOnlyWhatCanBeAsked() {
  for (const std::string& function : run::conditionFunctions()) {
    const auto arguments = names().argumentsOf(function);
    QVERIFY2(!arguments.empty(), function.c_str());
    for (const std::string& argument : arguments) {
      std::string text = function + "(" + argument + ")";
      if (function == "state") text += " == " + names().statesOf(argument).front();
      if (function != "state" && function != "event") {
        // A threshold in one unit or the other is right.
        const bool any = Condition::parse(text + " > 1", names()).has_value() ||
                         Condition::parse(text + " > 1ms", names()).has_value();
        QVERIFY2(any, text.c_str());
      } else {
        QVERIFY2(Condition::parse(text, names()).has_value(), text.c_str());
      }
    }
  }
}

// The slow and obvious way: one event, and a look.
void TestCondition::strikesAfterExactlyTheEvent() {
  for (const char* text : {"inflight > 40", "count(payment.latency) >= 7", "offered == 33"}) {
    const Condition condition = parsed(text);
    QVERIFY(condition.isExact());
    const auto run = freshRun();
    const ConditionWatch watch(condition, *run);
    while (!watch.holds() && run->step()) {
    }
    QVERIFY(watch.holds());
    QCOMPARE(strikesAt(text, 10'000), run->events());
  }
}

void TestCondition::strikesAtTheSamePlaceForAnySlice_data() {
  QTest::addColumn<QString>("text");
  for (const char* text :
       {"inflight > 40", "state(breaker.card) == open", "event(bank.down)", "event(kill_bank)",
        "event(kill_bank.lifted)", "p99(payment.latency) > 80ms", "depth(clients) > 100",
        "rate(outcome.approved) > 10"}) {
    QTest::newRow(text) << QString::fromLatin1(text);
  }
}

void TestCondition::strikesAtTheSamePlaceForAnySlice() {
  QFETCH(const QString, text);
  const std::uint64_t expected = strikesAt(text.toStdString(), ~std::uint64_t{0});
  QVERIFY(expected > 0);
  for (const std::uint64_t slice : {1U, 7U, 256U, 1000U}) {
    QCOMPARE(strikesAt(text.toStdString(), slice), expected);
  }
}

void TestCondition::strikesAgainOnlyAfterItWasFalse() {
  const auto run = freshRun();
  ConditionWatch watch(parsed("inflight > 40"), *run);
  bool held = false;
  for (int i = 0; i < 3000 && run->step(); ++i) {
    const bool holds = watch.holds();
    QCOMPARE(watch.strikes(), holds && !held);
    held = holds;
  }
  QVERIFY(!watch.strikes());
}

// Broken pieces of conditions: an answer or a sentence, never a crash.
void TestCondition::survivesAnyText() {
  Rng draws = Rng::forStream(7, "fuzz");
  const std::vector<std::string> pieces = {
      "depth",   "(",    ")",   "gateway", ".queue", " ",  ">",  ">=",      "==",  "state",
      "open",    "100",  "ms",  "1e999",   "-",      "{",  "}",  "=",       "p99", "event",
      "\xff",    "\n",   "k/s", "%",       "!=",     "",   "<",  ".",       "{=}", "breaker.card",
      "offered", "rate", "nan", "inf",     "0x1",    "\t", "\"", "event(.)"};
  int accepted = 0;
  for (int i = 0; i < 30'000; ++i) {
    std::string text;
    for (std::uint64_t n = draws.below(9); n > 0; --n) text += pieces[draws.below(pieces.size())];
    const auto condition = Condition::parse(text, names());
    if (!condition) {
      QVERIFY(!condition.error().message.empty());
      continue;
    }
    ++accepted;
    QVERIFY(Condition::parse(condition->text(), names()).has_value());
  }
  QVERIFY(accepted > 0);
  QVERIFY(!Condition::parse(std::string(100'000, '('), names()));
}

QTEST_GUILESS_MAIN(TestCondition)
#include "tst_condition.moc"
