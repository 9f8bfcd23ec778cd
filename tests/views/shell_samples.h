// A small library of scenarios for the tests of the shell: two topics, each kind of checkpoint.
#pragma once

#include <QTest>

#include "engine/study/content.h"

namespace ringside::views::samples {

inline study::Checkpoint choice(const std::string& id, int answer) {
  study::Checkpoint made;
  made.id = id;
  made.prompt = "Which change keeps p99.9 under **250 ms**?";
  made.kind = study::Choice{
      {"A longer queue", "Shed by deadline", "Two more retries", "More shards"}, answer};
  made.hints = {"Little's law.", "What does a longer queue do to waiting?"};
  made.explanation = "Shedding bounds the wait.";
  study::Experiment experiment;
  experiment.lab = "payment-gateway";
  experiment.seed = 7;
  made.experiment = experiment;
  return made;
}

inline study::Checkpoint numeric(const std::string& id) {
  study::Checkpoint made;
  made.id = id;
  made.prompt = "Minutes of downtime a year at 99.99%?";
  made.kind = study::Numeric{52.56, 0.5, "min"};
  made.explanation = "525,600 minutes times 0.0001.";
  return made;
}

inline study::Checkpoint predict(const std::string& id) {
  study::Checkpoint made;
  made.id = id;
  made.prompt = "What will p99 be?";
  study::Predict kind;
  kind.metric = "p99(payment.latency)";
  kind.experiment.lab = "payment-gateway";
  kind.low = 10;
  kind.high = 1000;
  kind.logarithmic = true;
  kind.tolerance = 0.1;
  kind.unit = "ms";
  kind.unitScale = 1e6;
  made.kind = kind;
  return made;
}

inline study::Scenario scenario(const std::string& id, const std::string& title,
                                const std::string& group, int difficulty,
                                std::vector<std::string> tags) {
  study::Scenario made;
  made.id = id;
  made.title = title;
  made.group = group;
  made.difficulty = difficulty;
  made.tags = std::move(tags);
  made.figures = {{"Load", "1,000,000 payments/s"}};
  made.question = "Lay out **" + title + "**.";
  made.answer = {{"Tiers", "Balancer, `gateway`, shards."}, {"Failure", "Trip the breaker."}};
  made.followUps = {{"And with two regions?", "Pin a merchant to one."}};
  made.pitfalls = {{"Retries help.", "They double the load.", "C1"}};
  made.checkpoints = {choice("Q1", 1), numeric("Q2"), predict("Q3")};
  return made;
}

inline study::Library library() {
  study::Library made;
  made.scenarios = {
      scenario("gateway", "A payment gateway at a million payments", "System design", 5,
               {"gateway", "capacity"}),
      scenario("pipeline", "The ten steps of one payment", "System design", 3, {"pipeline"}),
      scenario("ring", "Consistent hashing", "Sharding", 2, {"ring", "capacity"}),
  };
  return made;
}

// Warnings of the offscreen platform itself are no failure.
inline void failOnWarnings() {
  QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

}  // namespace ringside::views::samples
