// Saved runs: what is written is read back the same and is the same run; what is damaged is told.
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "engine/base/rng.h"
#include "engine/export/saved_run.h"
#include "engine/labs/catalog.h"
#include "engine/run/time_travel.h"

using namespace ringside;
using namespace std::chrono_literals;
using exports::parseSavedRun;
using exports::SavedRun;
using run::Goal;
using run::Run;
using run::TimeTravel;

namespace {

run::RunPlan planOf(std::uint64_t seed) {
  run::RunPlan plan;
  plan.labId = "payment-gateway";
  plan.preset = "common";
  plan.seed = seed;
  plan.knobs = {{"tps", 3000}, {"merchants", 100}, {"l2.capacity", 10'000}};
  plan.length = 120ms;
  plan.faults = {{Instant(20ms), {"kill_bank", {{"method", 1}}, 30ms}}};
  return plan;
}

const lab::LabInfo& info() {
  static const lab::LabInfo kInfo = labs::make("payment-gateway").value()->describe();
  return kInfo;
}

// A hand-driven run of two branches.
SavedRun livedRun(std::uint64_t seed) {
  SavedRun saved;
  saved.plan = planOf(seed);
  auto made = TimeTravel::of([plan = saved.plan] { return Run::make(plan); });
  if (!made) qFatal("%s", made.error().message.c_str());
  TimeTravel& travel = **made;
  Rng draws = Rng::forStream(seed, "acts");
  const auto act = [&] {
    travel.present().advance(travel.present().now() + 10ms, ~std::uint64_t{0});
    (void)travel.turnKnob("step.bank", 1e6 * static_cast<double>(10 + draws.below(80)) + 1);
    (void)travel.inject({"kill_l2", {}, 7ms});
    travel.settle(1e6);
  };
  act();
  act();
  travel.mark("here");
  (void)travel.seek(Goal::time(Instant(5ms)));
  while (travel.travelOn(1000).value_or(false)) {
  }
  act();
  const auto second = travel.inject({"kill_l2", {}});
  if (second) (void)travel.lift(*second);
  travel.present().advance(Instant(90ms), ~std::uint64_t{0});
  travel.settle(1e6);
  saved.story = travel.story();
  saved.breakpoints = {{"inflight > 40", true}, {"state(breaker.card) == open", false}};
  saved.saved = travel.present().position();
  saved.fingerprint = travel.present().fingerprint();
  return saved;
}

std::string textOf(const SavedRun& saved) { return exports::savedRunText(saved, info()); }

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  if (at == std::string::npos) qFatal("no %s", what.c_str());
  return text.replace(at, what.size(), with);
}

}  // namespace

class TestSavedRun : public QObject {
  Q_OBJECT

 private slots:
  void readsBackWhatItWrote();
  void isTheSameRunAgain();
  void saysWhereAFileIsWrong_data();
  void saysWhereAFileIsWrong();
  void tellsArrivalsFromOthers();
  void survivesDamage();
  void tellsOfAFileThatIsNotThere();
};

void TestSavedRun::readsBackWhatItWrote() {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const SavedRun saved = livedRun(seed);
    QVERIFY(saved.story.branches.size() == 2);
    const auto read = parseSavedRun(textOf(saved), "x.ringside");
    QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
    QVERIFY(read->story == saved.story);
    QVERIFY(read->breakpoints == saved.breakpoints);
    QVERIFY(read->saved == saved.saved);
    QCOMPARE(read->fingerprint, saved.fingerprint);
    QVERIFY(read->plan.knobs.size() == saved.plan.knobs.size());
    const auto again = parseSavedRun(textOf(*read), "x.ringside");
    QVERIFY(again.has_value());
    QCOMPARE(QString::fromStdString(textOf(*again)), QString::fromStdString(textOf(*read)));
  }
}

void TestSavedRun::isTheSameRunAgain() {
  QTemporaryDir folder;
  const std::string path = (folder.path() + "/a.ringside").toStdString();
  const SavedRun saved = livedRun(3);
  QVERIFY(exports::writeSavedRun(path, saved, info()));
  const auto read = exports::readSavedRun(path);
  QVERIFY(read.has_value());
  auto run = Run::replay(read->plan, read->story.branch().journal);
  QVERIFY(run.has_value());
  QVERIFY(run::travel(**run, Goal::place(read->saved), ~std::uint64_t{0}));
  QVERIFY((*run)->position() == saved.saved);
  QCOMPARE((*run)->fingerprint(), saved.fingerprint);
}

void TestSavedRun::saysWhereAFileIsWrong_data() {
  QTest::addColumn<QString>("what");
  QTest::addColumn<QString>("with");
  QTest::addColumn<QStringList>("parts");
  const auto row = [](const char* name, const char* what, const char* with, QStringList parts) {
    QTest::newRow(name) << QString::fromUtf8(what) << QString::fromUtf8(with) << parts;
  };
  row("not JSON", "\"lab\"", "lab", {"expected JSON", "line 3"});
  row("newer", "\"ringside_run\": 1", "\"ringside_run\": 2",
      {"/ringside_run", "expected version 1, found 2", "newer"});
  row("lab", "\"payment-gateway\"", "\"payment-gatway\"", {"/lab", "payment-gatway"});
  row("preset", "\"common\"", "\"usual\"", {"/preset", "corrected, common", "\"usual\""});
  row("knob", "\"merchants\"", "\"merchant\"", {"/set/merchant", "found \"merchant\""});
  row("knob value", "\"3k\"", "\"many\"", {"/set/tps", "found the text \"many\""});
  row("knob number", "\"3k\"", "3000", {"/set/tps", "expected a text such as"});
  row("seed", "\"seed\": 1", "\"seed\": -1", {"/seed", "whole number", "-1"});
  row("length", "\"120ms\"", "\"120\"", {"/for", "expected a duration", "\"120\""});
  row("fault", "kill_bank", "kill_bnk", {"/faults/0", "kill_bank"});
  row("journal", "\"turn\": \"step.bank\"", "\"turn\": \"bank\"", {"/branches/0/journal/0/turn"});
  row("act", "\"turn\"", "\"twist\"", {"/branches/0/journal/0", "turn, inject, lift"});
  row("parent", "\"parent\": 0", "\"parent\": 1", {"/branches/1/parent", "from 0 to 0"});
  row("branch", "\"branch\": 1", "\"branch\": 2", {"/branch", "from 0 to 1"});
  row("fingerprint", "\"fingerprint\": \"", "\"fingerprint\": \"g",
      {"/saved/fingerprint", "sixteen hexadecimal digits"});
  row("unknown key", "\"seed\"", "\"sead\": 1, \"seed\"", {"/sead", "found \"sead\""});
}

void TestSavedRun::saysWhereAFileIsWrong() {
  QFETCH(const QString, what);
  QFETCH(const QString, with);
  QFETCH(const QStringList, parts);
  const std::string text = replaced(textOf(livedRun(1)), what.toStdString(), with.toStdString());
  const auto read = parseSavedRun(text, "dir/my.ringside");
  QVERIFY(!read);
  const QString said = QString::fromStdString(read.error().message);
  QVERIFY2(said.startsWith("dir/my.ringside"), qPrintable(said));
  for (const QString& part : parts) QVERIFY2(said.contains(part), qPrintable(said));
}

void TestSavedRun::tellsArrivalsFromOthers() {
  QTemporaryDir folder;
  const std::string csv = (folder.path() + "/load.csv").toStdString();
  std::ofstream(csv) << "time_s,key\n0,1\n0.001,2\n0.002,3\n";
  SavedRun saved;
  saved.plan = planOf(1);
  saved.plan.arrivals = std::make_shared<const lab::ArrivalTrace>(lab::readArrivals(csv).value());
  saved.arrivalsFile = "load.csv";
  const std::string file = (folder.path() + "/a.ringside").toStdString();
  const auto read = parseSavedRun(textOf(saved), file);
  QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
  QCOMPARE(read->plan.arrivals->arrivals.size(), std::size_t{3});
  std::ofstream(csv) << "time_s,key\n0,1\n0.001,2\n0.002,4\n";
  const auto other = parseSavedRun(textOf(saved), file);
  QVERIFY(!other);
  QVERIFY(other.error().message.find("/arrivals/hash") != std::string::npos);
}

// Bytes changed, cut and doubled: a run or a sentence, and never a crash.
void TestSavedRun::survivesDamage() {
  const std::string sound = textOf(livedRun(2));
  Rng draws = Rng::forStream(5, "damage");
  for (int i = 0; i < 3000; ++i) {
    std::string text = sound;
    for (std::uint64_t n = 1 + draws.below(4); n > 0 && !text.empty(); --n) {
      const std::size_t at = draws.below(text.size());
      const std::uint64_t kind = draws.below(4);
      if (kind == 0) text[at] = static_cast<char>(draws.below(256));
      if (kind == 1) text.erase(at, 1 + draws.below(30));
      if (kind == 2) text.insert(at, text.substr(draws.below(text.size()), draws.below(80)));
      if (kind == 3) text[at] = "{}[]:,\"0-9e"[draws.below(11)];
    }
    const auto read = parseSavedRun(text, "x");
    if (!read) {
      QVERIFY(!read.error().message.empty());
      continue;
    }
    auto built = Run::replay(read->plan, read->story.branch().journal);
    if (built) (*built)->advance(Instant(1ms), 1000);
  }
}

void TestSavedRun::tellsOfAFileThatIsNotThere() {
  const auto read = exports::readSavedRun("/nowhere/x.ringside");
  QVERIFY(!read);
  QVERIFY(read.error().message.find("/nowhere/x.ringside: cannot be read") == 0);
  QVERIFY(!exports::readSavedRun("/"));
}

QTEST_GUILESS_MAIN(TestSavedRun)
#include "tst_saved_run.moc"
