#include "views/run/timeline_log.h"

#include <QCoreApplication>

#include <algorithm>

#include "views/run/run_text.h"

namespace ringside::views {
namespace {

bool same(const lab::EventLine& a, const lab::EventLine& b) {
  return a.number == b.number && a.at == b.at && a.component == b.component && a.text == b.text;
}

// The first line of the tail that comes after `last`: one event may write several lines.
std::size_t firstNew(const std::vector<lab::EventLine>& tail, const lab::EventLine& last) {
  for (std::size_t i = tail.size(); i > 0; --i) {
    if (same(tail[i - 1], last)) return i;
    if (tail[i - 1].number < last.number) return i;
  }
  return 0;
}

}  // namespace

void TimelineLog::clear() { *this = TimelineLog(); }

void TimelineLog::add(const lab::Frame& frame) {
  forgetAfter(frame);
  const std::size_t first = events_.empty() ? 0 : firstNew(frame.eventTail, events_.back());
  events_.insert(events_.end(), frame.eventTail.begin() + static_cast<std::ptrdiff_t>(first),
                 frame.eventTail.end());
  while (events_.size() > kMaxEvents) {
    events_.pop_front();
    ++dropped_;
  }
  faults_ = frame.faults;
  for (const lab::CheckResult& check : frame.checks) {
    lab::Verdict& seen = verdicts_[check.id];
    if (seen == check.verdict) continue;
    seen = check.verdict;
    checks_.push_back({frame.now, text(check.text), check.verdict});
  }
}

// A run that went back has not had yet what came later; on another branch it may never come.
void TimelineLog::forgetAfter(const lab::Frame& frame) {
  if (frame.events < lastEvent_) {
    while (!events_.empty() && events_.back().number >= frame.events) events_.pop_back();
    std::erase_if(checks_, [&](const CheckMark& mark) { return mark.at >= frame.now; });
    verdicts_.clear();
    for (const lab::CheckResult& check : frame.checks) verdicts_[check.id] = check.verdict;
  }
  lastEvent_ = frame.events;
}

void TimelineLog::setPhases(const lab::LabInfo& info, Duration length,
                            const run::Journal& journal) {
  phases_ = {{Instant{}, QCoreApplication::translate("TimelineLog", "As started")}};
  std::string lastKey;
  for (const run::JournalEntry& entry : journal) {
    const auto* turned = std::get_if<run::KnobTurned>(&entry.act);
    if (turned == nullptr) continue;
    const auto spec = std::find_if(info.knobs.begin(), info.knobs.end(),
                                   [&](const auto& knob) { return knob.key == turned->key; });
    if (spec == info.knobs.end()) continue;
    const QString words = text(spec->label + " " + lab::format(*spec, turned->value));
    // A drag writes many entries for one knob; it is one phase, named by where it ended.
    const bool drag = turned->key == lastKey && entry.at - phases_.back().from < length / 50;
    lastKey = turned->key;
    if (drag) {
      phases_.back().text = words;
    } else {
      phases_.push_back({entry.at, words});
    }
  }
}

}  // namespace ringside::views
