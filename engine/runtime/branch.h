// Branch: a task that runs beside others under one awaiter, which is told when it ends.
//
// Shared by when_all.h, when_any.h and timeout.h; not for use by itself.
#pragma once

#include <cstddef>
#include <utility>
#include <variant>

#include "engine/runtime/task.h"

namespace ringside::detail {

// void becomes a value that a tuple or a vector can hold.
template <class T>
using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T>
Value<T> takeValue(Task<T>& task) {
  if constexpr (std::is_void_v<T>) {
    task.handle().promise().take();
    return {};
  } else {
    return task.handle().promise().take();
  }
}

struct BranchOwner {
  void (*ended)(BranchOwner& owner, std::size_t index) noexcept = nullptr;
};

template <class T>
class Branch {
 public:
  explicit Branch(Task<T> task) : task_(std::move(task)) {}
  Branch(Branch&&) noexcept = default;

  // Runs the task until it first waits. REQUIRES: this stays where it is until the task ends.
  void start(PromiseBase& parent, BranchOwner& owner, std::size_t index) {
    owner_ = &owner;
    index_ = index;
    PromiseBase& promise = task_.handle().promise();
    promise.runtime = parent.runtime;
    promise.actor = parent.actor;
    promise.doneContext = this;
    promise.done = [](PromiseBase& ended) noexcept {
      auto* self = static_cast<Branch*>(ended.doneContext);
      self->owner_->ended(*self->owner_, self->index_);
    };
    parent.runtime->resume(task_.handle());
  }

  void cancel() { task_.cancel(); }
  [[nodiscard]] Value<T> take() { return takeValue(task_); }

 private:
  Task<T> task_;
  BranchOwner* owner_ = nullptr;
  std::size_t index_ = 0;
};

}  // namespace ringside::detail
