// ChannelSend, ChannelReceive: operations that may have to wait; what select.h chooses between.
//
// Shared by channel.h and select.h; not for use by itself.
#pragma once

#include <optional>
#include <utility>

#include "engine/runtime/task.h"
#include "engine/runtime/wait_list.h"

namespace ringside {

template <class T>
class Channel;

namespace detail {

class ChannelOperation : public Waiter {
 public:
  enum class State { New, Waiting, Granted, Refused, Over };
  // Told as soon as the channel has served an operation, before its task goes on.
  struct Owner {
    void (*served)(Owner& owner, ChannelOperation& operation) noexcept = nullptr;
  };

  ChannelOperation() = default;
  void setOwner(Owner& owner) { owner_ = &owner; }
  void serve(State how) {
    state_ = how;
    if (owner_ != nullptr) owner_->served(*owner_, *this);
  }

 protected:
  ~ChannelOperation() = default;

  template <class Promise>
  void join(std::coroutine_handle<Promise> self, WaitList& list) {
    event.waiter = self;
    event.actor = self.promise().actor;
    list.append(*this);
    state_ = State::Waiting;
  }

  State state_ = State::New;

 private:
  Owner* owner_ = nullptr;
};

template <class T>
class ChannelSend : public ChannelOperation {
 public:
  using Result = bool;

  ChannelSend(Channel<T>& to, T value) : channel_(to), value_(std::move(value)) {}
  ChannelSend(ChannelSend&& other) noexcept
      : channel_(other.channel_), value_(std::move(other.value_)) {}
  ~ChannelSend() { leave(); }

  [[nodiscard]] bool await_ready() const { return channel_.canSend(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> self) {
    join(self, channel_.senders_);
  }
  Result await_resume() {
    const State how = std::exchange(state_, State::Over);
    return how == State::New ? channel_.put(std::move(value_)) : how == State::Granted;
  }

  void leave() {
    if (state_ == State::Waiting) channel_.senders_.remove(*this);
    if (event.pending()) channel_.runtime_->cancel(event);
    state_ = State::Over;
  }

 private:
  friend class Channel<T>;
  Channel<T>& channel_;
  T value_;
};

template <class T>
class ChannelReceive : public ChannelOperation {
 public:
  using Result = std::optional<T>;

  explicit ChannelReceive(Channel<T>& from) : channel_(from) {}
  ChannelReceive(ChannelReceive&& other) noexcept : channel_(other.channel_) {}
  ~ChannelReceive() { leave(); }

  [[nodiscard]] bool await_ready() const { return channel_.canReceive(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> self) {
    join(self, channel_.receivers_);
  }
  Result await_resume() {
    const State how = std::exchange(state_, State::Over);
    if (how == State::New) return channel_.get();
    return how == State::Granted ? Result(channel_.takeClaimed()) : std::nullopt;
  }

  void leave() {
    const State how = std::exchange(state_, State::Over);
    if (how == State::Waiting) channel_.receivers_.remove(*this);
    if (event.pending()) channel_.runtime_->cancel(event);
    if (how == State::Granted) channel_.giveUpClaim();
  }

 private:
  Channel<T>& channel_;
};

}  // namespace detail
}  // namespace ringside
