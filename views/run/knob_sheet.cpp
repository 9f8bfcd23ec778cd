#include "views/run/knob_sheet.h"

#include <algorithm>

#include "engine/lab/starting_knobs.h"

namespace ringside::views {

Result<KnobSheet> KnobSheet::make(const lab::LabInfo& info, const std::string& preset,
                                  const std::vector<lab::ParameterValue>& changes) {
  const auto inPreset = lab::startingKnobs(info, preset, {});
  if (!inPreset) return inPreset.error();
  const auto wanted = lab::startingKnobs(info, preset, changes);
  if (!wanted) return wanted.error();
  KnobSheet sheet;
  sheet.preset_ = preset;
  for (std::size_t i = 0; i < info.knobs.size(); ++i) {
    const bool live = info.knobs[i].effect == lab::ParameterEffect::Live;
    const double value = (*wanted)[i].value;
    sheet.entries_.push_back({info.knobs[i].key, live, (*inPreset)[i].value, value, value});
  }
  return sheet;
}

const KnobSheet::Entry& KnobSheet::at(std::string_view key) const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& each) { return each.key == key; });
  RINGSIDE_CHECK(entry != entries_.end());
  return *entry;
}

// Values are compared exactly: both sides come from the same parser or the same slider step.
bool KnobSheet::changed(std::string_view key) const {
  const Entry& entry = at(key);
  return entry.wanted != entry.preset;
}

bool KnobSheet::waits(std::string_view key) const {
  const Entry& entry = at(key);
  return !entry.live && entry.wanted != entry.running;
}

void KnobSheet::want(std::string_view key, double value) {
  for (Entry& entry : entries_) {
    if (entry.key != key) continue;
    entry.wanted = value;
    if (entry.live) entry.running = value;
  }
}

void KnobSheet::takePreset(const lab::LabInfo& info, const std::string& preset) {
  const Result<KnobSheet> other = make(info, preset, {});
  RINGSIDE_CHECK(other.has_value());
  preset_ = preset;
  for (Entry& entry : entries_) entry.preset = other->inPreset(entry.key);
}

void KnobSheet::started() {
  for (Entry& entry : entries_) entry.running = entry.wanted;
}

int KnobSheet::changedCount() const {
  return static_cast<int>(std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
    return entry.wanted != entry.preset;
  }));
}

int KnobSheet::waitingCount() const {
  return static_cast<int>(std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
    return !entry.live && entry.wanted != entry.running;
  }));
}

std::vector<lab::ParameterValue> KnobSheet::changes() const {
  std::vector<lab::ParameterValue> changes;
  for (const Entry& entry : entries_) {
    if (entry.wanted != entry.preset) changes.push_back({entry.key, entry.wanted});
  }
  return changes;
}

std::vector<lab::ParameterValue> KnobSheet::runningValues() const {
  std::vector<lab::ParameterValue> values;
  for (const Entry& entry : entries_) values.push_back({entry.key, entry.running});
  return values;
}

}  // namespace ringside::views
