// Decision: a limiter's answer to one request, with what an honest refusal needs to say.
//
// Promise   After a refusal at `now`, the same request is admitted at now + retryAfter and is still
//           refused one nanosecond earlier, provided nobody else was admitted in between. So a
//           Retry-After header is this figure rounded up, never down.
// Compare   Made by gcra.h, token_bucket.h and keyed_limiter.h; the fields are the RateLimit
//           header's.
#pragma once

#include <cstdint>

#include "engine/base/time.h"

namespace ringside::gateway {

// The wait of a request that could not be admitted by waiting, such as one larger than the burst.
inline constexpr Duration kNeverAdmitted = Duration::max();

struct Decision {
  bool admitted = false;
  Duration retryAfter{0};      // Zero when admitted.
  std::int64_t remaining = 0;  // Requests of cost 1 that would be admitted right after this one.
  Duration resetAfter{0};      // Until the limiter is as good as new if nothing else arrives.

  explicit operator bool() const { return admitted; }
};

}  // namespace ringside::gateway
