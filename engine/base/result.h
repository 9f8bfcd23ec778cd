// Result<T>: a value, or one sentence that says what was wrong with the input.
//
// For bad input (a file, a flag, a knob, a database), which is expected and reported; a bug is
// RINGSIDE_CHECK, and a rejection is an ordinary value. The sentence names what, where, and what is
// allowed. Member names match std::expected, which GCC 12 has only under C++23.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "engine/base/check.h"

namespace ringside {

struct Error {
  std::string message;
};

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // REQUIRES: has_value().
  [[nodiscard]] T& value() & { return checked(), std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return checked(), std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return checked(), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] T value_or(T fallback) const {
    return has_value() ? std::get<0>(state_) : fallback;
  }

  // REQUIRES: !has_value().
  [[nodiscard]] const Error& error() const {
    RINGSIDE_CHECK(!has_value());
    return std::get<1>(state_);
  }

 private:
  void checked() const { RINGSIDE_CHECK(has_value()); }

  std::variant<T, Error> state_;
};

// For operations that yield nothing but may fail.
using Done = std::monostate;

}  // namespace ringside
