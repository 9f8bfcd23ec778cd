// RINGSIDE_CHECK: states what must hold, in every build; a false one is a bug in Ringside.
//
// A failed check throws Bug: inside a run it becomes the run's last frame with the text, so one
// wrong lab never takes the application down. It is not for bad input: see result.h.
#pragma once

#include <stdexcept>

namespace ringside {

class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void failCheck(const char* condition, const char* file, int line);

}  // namespace ringside

#define RINGSIDE_CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::ringside::failCheck(#condition, __FILE__, __LINE__))
