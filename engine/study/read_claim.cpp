#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "engine/study/read_experiment.h"
#include "engine/study/value_text.h"

namespace ringside::study {
namespace {

constexpr std::array<std::pair<std::string_view, Comparator>, 6> kComparators = {{
    {"==", Comparator::Equal},
    {"~=", Comparator::Near},
    {"<", Comparator::Less},
    {"<=", Comparator::LessOrEqual},
    {">", Comparator::Greater},
    {">=", Comparator::GreaterOrEqual},
}};

std::optional<Comparator> readComparator(const JsonNode& node) {
  const std::string text = node.text();
  for (const auto& [name, comparator] : kComparators) {
    if (name == text) return comparator;
  }
  if (!text.empty()) node.expected("one of ==, ~=, <, <=, >, >=");
  return std::nullopt;
}

std::optional<Quantity> readQuantity(const JsonNode& node) {
  const std::string text = node.text();
  if (text.empty()) return std::nullopt;
  const auto quantity = parseQuantity(text);
  if (!quantity) {
    node.complain("expected a quantity such as \"96ms\", found: " + quantity.error().message);
    return std::nullopt;
  }
  return *quantity;
}

// A tolerance in the unit of the value, or in per cent of a value that is no ratio itself.
double toleranceFor(const JsonNode& node, const Quantity& value) {
  const auto tolerance = readQuantity(node);
  if (!tolerance) return 0;
  if (tolerance->value <= 0) {
    node.expected("a tolerance above 0");
  } else if (tolerance->measure == value.measure) {
    return tolerance->value;
  } else if (tolerance->measure == Measure::Ratio) {
    return tolerance->value * std::abs(value.value);
  } else {
    node.expected(fmt::format("a tolerance that is {} like the value, or per cent of it",
                              nameOf(value.measure)));
  }
  return 0;
}

// Reads "tolerance", which is there exactly when the comparison is ~=.
void readTolerance(JsonObject& object, const std::optional<Quantity>& value, Claim& claim) {
  const bool near = claim.comparator == Comparator::Near;
  const JsonNode node = near ? object.required("tolerance") : object.optional("tolerance");
  if (!node.present()) return;
  if (!near) {
    node.expected("no tolerance unless the comparison is ~=");
    return;
  }
  claim.toleranceText = node.text();
  if (value) claim.tolerance = toleranceFor(node, *value);
}

void readComparison(JsonObject& object, Claim& claim) {
  const auto comparator = readComparator(object.required("is"));
  const JsonNode valueNode = object.required("value");
  const auto value = readQuantity(valueNode);
  claim.valueText = valueNode.text();
  if (comparator) {
    claim.comparator = *comparator;
    readTolerance(object, value, claim);
  } else {
    (void)object.optional("tolerance");  // Whether it belongs there cannot be told.
  }
  if (!value) return;
  claim.value = value->value;
  const bool pure = value->measure == Measure::Number || value->measure == Measure::Ratio;
  if (claim.base && !pure) {
    valueNode.expected("a plain number or per cent, since \"base\" makes it a quotient");
  }
}

Expectation readExpectation(const JsonNode& node) {
  if (!node.present()) return Expectation::Holds;
  const std::string text = node.text();
  if (text == "fails") return Expectation::Fails;
  if (text != "holds") node.expected("holds or fails");
  return Expectation::Holds;
}

}  // namespace

Claim readClaim(const JsonNode& node, const NamedExperiments& named) {
  JsonObject object = node.object();
  Claim claim;
  claim.id = object.required("id").id();
  claim.text = object.required("text").text();
  claim.experiment = readExperiment(object.required("experiment"), named);
  claim.base = readOptionalExperiment(object.optional("base"), named);
  claim.metric = object.required("metric").text();
  readComparison(object, claim);
  claim.expected = readExpectation(object.optional("expected"));
  claim.why = object.required("why").text();
  object.finish();
  return claim;
}

}  // namespace ringside::study
