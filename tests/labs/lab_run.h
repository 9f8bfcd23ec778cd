// labRun: a short run of a lab, and what can be read off it.
#pragma once

#include <QTest>

#include <string>
#include <utility>
#include <vector>

#include "engine/labs/catalog.h"
#include "engine/run/claims.h"
#include "engine/run/run.h"

namespace ringside::test {

// A plan whose knobs are texts, as on a command line, and whose faults likewise.
inline run::RunPlan labPlan(const std::string& lab, const std::string& preset,
                            const std::vector<std::pair<std::string, std::string>>& knobs,
                            Duration length, const std::vector<std::string>& faults = {}) {
  run::RunPlan plan;
  plan.labId = lab;
  plan.preset = preset;
  plan.length = length;
  const lab::LabInfo info = labs::make(lab).value()->describe();
  for (const auto& [key, text] : knobs) {
    for (const auto& spec : info.knobs) {
      if (spec.key == key) plan.knobs.push_back({key, parse(spec, text).value()});
    }
  }
  for (const std::string& text : faults) {
    plan.faults.push_back(lab::parseFault(info.faults, text).value());
  }
  return plan;
}

inline std::unique_ptr<run::Run> finished(const run::RunPlan& plan) {
  auto run = run::Run::make(plan);
  if (!run) qFatal("%s", run.error().message.c_str());
  (*run)->advance((*run)->end(), ~std::uint64_t{0});
  return std::move(*run);
}

inline double read(const run::Run& run, const char* metric) {
  const Result<double> value = run::readMetric(run.metrics(), metric);
  if (!value) qFatal("%s", value.error().message.c_str());
  return *value;
}

inline lab::Verdict verdict(const run::Run& run, const std::string& check) {
  for (const auto& each : run.checks()) {
    if (each.id == check) return each.verdict;
  }
  qFatal("no check %s", check.c_str());
  return lab::Verdict::NotReached;
}

}  // namespace ringside::test
