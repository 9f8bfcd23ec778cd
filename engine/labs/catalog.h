// Catalog: every lab there is, by id.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/lab/lab.h"

namespace ringside::labs {

// In the order in which they are listed to a person.
std::vector<std::string_view> ids();

// A fresh lab with its knobs at their initial values; the error lists the ids there are.
Result<std::unique_ptr<lab::Lab>> make(std::string_view id);

}  // namespace ringside::labs
