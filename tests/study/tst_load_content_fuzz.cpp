// The loader on damaged files: it never crashes, and gives either a scenario or an error.
#include <QtTest>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

#include "engine/study/load_content.h"
#include "engine/study/value_text.h"

using namespace ringside::study;  // NOLINT: the test is about this namespace.
using nlohmann::json;

namespace {

using Random = std::mt19937_64;  // Same numbers everywhere; distributions are not, so none is used.

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

std::string sampleText() {
  std::ifstream stream(RINGSIDE_TEST_DATA "/study/sample.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void mutateByte(std::string& text, Random& random) {
  const std::size_t at = below(random, text.size());
  switch (below(random, 4)) {
    case 0:
      text[at] = static_cast<char>(random() & 0xFF);
      break;
    case 1:
      text.erase(at, 1 + below(random, 40));
      break;
    case 2:
      text.insert(at, 1, "{}[],:\"\\01eE-.n\xff"[below(random, 17)]);
      break;
    default:
      text.insert(at, text.substr(below(random, text.size()), below(random, 60)));
  }
}

json oddValue(Random& random) {
  switch (below(random, 10)) {
    case 0:
      return nullptr;
    case 1:
      return true;
    case 2:
      return -1;
    case 3:
      return 1e308;
    case 4:
      return "";
    case 5:
      return "\xc3\xa9 95ms%";
    case 6:
      return json::array({1, "x", nullptr});
    case 7:
      return json::object({{"", 1}, {"a/b~c", json::array()}});
    case 8:
      return 18446744073709551615ULL;
    default:
      return json::array();
  }
}

// Replaces, removes or renames one node, chosen evenly among all that there are.
void mutateNode(json& document, Random& random) {
  const json flat = document.flatten();
  auto chosen = flat.begin();
  std::advance(chosen, static_cast<std::ptrdiff_t>(below(random, flat.size())));
  json::json_pointer at(chosen.key());
  for (std::size_t up = below(random, 3); up > 0 && !at.parent_pointer().empty(); --up) {
    at.pop_back();
  }
  json& parent = document.at(at.parent_pointer());
  if (below(random, 3) == 0 && parent.is_object()) {
    json moved = parent.at(at.back());
    parent.erase(at.back());
    if (below(random, 2) == 0) parent[at.back() + "x"] = std::move(moved);
    return;
  }
  document.at(at) = oddValue(random);
}

// True where exactly one of scenario and errors is there, and every error says something.
bool soundVerdict(const std::string& text) {
  std::vector<ContentError> errors;
  const auto scenario = parseScenario(text, "sample.json", errors);
  for (const ContentError& error : errors) {
    if (error.file != "sample.json" || error.message.empty()) return false;
  }
  return scenario.has_value() == errors.empty();
}

}  // namespace

class LoadContentFuzzTest : public QObject {
  Q_OBJECT

 private slots:
  void survivesDamagedBytes();
  void survivesDamagedNodes();
  void survivesDeepNesting();
  void everyQuantityIsReadOrRefused();
};

void LoadContentFuzzTest::survivesDamagedBytes() {
  const std::string good = sampleText();
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    Random random(seed);
    std::string text = good;
    for (std::size_t i = 1 + below(random, 3); i > 0; --i) mutateByte(text, random);
    QVERIFY2(soundVerdict(text), qPrintable(QString("seed %1").arg(seed)));
  }
}

void LoadContentFuzzTest::survivesDamagedNodes() {
  const json good = json::parse(sampleText());
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    Random random(seed);
    json document = good;
    for (std::size_t i = 1 + below(random, 2); i > 0; --i) mutateNode(document, random);
    QVERIFY2(soundVerdict(document.dump()), qPrintable(QString("seed %1").arg(seed)));
    std::vector<ContentError> errors;
    refused += parseScenario(document.dump(), "sample.json", errors).has_value() ? 0 : 1;
  }
  // Few mutations are harmless (a tag, a hint, the length of a run left out).
  QVERIFY2(refused > 700 && refused < 1000, qPrintable(QString::number(refused)));
}

void LoadContentFuzzTest::survivesDeepNesting() {
  QVERIFY(soundVerdict(std::string(100'000, '[')));
  QVERIFY(soundVerdict(std::string(20'000, '[') + std::string(20'000, ']')));
}

void LoadContentFuzzTest::everyQuantityIsReadOrRefused() {
  const std::string alphabet = "0123456789.-eE kMGTPimsnuhdB/t%b,";
  int read = 0;
  for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
    Random random(seed);
    std::string text;
    for (std::size_t i = below(random, 8); i > 0; --i) {
      text += alphabet[below(random, alphabet.size())];
    }
    const auto quantity = parseQuantity(text);
    if (quantity) {
      ++read;
      QVERIFY2(std::isfinite(quantity->value), text.c_str());
    } else {
      QVERIFY(!quantity.error().message.empty());
    }
  }
  QVERIFY(read > 100);
}

QTEST_GUILESS_MAIN(LoadContentFuzzTest)
#include "tst_load_content_fuzz.moc"
