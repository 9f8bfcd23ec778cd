#include "engine/gateway/quota.h"

#include <string>

namespace ringside::gateway {

Result<Quota> checkedQuota(const Quota& quota) {
  const auto range = [](const char* name, std::int64_t value, std::int64_t most) {
    return Error{"quota: " + std::string(name) + " is " + std::to_string(value) +
                 ", allowed is 1 to " + std::to_string(most)};
  };
  if (quota.tokens < 1 || quota.tokens > Quota::kMaxTokens) {
    return range("tokens", quota.tokens, Quota::kMaxTokens);
  }
  if (quota.burst < 1 || quota.burst > Quota::kMaxTokens) {
    return range("burst", quota.burst, Quota::kMaxTokens);
  }
  const std::int64_t longest = Quota::kMaxBurstPeriods / quota.burst;
  if (quota.period.count() < 1 || quota.period.count() > longest) {
    return range("period in nanoseconds", quota.period.count(), longest);
  }
  return quota;
}

}  // namespace ringside::gateway
