#include <QtTest>

#include "tests/tidy/checks.h"

using namespace ringside::tidy;

namespace {

std::string joined(const Findings& findings) {
  std::string text;
  for (const std::string& finding : findings) text += "\n  " + finding;
  return text;
}

using Check = Findings (*)(const Files&);

const std::vector<std::pair<const char*, Check>>& checks() {
  static const std::vector<std::pair<const char*, Check>> kChecks = {
      {"dependency arrows", wrongArrows},
      {"lines of 100 columns", longLines},
      {"functions of 70 lines", longFunctions},
      {"headers open with their contract", headersWithoutContract},
      {"banned words", bannedWordsIn},
      {"paths of one machine", machinePaths},
      {"unfinished marks", unfinishedMarks},
      {"sources are listed", unlistedSources},
      {"license", missingLicense},
  };
  return kChecks;
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

// Each check is first shown to fail on a sample, then run over the tree.
class TestTidy : public QObject {
  Q_OBJECT

 private slots:
  void finds_data() {
    QTest::addColumn<int>("check");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("finding");
    arrowSamples();
    textSamples();
    wordSamples();
    listSamples();
  }
  void finds() {
    QFETCH(int, check);
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QString, finding);
    const Files files = {{path.toStdString(), text.toStdString()}};
    const Findings found = checks()[static_cast<std::size_t>(check)].second(files);
    if (finding.isEmpty()) QVERIFY2(found.empty(), joined(found).c_str());
    if (finding.isEmpty()) return;
    QVERIFY(!found.empty());
    QVERIFY2(found.front().starts_with(path.toStdString() + ":"), found.front().c_str());
    QVERIFY2(found.front().find(finding.toStdString()) != std::string::npos, found.front().c_str());
  }

  void wantsEverySourceListed() {
    const Files listed = {{"engine/lab/CMakeLists.txt", "a.cpp\n  parts/b.cpp\n"},
                          {"engine/lab/a.cpp", ""},
                          {"engine/lab/parts/b.cpp", ""},
                          {"tests/lab/CMakeLists.txt", "ringside_test(tst_a)"},
                          {"tests/lab/tst_a.cpp", ""}};
    QVERIFY2(unlistedSources(listed).empty(), joined(unlistedSources(listed)).c_str());
    const Files looped = {
        {"tests/run/CMakeLists.txt", "foreach(name a b)\n ringside_test(tst_${name})"},
        {"tests/run/tst_b.cpp", ""}};
    QVERIFY2(unlistedSources(looped).empty(), joined(unlistedSources(looped)).c_str());
    Files more = listed;
    more.push_back({"engine/lab/b.cpp", ""});
    more.push_back({"tests/lab/tst_ab.cpp", ""});
    QCOMPARE(unlistedSources(more).size(), std::size_t{2});
  }

  void wantsTheLicense() {
    QCOMPARE(missingLicense({}).size(), std::size_t{1});
    QCOMPARE(missingLicense({{"LICENSE", "do as you like"}}).size(), std::size_t{1});
    QVERIFY(missingLicense({{"LICENSE", "GNU GENERAL PUBLIC LICENSE"}}).empty());
  }

  void readsTheTree() {
    const Files files = readTree(RINGSIDE_SOURCE_DIR);
    const auto has = [&files](const char* path) {
      return std::ranges::find(files, path, &SourceFile::path) != files.end();
    };
    for (const char* path : {"CMakeLists.txt", "LICENSE", "README.md", "ringside", ".ci/run",
                             "engine/base/time.h", "tests/tidy/tst_tidy.cpp"}) {
      QVERIFY2(has(path), path);
    }
    QVERIFY(std::ranges::none_of(
        files, [](const SourceFile& file) { return file.path.starts_with("build/"); }));
  }

  void holdsInTheTree_data() {
    QTest::addColumn<int>("check");
    for (std::size_t i = 0; i < checks().size(); ++i) {
      QTest::newRow(checks()[i].first) << static_cast<int>(i);
    }
  }
  void holdsInTheTree() {
    QFETCH(int, check);
    const Findings found =
        checks()[static_cast<std::size_t>(check)].second(readTree(RINGSIDE_SOURCE_DIR));
    // One by one: a failure's own text is cut off after a thousand characters.
    for (const std::string& finding : found) qWarning("%s", finding.c_str());
    QCOMPARE(found.size(), std::size_t{0});
  }

 private:
  static void sample(const char* name, Check check, const char* path, const std::string& text,
                     const char* finding) {
    const auto found = std::ranges::find(checks(), check, &std::pair<const char*, Check>::second);
    QTest::newRow(name) << static_cast<int>(found - checks().begin()) << path
                        << QString::fromStdString(text) << finding;
  }

  static void arrowSamples() {
    const auto row = [](const char* name, const char* path, const char* include,
                        const char* finding) {
      sample(name, wrongArrows, path, std::string("\n#include ") + include + "\n", finding);
    };
    row("up", "engine/base/a.h", "\"engine/runtime/b.h\"",
        "2: wrong arrow engine/base -> engine/r");
    row("subject to subject", "engine/cache/a.cpp", "\"engine/gateway/b.h\"", "wrong arrow");
    row("study to metrics", "engine/study/a.cpp", "\"engine/metrics/b.h\"", "wrong arrow");
    row("engine to views", "engine/run/a.cpp", "\"views/shell/b.h\"", "engine/run -> views");
    row("views to a subject", "views/run/a.cpp", "\"engine/cache/b.h\"", "wrong arrow");
    row("views to a system", "views/run/a.cpp", "\"engine/systems/b.h\"", "wrong arrow");
    row("views to app", "views/run/a.cpp", "\"app/b.h\"", "wrong arrow views -> app");
    row("Qt in the engine", "engine/run/a.cpp", "<QString>", "the engine knows no Qt");
    row("JSON in a lab", "engine/labs/a.cpp", "<nlohmann/json.hpp>", "JSON belongs to");
    row("not from the root", "engine/run/a.cpp", "\"b.h\"", "from the project's root");
    row("new folder", "engine/magic/a.cpp", "\"engine/base/b.h\"", "no rule for folder");
    row("down", "engine/systems/a.cpp", "\"engine/cache/b.h\"", "");
    row("beside", "engine/cache/a.cpp", "\"engine/cache/b.h\"", "");
    row("views to run", "views/run/a.cpp", "\"engine/run/b.h\"", "");
    row("tests to anything", "tests/run/a.cpp", "\"engine/cache/b.h\"", "");
  }

  static void textSamples() {
    sample("101 columns", longLines, "engine/base/a.h", "\n" + repeated("x", 101),
           "2: 101 columns");
    sample("100 columns", longLines, "engine/base/a.h", repeated("x", 100) + "\n", "");
    sample("wide page", longLines, "README.md", repeated("x", 300), "");
    sample("71 lines", longFunctions, "app/a.cpp", "void f() {\n" + repeated("g();\n", 69) + "}",
           "1: 71 lines");
    sample("70 lines", longFunctions, "app/a.cpp", "void f() {\n" + repeated("g();\n", 68) + "}",
           "");
    sample("no contract", headersWithoutContract, "engine/base/a.h", "#pragma once\n",
           "begin with");
    sample("code first", headersWithoutContract, "engine/base/a.h", "#pragma once\n// A: what.\n",
           "begin with");
    sample("no guard", headersWithoutContract, "engine/base/a.h", "// A: what it is.\n", "#pragma");
    sample("contract", headersWithoutContract, "engine/base/a.h", "// A: what.\n#pragma once\n",
           "");
    sample("someone's home", machinePaths, "README.md",
           "see /ho"
           "me/me/x",
           "name no place");
    sample("relative path", machinePaths, "README.md",
           "see share/wo"
           "rk/x and a/tmp",
           "");
    sample("to do", unfinishedMarks, "app/a.cpp",
           "// TO"
           "DO: more",
           "finish it");
    sample("to fix", unfinishedMarks, "content/a.json",
           "FIX"
           "ME",
           "finish it");
    sample("no mark", unfinishedMarks, "app/a.cpp",
           "kTO"
           "DOS",
           "");
  }

  static void wordSamples() {
    const auto row = [](const char* name, const char* path, const char* code, const char* finding) {
      sample(name, bannedWordsIn, path, code, finding);
    };
    row("rand", "engine/base/a.cpp", "x = rand();", "draw from base/rng.h");
    row("grand", "engine/base/a.cpp", "x = grand();", "");
    row("system clock", "engine/base/a.cpp", "std::chrono::system_clock::now()", "Instant now");
    row("steady clock", "engine/run/run.cpp", "std::chrono::steady_clock::now()", "wall clock");
    row("steady clock of the worker", "engine/run/run_worker.cpp", "steady_clock::now()", "");
    row("steady clock of a view", "views/run/a.cpp", "steady_clock::now()", "");
    row("random device", "tests/base/a.cpp", "std::random_device d;", "seeds come from");
    row("distribution", "engine/lab/a.cpp", "std::normal_distribution<> d;", "distributions.h");
    row("process events", "views/run/a.cpp", "app.processEvents();", "a thread of its own");
    row("signal", "views/run/a.cpp", "connect(a, SIGNAL(b()), c);", "&Class::member");
    row("singleton", "views/run/a.cpp", "Settings::instance().x", "constructor");
    row("singleton of its own", "views/run/a.cpp", "x = instance().x", "constructor");
    row("singleton of Qt", "views/run/a.cpp", "QCoreApplication::instance()->x", "");
    row("in a comment", "engine/base/a.cpp", "// rand( and system_clock", "");
    row("in a string", "engine/base/a.cpp", "f(\"SIGNAL(\");", "");
  }

  static void listSamples() {
    sample("unlisted", unlistedSources, "engine/base/a.cpp", "", "no CMakeLists.txt lists");
  }
};

QTEST_GUILESS_MAIN(TestTidy)
#include "tst_tidy.moc"
