// KnobSheet: the value of every knob as it is wanted, as it runs, and as its preset has it.
//
// Model     A live knob runs as wanted from the moment it is turned; a next-run knob waits until
//           started(). Changed means: wanted differs from the preset last chosen.
// Promise   changes() on top of presetId() gives exactly the wanted values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/lab/lab.h"

namespace ringside::views {

class KnobSheet {
 public:
  KnobSheet() = default;

  // The sheet of a run that starts with these values; the error names the knob or preset.
  static Result<KnobSheet> make(const lab::LabInfo& info, const std::string& preset,
                                const std::vector<lab::ParameterValue>& changes);

  // REQUIRES of all below: `key` is a knob of the lab.
  [[nodiscard]] double wanted(std::string_view key) const { return at(key).wanted; }
  [[nodiscard]] double inPreset(std::string_view key) const { return at(key).preset; }
  [[nodiscard]] bool changed(std::string_view key) const;
  [[nodiscard]] bool waits(std::string_view key) const;
  void want(std::string_view key, double value);

  // Measures change against another preset from now on; wanted values stay.
  // REQUIRES: the preset is one of the lab's, or empty.
  void takePreset(const lab::LabInfo& info, const std::string& preset);
  void started();  // A run was started with the wanted values.
  [[nodiscard]] int changedCount() const;
  [[nodiscard]] int waitingCount() const;
  [[nodiscard]] const std::string& presetId() const { return preset_; }
  [[nodiscard]] std::vector<lab::ParameterValue> changes() const;
  [[nodiscard]] std::vector<lab::ParameterValue> runningValues() const;

 private:
  struct Entry {
    std::string key;
    bool live = true;
    double preset = 0;
    double wanted = 0;
    double running = 0;
  };

  [[nodiscard]] const Entry& at(std::string_view key) const;

  std::string preset_;
  std::vector<Entry> entries_;
};

}  // namespace ringside::views
