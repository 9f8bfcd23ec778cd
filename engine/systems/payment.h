// Payment: one request to pay, and the vocabulary that the gateway's parts share.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/base/time.h"

namespace ringside::systems {

enum class Method : std::uint8_t { Card, Upi, Netbanking };
inline constexpr std::size_t kMethods = 3;
inline constexpr std::array<std::string_view, kMethods> kMethodNames{"card", "upi", "netbanking"};

// How a request can end; every one ends in exactly one of these.
enum class Outcome : std::uint8_t {
  Approved,
  Declined,          // The bank said no.
  Replayed,          // A repeat, answered with the stored result of the first.
  Conflict,          // A repeat while the first is under way (409), or with another body (422).
  RejectedLimit,     // Over the merchant's rate (429).
  RejectedBreaker,   // The method's breaker is open (503).
  RejectedOverload,  // A bounded queue was full (503).
  Unavailable,       // A component that is needed was down.
  Unknown,           // The bank was asked and nobody knows yet: to be reconciled.
  Failed,            // Told to have failed.
};
inline constexpr std::size_t kOutcomes = 10;
inline constexpr std::array<std::string_view, kOutcomes> kOutcomeNames{
    "approved",         "declined",          "replayed",    "conflict", "rejected_limit",
    "rejected_breaker", "rejected_overload", "unavailable", "unknown",  "failed"};

// The ten steps of the payment flow, in order.
enum class Step : std::uint8_t {
  Validate,
  Limit,
  Breaker,
  Cache,
  Begin,
  Bank,
  Update,
  Commit,
  CacheWrite,
  Notify,
};
inline constexpr std::size_t kSteps = 10;
inline constexpr std::array<std::string_view, kSteps> kStepNames{
    "validate", "limit",  "breaker", "cache",       "begin",
    "bank",     "update", "commit",  "cache_write", "notify"};

struct PaymentRequest {
  std::uint64_t number = 0;  // Counts requests of the run, repeats included.
  std::uint64_t key = 0;     // Idempotency key: repeats of a payment carry the same.
  std::uint64_t merchant = 0;
  std::uint64_t fingerprint = 0;  // Of what is asked for: merchant, method, amount.
  std::int64_t amount = 0;        // Minor units.
  std::uint32_t intent = 0;       // The auditor's handle of what the payer meant.
  Method method = Method::Card;
};

}  // namespace ringside::systems
