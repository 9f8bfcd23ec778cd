// JsonNode: one value of a JSON document that knows its place, so that every complaint can name it.
//
// Model     Typed readers return the value or, after noting an error, a harmless default: reading
//           goes on and one pass finds everything that is wrong with a file. A node that is absent
//           answers with defaults and says nothing more, so a missing key is reported once.
// Promise   An error names the file, the JSON pointer, what was expected and what stood there.
//           Keys nobody asked for are errors too (JsonObject::finish): they are typing errors.
// Threads   None.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/study/content.h"

namespace ringside::study {

class JsonObject;

// Where complaints about one file are gathered.
struct Complaints {
  std::string file;
  std::vector<ContentError> errors;
  void add(std::string pointer, std::string message);
};

class JsonNode {
 public:
  // `value` may be null: the node is absent. Both pointees outlive the node.
  JsonNode(const nlohmann::json* value, std::string pointer, Complaints& complaints);

  [[nodiscard]] bool present() const { return value_ != nullptr; }
  [[nodiscard]] bool isText() const { return present() && value_->is_string(); }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

  [[nodiscard]] std::string text() const;      // Not blank.
  [[nodiscard]] std::string id() const;        // Letters, digits and hyphens.
  [[nodiscard]] std::string markdown() const;  // Text, or a list of lines. Not blank.
  [[nodiscard]] double number(double least, double most) const;
  [[nodiscard]] int whole(int least, int most) const;
  [[nodiscard]] std::uint64_t seed() const;
  [[nodiscard]] bool toggle() const;
  [[nodiscard]] std::vector<JsonNode> items(std::size_t least, std::size_t most) const;
  [[nodiscard]] JsonObject object() const;
  [[nodiscard]] std::vector<std::pair<std::string, JsonNode>> entries() const;  // By key.

  // "expected <what>, found <this>".
  void expected(std::string_view what) const;
  void complain(std::string message) const;

 private:
  [[nodiscard]] std::string found() const;

  const nlohmann::json* value_;
  std::string pointer_;
  Complaints* complaints_;
};

class JsonObject {
 public:
  JsonObject(const nlohmann::json* object, std::string pointer, Complaints& complaints);

  [[nodiscard]] JsonNode required(std::string_view key);
  [[nodiscard]] JsonNode optional(std::string_view key);  // Absent without complaint.
  // The one of `keys` that is there; an error when none or several are.
  [[nodiscard]] std::optional<std::string> oneOf(const std::vector<std::string>& keys);
  // Complains of keys that were never asked for. Call it when all were.
  void finish();

 private:
  [[nodiscard]] JsonNode child(std::string_view key);

  const nlohmann::json* object_;  // Null: absent, or not an object (said already).
  std::string pointer_;
  Complaints* complaints_;
  std::vector<std::string> known_;
};

// Parses a document. Errors give line and column; a key may stand only once in an object.
std::optional<nlohmann::json> parseJson(std::string_view text, Complaints& complaints);

}  // namespace ringside::study
