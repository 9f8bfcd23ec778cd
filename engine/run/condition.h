// Condition: a statement about a run that is true or not between two events, in a small typed form.
//
//     depth(gateway) > 100            value waiting or in use at a component, or the most of a kind
//     state(breaker.card) == open     a state machine's state; a component's: ok busy degraded down
//     p99(payment.latency) > 100ms    a metric and one of its figures; a bare metric is its value
//     rate(outcome.approved) < 900k   a counter's rate over the last interval of the charts
//     event(shard.down)               a state is entered; event(kill_shard): a fault strikes;
//                                     event(kill_shard.lifted): one has ended
//
// Model     SUBJECT COMPARATOR VALUE, where a comparator is one of > >= < <= == !=, and the value
//           has the subject's unit (100ms, 30%, 900k). What the lab declares decides the names.
// Promise   parse() accepts its own text().
// Errors    One sentence that names the word, and what is known in its place.
// Compare   claims.h reads the same figures at the end of a run, where a rate is the whole run's.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/metrics/metric_value.h"

namespace ringside::run {

class Run;

// What a run has that conditions can name.
struct ConditionNames {
  struct Metric {
    std::string name;
    metrics::MetricKind kind = metrics::MetricKind::Counter;
    metrics::Unit unit = metrics::Unit::None;
  };
  struct Node {
    std::string id;
    std::string kind;
    std::string depthName;  // Empty: it has no depth.
  };
  struct Machine {
    std::string name;  // "breaker.card".
    std::vector<std::string> states;
  };

  std::vector<Metric> metrics;
  std::vector<Node> nodes;
  std::vector<Machine> machines;
  std::vector<std::string> faults;

  static ConditionNames of(const Run& run);
  // What may stand in the parentheses of `function`; for completion and for messages.
  [[nodiscard]] std::vector<std::string> argumentsOf(std::string_view function) const;
  // What may be compared with `state(name)`; empty for an unknown name.
  [[nodiscard]] std::vector<std::string> statesOf(std::string_view name) const;
};

// Functions in the order in which they are offered: "depth", "state", "event", "p99" ...
const std::vector<std::string>& conditionFunctions();

class Condition {
 public:
  enum class Subject { Metric, Depth, State, FaultStrikes, FaultEnds };
  enum class Comparator { Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual };

  static Result<Condition> parse(std::string_view text, const ConditionNames& names);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] Subject subject() const { return subject_; }
  [[nodiscard]] const std::string& function() const { return function_; }  // "p99", "value".
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& state() const { return state_; }
  [[nodiscard]] metrics::MetricKind kind() const { return kind_; }  // Of a metric.
  [[nodiscard]] bool compare(double value) const;                   // False for not-a-number.
  [[nodiscard]] bool compare(std::string_view state) const;
  // Whether it is looked at after each event; others, which cost more, after every
  // ConditionWatch::kEventsPerLook events and wherever the event log grew.
  [[nodiscard]] bool isExact() const;

 private:
  friend class ConditionReader;

  std::string text_;
  Subject subject_ = Subject::Metric;
  std::string function_;
  std::string name_;
  metrics::MetricKind kind_ = metrics::MetricKind::Counter;
  Comparator comparator_ = Comparator::Greater;
  double value_ = 0;
  std::string state_;
};

}  // namespace ringside::run
