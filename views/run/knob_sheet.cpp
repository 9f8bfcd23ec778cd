#include "views/run/knob_sheet.h"

#include <algorithm>

namespace ringside::views {

Result<KnobSheet> KnobSheet::make(const lab::LabInfo& info, const std::string& preset,
                                  const std::vector<lab::ParameterValue>& changes) {
  KnobSheet sheet;
  sheet.preset_ = preset;
  for (const lab::ParameterSpec& spec : info.knobs) {
    const bool live = spec.effect == lab::ParameterEffect::Live;
    sheet.entries_.push_back({spec.key, live, spec.initial, spec.initial, spec.initial});
  }
  const auto entryOf = [&](const std::string& key) {
    return std::find_if(sheet.entries_.begin(), sheet.entries_.end(),
                        [&](const Entry& entry) { return entry.key == key; });
  };
  const auto chosen = std::find_if(info.presets.begin(), info.presets.end(),
                                   [&](const lab::Preset& each) { return each.id == preset; });
  if (chosen == info.presets.end() && !preset.empty()) {
    return Error{"Lab " + info.id + " has no preset '" + preset + "'."};
  }
  if (chosen != info.presets.end()) {
    for (const auto& [key, text] : chosen->values) {
      const auto entry = entryOf(key);
      if (entry == sheet.entries_.end()) {
        return Error{"Preset " + preset + " sets '" + key + "', which is no knob of " + info.id +
                     "."};
      }
      const auto index = static_cast<std::size_t>(entry - sheet.entries_.begin());
      Result<double> value = lab::parse(info.knobs[index], text);
      if (!value) return value.error();
      entry->preset = *value;
    }
  }
  for (Entry& entry : sheet.entries_) entry.wanted = entry.running = entry.preset;
  for (const lab::ParameterValue& change : changes) {
    const auto entry = entryOf(change.key);
    if (entry == sheet.entries_.end()) {
      return Error{"'" + change.key + "' is no knob of " + info.id + "."};
    }
    entry->wanted = entry->running = change.value;
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

std::vector<lab::ParameterValue> KnobSheet::wantedValues() const {
  std::vector<lab::ParameterValue> values;
  for (const Entry& entry : entries_) values.push_back({entry.key, entry.wanted});
  return values;
}

}  // namespace ringside::views
