#include "engine/gateway/gcra.h"

namespace ringside::gateway {

GcraRule::GcraRule(const Quota& quota, GcraCompat compat) : quota_(quota), compat_(compat) {
  RINGSIDE_CHECK(checkedQuota(quota).has_value());
  const std::int64_t period = quota.period.count();
  interval_ = {period / quota.tokens, period % quota.tokens};
  tolerance_ = spanOf(quota.burst);
}

Decision GcraRule::refuseForever(FineTime ahead) const {
  if (compat_ == GcraCompat::Throttled) ahead = {};
  return report({.retryAfter = kNeverAdmitted}, ahead);
}

}  // namespace ringside::gateway
