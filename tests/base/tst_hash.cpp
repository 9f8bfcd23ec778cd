// Hashes against recorded values of other people's implementations (tests/data/hashes.json).
#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "engine/base/hash.h"

using namespace ringside;

namespace {

std::string bytesFromHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

std::uint64_t number(const nlohmann::json& row, const char* key) {
  return std::stoull(row.at(key).get<std::string>());
}

}  // namespace

class TestHash : public QObject {
  Q_OBJECT

 private slots:
  void matchesTheReferenceImplementations() {
    std::ifstream file(RINGSIDE_TEST_DATA "/hashes.json");
    const nlohmann::json vectors = nlohmann::json::parse(file);
    QVERIFY(vectors.at("rows").size() > 20);
    for (const nlohmann::json& row : vectors.at("rows")) {
      const std::string bytes = bytesFromHex(row.at("hex").get<std::string>());
      QCOMPARE(hash64(bytes), number(row, "xxh64_s0"));
      QCOMPARE(hash64(bytes, 1), number(row, "xxh64_s1"));
      QCOMPARE(hash64(bytes, 2654435761), number(row, "xxh64_s2654435761"));
      QCOMPARE(fnv1a64(bytes), number(row, "fnv1a_64"));
    }
  }

  void mixIsTheSplitMixFinalizer() {
    // First outputs of SplitMix64 from seed 1234567, as published with the reference code.
    QCOMPARE(mix64(1234567 + 0x9E3779B97F4A7C15U), std::uint64_t{6457827717110365317U});
    QCOMPARE(mix64(1234567 + 2 * 0x9E3779B97F4A7C15U), std::uint64_t{3203168211198807973U});
  }

  void mixSendsNoTwoWordsToOne() {
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 100'000; ++i) seen.insert(mix64(i));
    QCOMPARE(seen.size(), std::size_t{100'000});
  }

  void oneBitMovesAboutHalfTheOutput() {
    for (int bit = 0; bit < 64; ++bit) {
      int moved = 0;
      for (std::uint64_t word = 1; word <= 1000; ++word) {
        const std::uint64_t scattered = mix64(word * 0x9E3779B97F4A7C15U);
        const std::uint64_t other = mix64((word * 0x9E3779B97F4A7C15U) ^ (std::uint64_t{1} << bit));
        moved += std::popcount(scattered ^ other);
      }
      QVERIFY2(moved > 31'000 && moved < 33'000, qPrintable(QString::number(moved)));
    }
  }

  void isUsableAtCompileTime() {
    static_assert(fnv1a64("") == 0xCBF29CE484222325U);
    static_assert(mix64(0) == 0);
  }
};

QTEST_GUILESS_MAIN(TestHash)
#include "tst_hash.moc"
