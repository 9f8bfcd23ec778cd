#include <QtTest>

#include <random>

#include "engine/lab/fault.h"

using namespace ringside;
using namespace ringside::lab;

namespace {

ParameterSpec argument(std::string key, ParameterKind kind, double minimum, double maximum) {
  ParameterSpec spec;
  spec.key = std::move(key);
  spec.kind = kind;
  spec.initial = minimum;
  spec.minimum = minimum;
  spec.maximum = maximum;
  return spec;
}

std::vector<FaultSpec> knownFaults() {
  ParameterSpec bank = argument("bank", ParameterKind::Choice, 0, 1);
  bank.choices = {"card", "upi"};
  FaultSpec kill{
      .name = "kill_shard", .label = "Kill shard", .help = "", .arguments = {}, .component = ""};
  kill.arguments = {argument("shard", ParameterKind::Integer, 0, 7)};
  FaultSpec slow{
      .name = "slow_bank", .label = "Slow bank", .help = "", .arguments = {}, .component = ""};
  slow.arguments = {bank, argument("factor", ParameterKind::Real, 1, 100),
                    argument("jitter", ParameterKind::Duration, 0, 1e9)};
  FaultSpec drop{.name = "drop_gateway",
                 .label = "Drop gateway",
                 .help = "",
                 .arguments = {},
                 .component = "",
                 .countKnob = "gateways"};
  drop.arguments = {argument("gateway", ParameterKind::Integer, 1, 20),
                    argument("factor", ParameterKind::Real, 1, 100)};
  drop.arguments[0].initial = 3;
  FaultSpec cut{.name = "cut_l2", .label = "Cut L2", .help = "", .arguments = {}, .component = ""};
  return {kill, slow, cut, drop};
}

std::string messageOf(const QString& text) {
  const auto fault = parseFault(knownFaults(), text.toStdString());
  return fault ? "accepted" : fault.error().message;
}

std::vector<FaultSpec> withGateways(double count) {
  return fitted(knownFaults(), {{"shards", 8}, {"gateways", count}});
}

std::string checkMessage(const FaultOrder& order) {
  const auto ok = checkOrder(withGateways(5), order);
  return ok ? "accepted" : ok.error().message;
}

std::string durationMessage(const char* text) {
  const auto duration = parseDuration(text);
  return duration ? "accepted" : duration.error().message;
}

}  // namespace

class TestFault : public QObject {
  Q_OBJECT

 private slots:
  void readsTimeNameArgumentsAndLength() {
    const auto fault = parseFault(knownFaults(), "200ms kill_shard shard=2 for 300ms");
    QVERIFY(fault.has_value());
    QCOMPARE(fault->at.time_since_epoch().count(), std::int64_t{200'000'000});
    QCOMPARE(fault->order.name, std::string("kill_shard"));
    QCOMPARE(fault->order.arguments, (std::vector<ParameterValue>{{"shard", 2}}));
    QCOMPARE(fault->order.duration.count(), std::int64_t{300'000'000});
  }

  void fillsInWhatIsLeftOut() {
    const auto fault = parseFault(knownFaults(), "  1s\tslow_bank  factor=4 ");
    QVERIFY(fault.has_value());
    const std::vector<ParameterValue> complete{{"bank", 0}, {"factor", 4}, {"jitter", 0}};
    QCOMPARE(fault->order.arguments, complete);
    QVERIFY(fault->order.duration == kForever);
  }

  void refuses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* text, const char* message) {
      QTest::newRow(name) << text << message;
    };
    row("empty", "", "fault '': needs 'TIME NAME [ARG=VALUE]... [for DURATION]'");
    row("only a time", "1s", "fault '1s': needs 'TIME NAME [ARG=VALUE]... [for DURATION]'");
    row("time without unit", "1 cut_l2",
        "fault '1 cut_l2': time '1' has no unit: ns, us, ms, s, m or h");
    row("time before the run", "-1s cut_l2", "fault '-1s cut_l2': time '-1s' is below 0");
    row("unknown fault", "1s cut_l3",
        "fault '1s cut_l3': 'cut_l3' is not a fault of this lab; "
        "allowed: kill_shard, slow_bank, cut_l2, drop_gateway");
    row("unknown argument", "1s kill_shard node=2",
        "fault '1s kill_shard node=2': 'kill_shard' has no argument 'node'; allowed: shard");
    row("argument of none", "1s cut_l2 x=1",
        "fault '1s cut_l2 x=1': 'cut_l2' has no argument 'x'; allowed: none");
    row("bad value", "1s kill_shard shard=8",
        "fault '1s kill_shard shard=8': shard: '8' is out of range; allowed: 0 to 7");
    row("argument twice", "1s kill_shard shard=1 shard=2",
        "fault '1s kill_shard shard=1 shard=2': argument 'shard' is given twice");
    row("stray word", "1s kill_shard 2",
        "fault '1s kill_shard 2': '2' is neither ARGUMENT=VALUE nor 'for DURATION'");
    row("for what", "1s cut_l2 for",
        "fault '1s cut_l2 for': 'for' needs a duration, such as 300ms");
    row("for nothing", "1s cut_l2 for 0s",
        "fault '1s cut_l2 for 0s': duration '0s' must be above 0");
    row("for a bare number", "1s cut_l2 for 3",
        "fault '1s cut_l2 for 3': '3' has no unit: ns, us, ms, s, m or h");
    row("words behind the length", "1s cut_l2 for 3s now",
        "fault '1s cut_l2 for 3s now': 'now' stands behind the duration, where nothing may");
  }
  void refuses() {
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(messageOf(text)), message);
  }

  void fitsWhatNumbersAPartToTheParts() {
    const auto known = withGateways(5);
    QCOMPARE(known[3].arguments[0].maximum, 5.0);
    QCOMPARE(known[3].arguments[0].initial, 3.0);
    QCOMPARE(known[3].arguments[1].maximum, 100.0);  // The factor is no part.
    QCOMPARE(known[0].arguments[0].maximum, 7.0);    // Declares no knob.
    QCOMPARE(withGateways(2)[3].arguments[0].initial, 2.0);
    QCOMPARE(withGateways(1)[3].arguments[0].maximum, 1.0);
  }

  void readsOnlyPartsThatAreThere() {
    const auto known = withGateways(5);
    QVERIFY(parseFault(known, "1s drop_gateway gateway=5").has_value());
    const auto message = [&](std::string_view text) {
      return parseFault(known, text).error().message;
    };
    QCOMPARE(message("1s drop_gateway gateway=6"),
             std::string("fault '1s drop_gateway gateway=6': gateway 6 is not there: 1 to 5"));
    QCOMPARE(message("1s drop_gateway gateway=0"),
             std::string("fault '1s drop_gateway gateway=0': gateway 0 is not there: 1 to 5"));
    QCOMPARE(message("1s drop_gateway gateway=-3"),
             std::string("fault '1s drop_gateway gateway=-3': gateway -3 is not there: 1 to 5"));
    QCOMPARE(message("1s drop_gateway gateway=x"),
             std::string("fault '1s drop_gateway gateway=x': "
                         "gateway: 'x' is not a number; allowed: 1 to 5"));
    QCOMPARE(message("1s drop_gateway gateway=1.5"),
             std::string("fault '1s drop_gateway gateway=1.5': "
                         "gateway: '1.5' is not a whole number; allowed: 1 to 5"));
    QCOMPARE(message("1s drop_gateway factor=101"),
             std::string("fault '1s drop_gateway factor=101': "
                         "factor: '101' is out of range; allowed: 1 to 100"));
  }

  void checksOrders() {
    const FaultOrder fine{"drop_gateway", {{"gateway", 5}, {"factor", 2}}, Duration(1)};
    QCOMPARE(checkMessage(fine), std::string("accepted"));
    FaultOrder order = fine;
    order.arguments[0].value = 6;
    QCOMPARE(checkMessage(order),
             std::string("fault drop_gateway: gateway 6 is not there: 1 to 5"));
    order = fine;
    order.arguments[1].value = 0.5;
    QCOMPARE(checkMessage(order), std::string("fault drop_gateway: factor must be 1 to 100"));
    order = fine;
    order.arguments.pop_back();
    QCOMPARE(checkMessage(order), std::string("fault drop_gateway: factor must be 1 to 100"));
    order = fine;
    order.arguments[0].key = "shard";
    QCOMPARE(checkMessage(order), std::string("fault drop_gateway: gateway must be 1 to 5"));
    order = fine;
    order.arguments.push_back({"x", 1});
    QCOMPARE(checkMessage(order), std::string("fault drop_gateway: takes 2 arguments, not 3"));
    order = fine;
    order.duration = Duration::zero();
    QCOMPARE(checkMessage(order), std::string("fault drop_gateway: lasts no time"));
    order.name = "drop_bank";
    QCOMPARE(checkMessage(order),
             std::string("'drop_bank' is not a fault of this lab; "
                         "allowed: kill_shard, slow_bank, cut_l2, drop_gateway"));
  }

  void saysThatALabHasNoFaults() {
    const auto fault = parseFault({}, "1s cut_l2");
    QVERIFY(!fault);
    QCOMPARE(fault.error().message,
             std::string("fault '1s cut_l2': 'cut_l2' is not a fault of this lab; allowed: none"));
  }

  void writesWhatItReads() {
    const std::string text = "1.5s slow_bank bank=upi factor=4 jitter=10ms for 2m";
    const auto fault = parseFault(knownFaults(), text);
    QVERIFY(fault.has_value());
    QCOMPARE(formatFault(knownFaults(), *fault), text);
  }

  void roundTripsAnyOrder() {
    std::mt19937_64 rng(3);
    for (int i = 0; i < 20000; ++i) {
      ScheduledFault fault;
      fault.at = Instant(Duration(static_cast<std::int64_t>(rng() >> (1 + rng() % 63))));
      fault.order.name = "slow_bank";
      fault.order.arguments = {{"bank", static_cast<double>(rng() % 2)},
                               {"factor", 1 + static_cast<double>(rng() >> 11) * 0x1p-50},
                               {"jitter", static_cast<double>(rng() % 1'000'000'001)}};
      if (rng() % 2 == 0) fault.order.duration = Duration(static_cast<std::int64_t>(rng() >> 1));
      if (fault.order.duration <= Duration::zero()) fault.order.duration = Duration(1);
      const std::string text = formatFault(knownFaults(), fault);
      const auto back = parseFault(knownFaults(), text);
      QVERIFY2(back.has_value(), text.c_str());
      QVERIFY2(back->at == fault.at && back->order.duration == fault.order.duration, text.c_str());
      QVERIFY2(back->order.arguments == fault.order.arguments, text.c_str());
    }
  }

  void writesDurationsShortestFirst_data() {
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64{0} << "0s";
    QTest::newRow("one") << qint64{1} << "1ns";
    QTest::newRow("never below one") << qint64{100'000'000} << "100ms";
    QTest::newRow("fraction") << qint64{1'500'000'000} << "1.5s";
    QTest::newRow("whole minutes") << qint64{120'000'000'000} << "2m";
    QTest::newRow("seconds over minutes") << qint64{90'000'000'000} << "90s";
    QTest::newRow("endless in minutes") << qint64{61'000'000'000} << "61s";
    QTest::newRow("hour") << qint64{3'600'000'000'000} << "1h";
    QTest::newRow("negative") << qint64{-250'000} << "-250us";
    QTest::newRow("all digits") << qint64{1'234'567'891} << "1.234567891s";
  }
  void writesDurationsShortestFirst() {
    QFETCH(qint64, nanos);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(formatDuration(Duration(nanos))), text);
    QCOMPARE(qint64{parseDuration(text.toStdString()).value().count()}, nanos);
  }

  void readsBackAnyDuration() {
    std::mt19937_64 rng(5);
    for (int i = 0; i < 100000; ++i) {
      std::int64_t nanos = static_cast<std::int64_t>(rng() >> (1 + rng() % 63));
      if (i % 3 == 0) nanos -= nanos % 1'000'000;
      if (i % 5 == 0) nanos = -nanos;
      const auto back = parseDuration(formatDuration(Duration(nanos)));
      QVERIFY(back.has_value());
      QCOMPARE(qint64{back->count()}, qint64{nanos});
    }
    QCOMPARE(qint64{parseDuration(formatDuration(Duration::max())).value().count()},
             qint64{Duration::max().count()});
    QVERIFY(!formatDuration(Duration::min()).empty());
  }

  void refusesDurations() {
    QCOMPARE(durationMessage("12"), std::string("'12' has no unit: ns, us, ms, s, m or h"));
    QCOMPARE(durationMessage("1.5ns"), std::string("'1.5ns' is finer than a nanosecond"));
    QCOMPARE(durationMessage("1e-10s"), std::string("'1e-10s' is finer than a nanosecond"));
    QCOMPARE(durationMessage("300000000h"), std::string("'300000000h' is beyond 292 years"));
    QCOMPARE(durationMessage("1e400s"), std::string("'1e400s' is beyond 292 years"));
    QCOMPARE(durationMessage("ms"),
             std::string("'ms' is not a duration such as 250us, 10ms, 1.5s or 2m"));
    QCOMPARE(durationMessage("5 sec"),
             std::string("'5 sec' has unknown unit ' sec': use ns, us, ms, s, m or h"));
  }

  void neverCrashesOnAnyBytes() {
    std::mt19937_64 rng(11);
    const std::string seed = "200ms slow_bank bank=upi factor=4.5 jitter=1e3us for 300ms";
    for (int i = 0; i < 50000; ++i) {
      std::string text = seed;
      for (auto edits = 1 + rng() % 6; edits > 0; --edits) {
        const std::size_t at = rng() % text.size();
        if (rng() % 3 == 0) {
          text.insert(at, 1, static_cast<char>(rng() & 0xff));
        } else if (rng() % 2 == 0 && text.size() > 1) {
          text.erase(at, 1);
        } else {
          text[at] = static_cast<char>(rng() & 0xff);
        }
      }
      const auto fault = parseFault(knownFaults(), text);
      if (!fault) QVERIFY(!fault.error().message.empty());
    }
  }
};

QTEST_GUILESS_MAIN(TestFault)
#include "tst_fault.moc"
