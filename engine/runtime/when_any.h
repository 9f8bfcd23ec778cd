// whenAny: runs tasks side by side; the first to end wins and the others are cancelled.
//
//     auto first = co_await whenAny(askPrimary(), askReplica());   // variant; index() is the
//     winner auto [index, value] = co_await whenAny(std::move(tasks));
//
// Model     Started in order, at once; one that ends without waiting wins and those behind it never
//           start. The losers are destroyed where they wait, before the awaiting task goes on. An
//           exception of the winner is rethrown.
#pragma once

#include <optional>
#include <tuple>
#include <variant>
#include <vector>

#include "engine/runtime/branch.h"

namespace ringside {
namespace detail {

class AnyState : public BranchOwner {
 protected:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  template <class Promise>
  void prepare(std::coroutine_handle<Promise> parent) {
    parent_ = parent;
    runtime_ = parent.promise().runtime;
    ended = [](BranchOwner& owner, std::size_t index) noexcept {
      auto& self = static_cast<AnyState&>(owner);
      if (self.winner_ != kNobody) return;
      self.winner_ = index;
      if (!self.starting_) self.runtime_->resumeNext(self.parent_);
    };
  }

  // True where the awaiting task has to wait.
  bool started() {
    starting_ = false;
    return winner_ == kNobody;
  }

  std::size_t winner_ = kNobody;

 private:
  std::coroutine_handle<> parent_;
  Runtime* runtime_ = nullptr;
  bool starting_ = true;
};

template <class... T>
class AnyOf : AnyState {
 public:
  using Result = std::variant<Value<T>...>;

  explicit AnyOf(Task<T>... tasks) : branches_(Branch<T>(std::move(tasks))...) {}
  AnyOf(const AnyOf&) = delete;
  AnyOf& operator=(const AnyOf&) = delete;

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> parent) {
    prepare(parent);
    startFrom<0>(parent.promise());
    return started();
  }
  Result await_resume() { return resultFrom<0>(); }

 private:
  template <std::size_t I>
  void startFrom(PromiseBase& promise) {
    if constexpr (I < sizeof...(T)) {
      if (winner_ != kNobody) return;
      std::get<I>(branches_).start(promise, *this, I);
      startFrom<I + 1>(promise);
    }
  }

  template <std::size_t I>
  Result resultFrom() {
    if constexpr (I + 1 < sizeof...(T)) {
      if (winner_ != I) return resultFrom<I + 1>();
    }
    cancelOthers(std::index_sequence_for<T...>{});
    return Result(std::in_place_index<I>, std::get<I>(branches_).take());
  }

  template <std::size_t... I>
  void cancelOthers(std::index_sequence<I...>) {
    ((I == winner_ ? void() : std::get<I>(branches_).cancel()), ...);
  }

  std::tuple<Branch<T>...> branches_;
};

template <class T>
class AnyOfMany : AnyState {
 public:
  struct Result {
    std::size_t index;
    Value<T> value;
  };

  explicit AnyOfMany(std::vector<Task<T>> tasks) {
    RINGSIDE_CHECK(!tasks.empty());
    branches_.reserve(tasks.size());
    for (Task<T>& task : tasks) branches_.emplace_back(std::move(task));
  }
  AnyOfMany(const AnyOfMany&) = delete;
  AnyOfMany& operator=(const AnyOfMany&) = delete;

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> parent) {
    prepare(parent);
    for (std::size_t i = 0; i < branches_.size() && winner_ == kNobody; ++i) {
      branches_[i].start(parent.promise(), *this, i);
    }
    return started();
  }
  Result await_resume() {
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      if (i != winner_) branches_[i].cancel();
    }
    return {winner_, branches_[winner_].take()};
  }

 private:
  std::vector<Branch<T>> branches_;
};

}  // namespace detail

template <class... T>
[[nodiscard]] auto whenAny(Task<T>... tasks) {
  static_assert(sizeof...(T) > 0);
  return detail::AnyOf<T...>(std::move(tasks)...);
}

// REQUIRES: at least one task.
template <class T>
[[nodiscard]] auto whenAny(std::vector<Task<T>> tasks) {
  return detail::AnyOfMany<T>(std::move(tasks));
}

}  // namespace ringside
