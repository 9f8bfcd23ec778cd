// TimelineLog: what the timeline shows of a run, gathered from its frames.
//
// Model     A frame carries only the last events, so the log appends those it has not seen. Phases
//           are the stretches between the knobs a person turned, from the journal. A check is
//           marked where its verdict was first seen to change.
// Cost      At most kMaxEvents lines; older ones go, and are counted.
#pragma once

#include <QString>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "engine/lab/frame.h"
#include "engine/lab/lab.h"
#include "engine/run/journal.h"

namespace ringside::views {

struct TimelinePhase {
  Instant from;
  QString text;  // "As started", "Bank latency 200ms".
};

struct CheckMark {
  Instant at;
  QString text;
  lab::Verdict verdict = lab::Verdict::NotReached;
};

class TimelineLog {
 public:
  static constexpr std::size_t kMaxEvents = 4000;

  void clear();
  void add(const lab::Frame& frame);
  void setPhases(const lab::LabInfo& info, Duration length, const run::Journal& journal);

  [[nodiscard]] const std::deque<lab::EventLine>& events() const { return events_; }
  [[nodiscard]] const std::vector<lab::FaultWindow>& faults() const { return faults_; }
  [[nodiscard]] const std::vector<TimelinePhase>& phases() const { return phases_; }
  [[nodiscard]] const std::vector<CheckMark>& checks() const { return checks_; }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  void forgetAfter(const lab::Frame& frame);

  std::deque<lab::EventLine> events_;
  std::vector<lab::FaultWindow> faults_;
  std::vector<TimelinePhase> phases_;
  std::vector<CheckMark> checks_;
  std::map<std::string, lab::Verdict> verdicts_;
  std::uint64_t dropped_ = 0;
  std::uint64_t lastEvent_ = 0;  // Of the run, when it was last seen.
};

}  // namespace ringside::views
