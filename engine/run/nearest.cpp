#include "engine/run/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ringside::run {
namespace {

constexpr std::size_t kNeighbours = 4;

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t swapped = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({swapped, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearestNames(std::string_view name, const std::vector<std::string>& known) {
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string& other : known) near.emplace_back(editDistance(name, other), other);
  std::sort(near.begin(), near.end());
  near.resize(std::min(near.size(), kNeighbours));
  std::string names;
  for (const auto& [distance, other] : near) {
    names += names.empty() ? "" : ", ";
    names += other;
  }
  return "the nearest are " + names;
}

}  // namespace ringside::run
