// Task<T>: a lazy coroutine: it runs when it is awaited or spawned, and ends where its owner ends.
//
// Model     `co_await task` starts it and gives its result, or rethrows what it threw. Whoever
//           holds
//           the Task owns the frame; destroying it while it waits cancels it there: its awaiters
//           leave their queues, its locals are destroyed, and so are the tasks that it awaits.
// Promise   No task outlives its owner. Cancelling is destroying, so no code has to poll for it and
//           none can forget to; cleaning up is what destructors do.
// Threads   Those of its runtime.
// Cost      A pooled frame; switching goes through the runtime's loop (about 2 ns), since symmetric
//           transfer is no tail call in GCC 12's debug and sanitizer builds and overflows the
//           stack.
// Rejected  Stop tokens that unwind by an exception or by results to be checked: the first is slow
//           and can be swallowed, the second can be forgotten.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/frame_pool.h"
#include "engine/runtime/runtime.h"

namespace ringside {

// What every task's promise has, whatever it returns.
struct PromiseBase {
  struct Final {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      PromiseBase& promise = self.promise();
      if (promise.continuation) {
        promise.runtime->resumeNext(promise.continuation);
      } else if (promise.done != nullptr) {
        promise.done(promise);  // May destroy the frame that this runs in.
      }
    }
    void await_resume() const noexcept {}
  };

  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] Final final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }

  static void* operator new(std::size_t size) { return allocateFrame(size); }
  static void operator delete(void* frame, std::size_t size) noexcept { releaseFrame(frame, size); }

  Runtime* runtime = nullptr;
  std::coroutine_handle<> continuation;           // Goes on when this one has ended.
  void (*done)(PromiseBase&) noexcept = nullptr;  // Else this is called.
  void* doneContext = nullptr;
  std::exception_ptr error;
  ActorId actor;                // Inherited by awaited tasks; a sleep may name another.
  std::uint32_t doneIndex = 0;  // For whom `done` calls.
};

// Event::prefetchFrame counts on it: a frame begins with two pointers, and then the promise.
static_assert(offsetof(PromiseBase, continuation) == sizeof(void*));

template <class T>
struct TaskPromise : PromiseBase {
  Task<T> get_return_object() noexcept;
  template <class U>
  void return_value(U&& value) {
    result.emplace(std::forward<U>(value));
  }
  T take() {
    if (error) std::rethrow_exception(error);
    RINGSIDE_CHECK(result.has_value());
    return std::move(*result);
  }
  std::optional<T> result;
};

template <>
struct TaskPromise<void> : PromiseBase {
  Task<void> get_return_object() noexcept;
  void return_void() const noexcept {}
  void take() const {
    if (error) std::rethrow_exception(error);
  }
};

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = TaskPromise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      cancel();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() { cancel(); }

  // Destroys the frame wherever it waits. REQUIRES: it is not the one running.
  void cancel() {
    if (handle_) std::exchange(handle_, {}).destroy();
  }

  [[nodiscard]] bool valid() const { return static_cast<bool>(handle_); }
  [[nodiscard]] bool done() const { return handle_ && handle_.done(); }
  [[nodiscard]] Handle handle() const { return handle_; }
  Handle release() { return std::exchange(handle_, {}); }

  auto operator co_await() && noexcept { return Awaiter{handle_}; }

 private:
  struct Awaiter {
    Handle child;
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> parent) const noexcept {
      child.promise().runtime = parent.promise().runtime;
      child.promise().actor = parent.promise().actor;
      child.promise().continuation = parent;
      child.promise().runtime->resumeNext(child);
    }
    T await_resume() const { return child.promise().take(); }
  };

  Handle handle_;
};

template <class T>
Task<T> TaskPromise<T>::get_return_object() noexcept {
  return Task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

inline Task<void> TaskPromise<void>::get_return_object() noexcept {
  return Task<void>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

}  // namespace ringside
