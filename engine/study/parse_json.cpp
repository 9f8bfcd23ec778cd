// parseJson of json_node.h: text to document, with the two checks the library does not make: where
// in the file an error is, and whether a key stands twice.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "engine/study/json_node.h"

namespace ringside::study {
namespace {

using nlohmann::json;

// Follows the parser through the document to know the pointer of a key that stands twice.
class DuplicateKeys {
 public:
  explicit DuplicateKeys(Complaints& complaints) : complaints_(complaints) {}

  bool see(json::parse_event_t event, const json& parsed) {
    switch (event) {
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start:
        countItem();
        levels_.push_back(Level{event == json::parse_event_t::array_start, 0, {}, {}});
        break;
      case json::parse_event_t::object_end:
      case json::parse_event_t::array_end:
        levels_.pop_back();
        break;
      case json::parse_event_t::key:
        seeKey(parsed.get<std::string>());
        break;
      case json::parse_event_t::value:
        countItem();
        break;
    }
    return true;
  }

 private:
  struct Level {
    bool list = false;
    std::size_t items = 0;
    std::string key;
    std::set<std::string> keys;
  };

  void countItem() {
    if (!levels_.empty() && levels_.back().list) ++levels_.back().items;
  }

  void seeKey(std::string key) {
    Level& level = levels_.back();
    level.key = std::move(key);
    if (!level.keys.insert(level.key).second) {
      complaints_.add(pointer(), "expected each key once, found \"" + level.key + "\" again");
    }
  }

  [[nodiscard]] std::string pointer() const {
    json::json_pointer path;
    for (const Level& level : levels_) {
      if (level.list) {
        path /= level.items - 1;  // Items are counted as they begin.
      } else {
        path /= level.key;
      }
    }
    return path.to_string();
  }

  Complaints& complaints_;
  std::vector<Level> levels_;
};

std::string placeOf(std::string_view text, std::size_t byte) {
  const auto before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto lineStart = before.rfind('\n');
  const auto column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
  return fmt::format("line {}, column {}", line, column);
}

// The library's text after its own position, which repeats ours.
std::string reasonOf(const json::exception& error) {
  const std::string_view what = error.what();
  const auto at = what.find(": ");
  return std::string(at == std::string_view::npos ? what : what.substr(at + 2));
}

}  // namespace

std::optional<json> parseJson(std::string_view text, Complaints& complaints) {
  DuplicateKeys duplicates(complaints);
  try {
    return json::parse(text.begin(), text.end(), [&](int, json::parse_event_t event, json& parsed) {
      return duplicates.see(event, parsed);
    });
  } catch (const json::parse_error& error) {
    complaints.add("", fmt::format("expected JSON, found something else at {}: {}",
                                   placeOf(text, error.byte), reasonOf(error)));
  } catch (const json::exception& error) {
    complaints.add("", "expected JSON: " + reasonOf(error));
  }
  return std::nullopt;
}

}  // namespace ringside::study
