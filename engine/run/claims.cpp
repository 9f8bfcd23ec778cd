#include "engine/run/claims.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "engine/metrics/format_value.h"
#include "engine/study/value_text.h"

namespace ringside::run {
namespace {

using metrics::Unit;
using study::Comparator;
using study::Measure;

// "Equal" and the edge of "near" forgive what decimal fractions lose in binary, and no more.
constexpr double kRoundOff = 1e-9;

Unit unitOf(Measure measure) {
  switch (measure) {
    case Measure::Number:
      return Unit::None;
    case Measure::PerSecond:
      return Unit::PerSecond;
    case Measure::Time:
      return Unit::Nanoseconds;
    case Measure::Ratio:
      return Unit::Ratio;
    case Measure::Bytes:
      return Unit::Bytes;
    case Measure::BytesPerSecond:
      return Unit::BytesPerSecond;
    case Measure::BitsPerSecond:
      return Unit::BitsPerSecond;
  }
  return Unit::None;
}

Unit unitOf(const study::Claim& claim) {
  const auto quantity = study::parseQuantity(claim.valueText);
  return quantity ? unitOf(quantity->measure) : Unit::None;
}

std::string_view symbolOf(Comparator comparator) {
  switch (comparator) {
    case Comparator::Equal:
      return "==";
    case Comparator::Near:
      return "~=";
    case Comparator::Less:
      return "<";
    case Comparator::LessOrEqual:
      return "<=";
    case Comparator::Greater:
      return ">";
    case Comparator::GreaterOrEqual:
      return ">=";
  }
  return "";
}

bool holds(const study::Claim& claim, double measured) {
  const double slack = kRoundOff * std::max(std::abs(measured), std::abs(claim.value));
  switch (claim.comparator) {
    case Comparator::Equal:
      return std::abs(measured - claim.value) <= slack;
    case Comparator::Near:
      return std::abs(measured - claim.value) <= claim.tolerance + slack;
    case Comparator::Less:
      return measured < claim.value;
    case Comparator::LessOrEqual:
      return measured <= claim.value;
    case Comparator::Greater:
      return measured > claim.value;
    case Comparator::GreaterOrEqual:
      return measured >= claim.value;
  }
  return false;
}

std::string expectedText(const study::Claim& claim, Unit unit) {
  std::string text(symbolOf(claim.comparator));
  text += ' ' + metrics::formatValue(claim.value, unit);
  if (claim.comparator == Comparator::Near) {
    text += " ± " + metrics::formatValue(claim.tolerance, unit);
  }
  return text;
}

}  // namespace

ClaimOutcome judge(const study::Scenario& scenario, const study::Claim& claim,
                   std::optional<double> measured, std::string evidence) {
  const Unit unit = unitOf(claim);
  ClaimOutcome outcome;
  outcome.scenario = scenario.id;
  outcome.id = claim.id;
  outcome.text = claim.text;
  outcome.metric = claim.metric;
  outcome.comparator = symbolOf(claim.comparator);
  outcome.expected = expectedText(claim, unit);
  outcome.evidence = std::move(evidence);
  if (!measured || !std::isfinite(*measured)) return outcome;
  outcome.measured = measured;
  outcome.measuredText = metrics::formatValue(*measured, unit);
  outcome.verdict = holds(claim, *measured) ? lab::Verdict::Holds : lab::Verdict::Fails;
  outcome.asContentSays =
      (outcome.verdict == lab::Verdict::Holds) == (claim.expected == study::Expectation::Holds);
  return outcome;
}

}  // namespace ringside::run
