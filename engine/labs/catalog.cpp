#include "engine/labs/catalog.h"

#include <string>

#include "engine/labs/catalog_labs.h"

namespace ringside::labs {
namespace {

struct Entry {
  std::string_view id;
  std::unique_ptr<lab::Lab> (*make)();
};

constexpr Entry kLabs[] = {
    {"payment-gateway", &makePaymentGateway},
    {"queueing", &makeQueueing},
    {"tier-availability", &makeTierAvailability},
};

}  // namespace

std::vector<std::string_view> ids() {
  std::vector<std::string_view> all;
  for (const Entry& entry : kLabs) all.push_back(entry.id);
  return all;
}

Result<std::unique_ptr<lab::Lab>> make(std::string_view id) {
  std::string known;
  for (const Entry& entry : kLabs) {
    if (entry.id == id) return entry.make();
    known += (known.empty() ? "" : ", ") + std::string(entry.id);
  }
  return Error{"unknown lab '" + std::string(id) + "'; there are: " + known};
}

}  // namespace ringside::labs
