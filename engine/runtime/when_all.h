// whenAll: runs tasks side by side and goes on when every one has ended.
//
//     auto [balance, limit] = co_await whenAll(readBalance(), readLimit());
//     std::vector<int> all = co_await whenAll(std::move(tasks));
//
// Model     Started in order, at once. Results in the order of the arguments; void gives monostate.
//           An exception of one is rethrown when all have ended (the first in argument order).
//           Destroying the awaiting task cancels them all.
#pragma once

#include <tuple>
#include <vector>

#include "engine/runtime/branch.h"

namespace ringside {
namespace detail {

class AllState : public BranchOwner {
 protected:
  template <class Promise, class StartAll>
  bool suspend(std::coroutine_handle<Promise> parent, std::size_t count, StartAll startAll) {
    parent_ = parent;
    runtime_ = parent.promise().runtime;
    left_ = count;
    starting_ = true;
    ended = [](BranchOwner& owner, std::size_t) noexcept {
      auto& self = static_cast<AllState&>(owner);
      if (--self.left_ == 0 && !self.starting_) self.runtime_->resumeNext(self.parent_);
    };
    startAll(parent.promise());
    starting_ = false;
    return left_ > 0;
  }

 private:
  std::coroutine_handle<> parent_;
  Runtime* runtime_ = nullptr;
  std::size_t left_ = 0;
  bool starting_ = false;
};

template <class... T>
class AllOf : AllState {
 public:
  explicit AllOf(Task<T>... tasks) : branches_(Branch<T>(std::move(tasks))...) {}
  AllOf(const AllOf&) = delete;
  AllOf& operator=(const AllOf&) = delete;

  [[nodiscard]] bool await_ready() const noexcept { return sizeof...(T) == 0; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> parent) {
    return suspend(parent, sizeof...(T), [this](PromiseBase& promise) {
      std::size_t index = 0;
      std::apply([&](auto&... branch) { (branch.start(promise, *this, index++), ...); }, branches_);
    });
  }
  std::tuple<Value<T>...> await_resume() {
    return std::apply([](auto&... branch) { return std::tuple<Value<T>...>{branch.take()...}; },
                      branches_);
  }

 private:
  std::tuple<Branch<T>...> branches_;
};

template <class T>
class AllOfMany : AllState {
 public:
  explicit AllOfMany(std::vector<Task<T>> tasks) {
    branches_.reserve(tasks.size());
    for (Task<T>& task : tasks) branches_.emplace_back(std::move(task));
  }
  AllOfMany(const AllOfMany&) = delete;
  AllOfMany& operator=(const AllOfMany&) = delete;

  [[nodiscard]] bool await_ready() const noexcept { return branches_.empty(); }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> parent) {
    return suspend(parent, branches_.size(), [this](PromiseBase& promise) {
      for (std::size_t i = 0; i < branches_.size(); ++i) branches_[i].start(promise, *this, i);
    });
  }
  std::vector<Value<T>> await_resume() {
    std::vector<Value<T>> results;
    results.reserve(branches_.size());
    for (Branch<T>& branch : branches_) results.push_back(branch.take());
    return results;
  }

 private:
  std::vector<Branch<T>> branches_;
};

}  // namespace detail

template <class... T>
[[nodiscard]] auto whenAll(Task<T>... tasks) {
  return detail::AllOf<T...>(std::move(tasks)...);
}

template <class T>
[[nodiscard]] auto whenAll(std::vector<Task<T>> tasks) {
  return detail::AllOfMany<T>(std::move(tasks));
}

}  // namespace ringside
