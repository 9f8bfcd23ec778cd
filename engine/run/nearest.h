// nearestNames: what may have been meant by a name that is not known.
//
// Cost      One edit distance a known name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ringside::run {

// "the nearest are a, b, c": at most four, by edit distance and then by name. REQUIRES: any known.
std::string nearestNames(std::string_view name, const std::vector<std::string>& known);

}  // namespace ringside::run
