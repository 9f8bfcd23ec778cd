#include "app/cli/side_plan.h"

#include <charconv>
#include <fmt/format.h>
#include <sstream>

namespace ringside::cli {

Result<run::RunPlan> sidePlan(const RunRequest& base, std::string_view option,
                              std::string_view text) {
  RunRequest request = base;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    constexpr std::string_view kPreset = "preset=";
    if (word.starts_with(kPreset)) {
      request.preset = word.substr(kPreset.size());
    } else {
      request.settings.push_back(word);
    }
  }
  auto planned = planOf(request);
  if (planned) return std::move(planned->plan);
  // What stood on this side is said of this side's option.
  std::string message = planned.error().message;
  for (const std::string_view inner : {"--set: ", "--preset: "}) {
    if (!message.starts_with(inner)) continue;
    return Error{fmt::format("{}: {}", option, message.substr(inner.size()))};
  }
  return Error{std::move(message)};
}

Result<std::uint64_t> wholeNumber(std::string_view option, std::string_view text,
                                  std::uint64_t least) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (whole && value >= least) return value;
  return Error{fmt::format("{}: '{}' is not a whole number of {} or more", option, text, least)};
}

}  // namespace ringside::cli
