// Content: scenarios with their questions, answers, checkpoints and claims, as loaded from JSON.
//
// Model     Plain values. The schema is shown by example in content/README.md; load_content.h reads
//           it. Text fields that say Markdown are CommonMark.
// Promise   A loaded scenario is valid: ids unique, answer keys in range, comparators known. What
//           only the engine can know (labs, knobs, metrics) is checked by the content test.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ringside::study {

// How a lab is to be set up: used by claims, predictions and "load experiment".
struct Experiment {
  std::string lab;                                       // "payment-gateway".
  std::string preset;                                    // May be empty.
  std::vector<std::pair<std::string, std::string>> set;  // Knob key and value text.
  std::vector<std::string> faults;  // As on the command line: "200ms kill_shard shard=2".
  std::uint64_t seed = 1;
  std::string length;  // "1s"; empty: the lab's usual length.
};

enum class Comparator { Equal, Near, Less, LessOrEqual, Greater, GreaterOrEqual };

enum class Expectation { Holds, Fails };  // A common saying that measurement refutes: Fails.

struct Claim {
  std::string id;    // "C1", unique in its scenario.
  std::string text;  // What is claimed, in a sentence.
  Experiment experiment;
  std::string metric;  // "p99(payment.latency)": function of an instrument.
  Comparator comparator = Comparator::Equal;
  double value = 0;           // In the unit of the metric (nanoseconds for durations).
  double tolerance = 0;       // For Near: absolute, same unit.
  std::string valueText;      // As written in the content: "96ms".
  std::string toleranceText;  // "" when none.
  // When set, what is compared is metric(experiment) / metric(base).
  std::optional<Experiment> base;
  Expectation expected = Expectation::Holds;
  std::string why;  // One sentence: where the expected value comes from.
};

struct Choice {
  std::vector<std::string> options;  // 2 to 6.
  int answer = 0;
};

struct Numeric {
  double answer = 0;
  double tolerance = 0;  // Absolute.
  std::string unit;      // Shown behind the field: "ms", "min/year".
};

// The candidate commits to a number (or an option) before the run shows it.
struct Predict {
  std::string metric;  // As in Claim.
  Experiment experiment;
  std::optional<Experiment> base;  // As in Claim: a ratio.
  double low = 0;                  // Range of the slider, in the unit shown.
  double high = 1;
  bool logarithmic = false;
  double tolerance = 0.1;  // Relative error that counts as right.
  std::string unit;
  double unitScale = 1;  // Metric value divided by this is shown: 1e6 for ns as ms.
};

struct Checkpoint {
  std::string id;      // "Q1", unique in its scenario.
  std::string prompt;  // Markdown.
  std::variant<Choice, Numeric, Predict> kind;
  std::vector<std::string> hints;
  std::string explanation;               // Markdown: shown after the answer.
  std::optional<Experiment> experiment;  // "Load experiment".
};

struct Section {
  std::string title;
  std::string body;  // Markdown.
};

struct FollowUp {
  std::string question;
  std::string answer;  // Markdown.
};

struct Pitfall {
  std::string said;      // What is commonly said.
  std::string measured;  // What the engine shows.
  std::string claim;     // Id of the claim in this scenario that shows it; may be empty.
};

struct Figure {
  std::string label;  // "Throughput".
  std::string value;  // "1,000,000 payments/s".
};

struct LabLink {
  std::string lab;
  std::string preset;  // Opened first.
};

struct Scenario {
  std::string id;
  std::string title;
  std::string group;   // "System design".
  int difficulty = 1;  // 1 to 5.
  std::vector<std::string> tags;
  std::vector<Figure> figures;
  std::string question;  // Markdown.
  std::vector<Section> answer;
  std::vector<FollowUp> followUps;
  std::vector<Pitfall> pitfalls;
  std::vector<Checkpoint> checkpoints;
  std::vector<Claim> claims;
  LabLink lab;
  std::string file;  // Where it was read from, for messages.
};

// What could not be loaded: names file, JSON pointer, what was expected and what stood there.
struct ContentError {
  std::string file;
  std::string pointer;
  std::string message;
};

struct Library {
  std::vector<Scenario> scenarios;  // By group, then title order of the files.
  std::vector<ContentError> errors;
};

}  // namespace ringside::study
