#include "engine/runtime/virtual_runtime.h"

#include <algorithm>
#include <bit>

#include "engine/base/hash.h"

namespace ringside {
namespace {

// One round of the fingerprint; the parts are spread apart first so that they cannot cancel out.
std::uint64_t fold(std::uint64_t hash, const Event& event) {
  const auto time = static_cast<std::uint64_t>(event.at.time_since_epoch().count());
  const std::uint64_t who =
      (std::uint64_t{event.actor.index} << 16) | static_cast<std::uint64_t>(event.kind);
  const std::uint64_t word = time * 0x9E3779B97F4A7C15u ^ std::rotl(who * 0xC2B2AE3D27D4EB4Fu, 32) ^
                             std::rotl(event.cause * 0x165667B19E3779F9u, 17);
  return (std::rotl(hash, 23) ^ word) * 0xD6E8FEB86659FD93u;
}

PendingEvent describe(const Event& event) {
  return {event.at, event.actor, event.kind, event.cause};
}

}  // namespace

void VirtualRuntime::schedule(Event& event) {
  event.cause = events_;
  if (event.at > now_) {
    queue_.push(event);
  } else {
    queue_.pushNow(event, now_);
  }
}

void VirtualRuntime::post(Event& event) {
  event.cause = events_;
  queue_.pushNow(event, now_);
}

void VirtualRuntime::spawn(Task<void> task, ActorId actor) { root_.spawn(std::move(task), actor); }

Rng VirtualRuntime::random(std::string_view stream) const { return Rng::forStream(seed_, stream); }

std::uint64_t VirtualRuntime::advance(Instant until, std::uint64_t maxEvents) {
  std::uint64_t done = 0;
  for (; done < maxEvents; ++done) {
    Event* event = queue_.peek();
    if (event == nullptr || event->at > until) {
      now_ = std::max(now_, until);
      break;
    }
    if (hook_) [[unlikely]] {
      if (!hook_(describe(*event))) break;
    }
    queue_.pop();
    runEvent(*event);
    if (error_) [[unlikely]]
      std::rethrow_exception(std::exchange(error_, nullptr));
  }
  return done;
}

inline void VirtualRuntime::runEvent(Event& event) {
  now_ = event.at;
  ++events_;
  hash_ = fold(hash_, event);
  if (event.fire != nullptr) {
    event.fire(event);
  } else {
    resume(event.waiter);
  }
}

std::optional<PendingEvent> VirtualRuntime::next() {
  const Event* event = queue_.peek();
  if (event == nullptr) return std::nullopt;
  return describe(*event);
}

std::vector<PendingEvent> VirtualRuntime::pending() const {
  std::vector<PendingEvent> all;
  all.reserve(queue_.size());
  queue_.forEach([&](const Event& event) { all.push_back(describe(event)); });
  std::stable_sort(all.begin(), all.end(), [](const PendingEvent& a, const PendingEvent& b) {
    return a.at != b.at ? a.at < b.at : a.cause < b.cause;
  });
  return all;
}

std::uint64_t VirtualRuntime::fingerprint() const { return mix64(hash_ ^ events_); }

void VirtualRuntime::onTaskError(void* self, std::exception_ptr error) {
  auto& runtime = *static_cast<VirtualRuntime*>(self);
  if (!runtime.error_) runtime.error_ = std::move(error);
}

}  // namespace ringside
