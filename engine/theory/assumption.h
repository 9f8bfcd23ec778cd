// Assumption: what a formula takes for granted, and whether it is so here.
//
// Model     A law is stated with its assumptions as data, so that a view can draw it where they
//           hold and say why not where they do not.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace ringside::theory {

struct Assumption {
  std::string text;  // "Poisson arrivals".
  bool holds = true;
  std::string why;  // What stands against it: "arrivals are steady". Empty if it holds.
};

using Assumptions = std::vector<Assumption>;

// `why` is kept only where the assumption does not hold.
inline Assumption assume(std::string text, bool holds, std::string why) {
  return {std::move(text), holds, holds ? std::string() : std::move(why)};
}

inline bool allHold(const Assumptions& assumptions) {
  return std::all_of(assumptions.begin(), assumptions.end(),
                     [](const Assumption& assumption) { return assumption.holds; });
}

}  // namespace ringside::theory
