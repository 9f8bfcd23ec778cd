#include "engine/study/json_node.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "engine/base/check.h"

namespace ringside::study {
namespace {

constexpr std::size_t kShownText = 40;

bool isBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A key as it stands in a JSON pointer (RFC 6901).
std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

// At most `kShownText` bytes, never ending inside a UTF-8 sequence.
std::string shortened(const std::string& text) {
  if (text.size() <= kShownText) return text;
  std::size_t end = kShownText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

void Complaints::add(std::string pointer, std::string message) {
  errors.push_back(ContentError{file, std::move(pointer), std::move(message)});
}

JsonNode::JsonNode(const nlohmann::json* value, std::string pointer, Complaints& complaints)
    : value_(value), pointer_(std::move(pointer)), complaints_(&complaints) {}

std::string JsonNode::found() const {
  switch (value_->type()) {
    case nlohmann::json::value_t::string:
      return fmt::format("the text \"{}\"", shortened(value_->get<std::string>()));
    case nlohmann::json::value_t::object:
      return fmt::format("an object with {} keys", value_->size());
    case nlohmann::json::value_t::array:
      return fmt::format("a list of {}", value_->size());
    case nlohmann::json::value_t::null:
      return "null";
    default:
      return value_->dump();
  }
}

void JsonNode::expected(std::string_view what) const {
  RINGSIDE_CHECK(present());
  complain(fmt::format("expected {}, found {}", what, found()));
}

void JsonNode::complain(std::string message) const {
  complaints_->add(pointer_, std::move(message));
}

std::string JsonNode::text() const {
  if (!present()) return {};
  if (!value_->is_string() || isBlank(value_->get_ref<const std::string&>())) {
    expected("a text that is not blank");
    return {};
  }
  return value_->get<std::string>();
}

std::string JsonNode::id() const {
  if (!present()) return {};
  const auto legal = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  const std::string* text = value_->get_ptr<const std::string*>();
  if (text == nullptr || text->empty() || !std::all_of(text->begin(), text->end(), legal)) {
    expected("an id of letters, digits and hyphens");
    return {};
  }
  return *text;
}

std::string JsonNode::markdown() const {
  if (!present()) return {};
  if (!value_->is_array()) return text();
  std::string joined;
  for (const auto& line : *value_) {
    if (!line.is_string()) {
      expected("a text, or a list of lines of text");
      return {};
    }
    joined += joined.empty() ? "" : "\n";
    joined += line.get_ref<const std::string&>();
  }
  if (isBlank(joined)) expected("a text that is not blank");
  return joined;
}

double JsonNode::number(double least, double most) const {
  if (!present()) return least;
  const double value = value_->is_number() ? value_->get<double>() : std::nan("");
  if (!(value >= least && value <= most)) {
    expected(fmt::format("a number from {} to {}", least, most));
    return least;
  }
  return value;
}

int JsonNode::whole(int least, int most) const {
  if (!present()) return least;
  const double value = value_->is_number() ? value_->get<double>() : std::nan("");
  if (!(value >= least && value <= most) || value != std::floor(value)) {
    expected(fmt::format("a whole number from {} to {}", least, most));
    return least;
  }
  return static_cast<int>(value);
}

std::uint64_t JsonNode::seed() const {
  if (!present()) return 1;
  if (!value_->is_number_unsigned()) {
    expected("a whole number of at least 0");
    return 1;
  }
  return value_->get<std::uint64_t>();
}

bool JsonNode::toggle() const {
  if (!present()) return false;
  if (!value_->is_boolean()) {
    expected("true or false");
    return false;
  }
  return value_->get<bool>();
}

std::vector<JsonNode> JsonNode::items(std::size_t least, std::size_t most) const {
  std::vector<JsonNode> out;
  if (!present()) return out;
  if (!value_->is_array() || value_->size() < least || value_->size() > most) {
    expected(fmt::format("a list of {} to {}", least, most));
    return out;
  }
  for (std::size_t i = 0; i < value_->size(); ++i) {
    out.emplace_back(&(*value_)[i], fmt::format("{}/{}", pointer_, i), *complaints_);
  }
  return out;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::entries() const {
  std::vector<std::pair<std::string, JsonNode>> out;
  if (!present()) return out;
  if (!value_->is_object()) {
    expected("an object");
    return out;
  }
  for (const auto& [key, value] : value_->items()) {
    out.emplace_back(key, JsonNode(&value, pointer_ + "/" + escaped(key), *complaints_));
  }
  return out;
}

JsonObject JsonNode::object() const {
  const bool usable = present() && value_->is_object();
  if (present() && !usable) expected("an object");
  return JsonObject(usable ? value_ : nullptr, pointer_, *complaints_);
}

JsonObject::JsonObject(const nlohmann::json* object, std::string pointer, Complaints& complaints)
    : object_(object), pointer_(std::move(pointer)), complaints_(&complaints) {}

JsonNode JsonObject::child(std::string_view key) {
  known_.emplace_back(key);
  const nlohmann::json* value = nullptr;
  if (object_ != nullptr) {
    const auto at = object_->find(known_.back());
    if (at != object_->end()) value = &*at;
  }
  return JsonNode(value, pointer_ + "/" + escaped(key), *complaints_);
}

JsonNode JsonObject::required(std::string_view key) {
  JsonNode node = child(key);
  if (object_ != nullptr && !node.present()) {
    complaints_->add(pointer_, fmt::format("expected the key \"{}\", found none", key));
  }
  return node;
}

JsonNode JsonObject::optional(std::string_view key) { return child(key); }

std::optional<std::string> JsonObject::oneOf(const std::vector<std::string>& keys) {
  known_.insert(known_.end(), keys.begin(), keys.end());
  if (object_ == nullptr) return std::nullopt;
  std::vector<std::string> there;
  for (const std::string& key : keys) {
    if (object_->contains(key)) there.push_back(key);
  }
  if (there.size() == 1) return there.front();
  complaints_->add(
      pointer_, fmt::format("expected exactly one of the keys {}, found {}", fmt::join(keys, ", "),
                            there.empty() ? "none" : fmt::format("{}", fmt::join(there, ", "))));
  return std::nullopt;
}

void JsonObject::finish() {
  if (object_ == nullptr) return;
  for (const auto& [key, value] : object_->items()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    complaints_->add(pointer_ + "/" + escaped(key),
                     fmt::format("expected one of the keys {}, found \"{}\"",
                                 fmt::join(known_, ", "), shortened(key)));
  }
}

}  // namespace ringside::study
