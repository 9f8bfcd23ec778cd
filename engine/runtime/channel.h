// Channel<T>: passes values from tasks to tasks, with the semantics of Go.
//
//     if (!co_await jobs.send(job)) co_return;                 // false: closed
//     while (auto job = co_await jobs.receive()) work(*job);   // empty: closed and drained
//
// Model     A FIFO of `capacity` values; with none, a sender waits for a receiver. close() lets
//           what is buffered be received and then gives everybody empty. A default-made channel is
//           nil: whoever uses it waits for ever, which switches a case of a select off.
// Promise   Values come out in the order they went in, to receivers in order of asking, and each
//           comes out once: a receiver cancelled between the handing over and its going on leaves
//           its value first in line. A value that was taken stays sent if its sender is cancelled.
// Rejected  Go's panic on sending to a closed channel: false is a value that can be tested for.
//           Closing twice, or closing nil, is a bug.
// Compare   select.h waits for the first of several sends and receives.
#pragma once

#include <optional>

#include "engine/base/ring_buffer.h"
#include "engine/runtime/channel_operation.h"

namespace ringside {

template <class T>
class Channel {
 public:
  using Send = detail::ChannelSend<T>;
  using Receive = detail::ChannelReceive<T>;

  Channel() = default;
  explicit Channel(Runtime& runtime, std::size_t capacity = 0)
      : runtime_(&runtime), capacity_(capacity) {}

  // Awaitable: bool, false where the channel is closed.
  [[nodiscard]] Send send(T value) { return Send(*this, std::move(value)); }
  // Awaitable: std::optional<T>, empty where the channel is closed and has no more.
  [[nodiscard]] Receive receive() { return Receive(*this); }

  // False where a task would have to wait, or the channel is closed.
  bool trySend(T value) { return canSend() && put(std::move(value)); }
  // Empty where a task would have to wait, or the channel is closed.
  [[nodiscard]] std::optional<T> tryReceive() { return canReceive() ? get() : std::nullopt; }

  // REQUIRES: neither nil nor closed.
  void close() {
    RINGSIDE_CHECK(runtime_ != nullptr);
    RINGSIDE_CHECK(!closed_);
    closed_ = true;
    while (!receivers_.empty()) wake(receivers_, State::Refused);
    while (!senders_.empty()) wake(senders_, State::Refused);
  }

  [[nodiscard]] bool closed() const { return closed_; }
  // Values that nobody has a claim to yet.
  [[nodiscard]] std::size_t size() const { return values_.size() - claimed_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::size_t waitingSenders() const { return senders_.size(); }
  [[nodiscard]] std::size_t waitingReceivers() const { return receivers_.size(); }

 private:
  friend Send;
  friend Receive;
  using State = detail::ChannelOperation::State;

  [[nodiscard]] bool canSend() const {
    return runtime_ != nullptr && (closed_ || !receivers_.empty() || size() < capacity_);
  }
  [[nodiscard]] bool canReceive() const {
    return runtime_ != nullptr && (closed_ || size() > 0 || !senders_.empty());
  }

  bool put(T value) {
    if (closed_) return false;
    values_.push_back(std::move(value));
    offer();
    return true;
  }

  // Lets those who wait longest claim what is free. They take it when they go on, in this order.
  void offer() {
    while (size() > 0 && !receivers_.empty()) {
      ++claimed_;
      wake(receivers_, State::Granted);
    }
  }

  std::optional<T> get() {
    if (size() == 0 && !senders_.empty()) pull();
    if (size() == 0) return std::nullopt;
    std::optional<T> value = take(claimed_);
    while (size() < capacity_ && !senders_.empty()) pull();
    return value;
  }

  void pull() {
    values_.push_back(std::move(static_cast<Send*>(senders_.front())->value_));
    wake(senders_, State::Granted);
  }

  T take(std::size_t index) {
    T value = std::move(values_[index]);
    for (; index > 0; --index) values_[index] = std::move(values_[index - 1]);
    values_.pop_front();
    return value;
  }

  T takeClaimed() {
    --claimed_;
    return take(0);
  }

  void giveUpClaim() {
    --claimed_;
    offer();
  }

  void wake(WaitList& list, State state) {
    static_cast<detail::ChannelOperation&>(list.wake(*runtime_)).serve(state);
  }

  Runtime* runtime_ = nullptr;
  std::size_t capacity_ = 0;
  bool closed_ = false;
  std::size_t claimed_ = 0;  // The first so many values belong to receivers that are due.
  RingBuffer<T> values_;
  WaitList senders_;
  WaitList receivers_;
};

}  // namespace ringside
