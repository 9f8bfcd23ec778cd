// select, trySelect: the first of several channel operations that can go ahead.
//
//     auto first = co_await select(rng, jobs.receive(), quit.receive(), log.send(line));
//     if (first.index() == 0) work(std::get<0>(first));
//
// Model     Where several can go ahead at once, one draw from the caller's rng picks among them,
//           all equally likely; where one can, it is taken without a draw; where none can, the task
//           waits for all and the first to be served wins. The others have then never happened.
// Promise   Exactly one operation takes effect. Cancelling the task withdraws them all; a value
//           that it had been given already goes to the next receiver.
// Rejected  The first ready case in the order written: a busy channel would starve those after it.
// Source    The Go Programming Language Specification, "Select statements".
#pragma once

#include <array>
#include <tuple>
#include <variant>

#include "engine/base/rng.h"
#include "engine/runtime/channel.h"

namespace ringside {
namespace detail {

template <class... Operation>
class Select : ChannelOperation::Owner {
 public:
  using Result = std::variant<typename Operation::Result...>;

  Select(Rng& rng, Operation... operations) : rng_(rng), operations_(std::move(operations)...) {}
  Select(const Select&) = delete;
  Select& operator=(const Select&) = delete;

  [[nodiscard]] bool await_ready() {
    std::array<std::size_t, kCount> ready{};
    std::size_t count = 0;
    forEach([&](auto& operation, std::size_t index) {
      if (operation.await_ready()) ready[count++] = index;
    });
    if (count > 0) chosen_ = ready[count == 1 ? 0 : rng_.below(count)];
    return count > 0;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> self) {
    served = &onServed;
    forEach([&](auto& operation, std::size_t) {
      operation.setOwner(*this);
      operation.await_suspend(self);
    });
  }
  Result await_resume() { return resultFrom<0>(); }

 private:
  static constexpr std::size_t kCount = sizeof...(Operation);

  template <class Visitor>
  void forEach(Visitor visit) {
    std::size_t index = 0;
    std::apply([&](auto&... operation) { (visit(operation, index++), ...); }, operations_);
  }

  static void onServed(ChannelOperation::Owner& owner, ChannelOperation& winner) noexcept {
    auto& self = static_cast<Select&>(owner);
    self.forEach([&](auto& operation, std::size_t index) {
      if (&operation == &winner) {
        self.chosen_ = index;
      } else {
        operation.leave();
      }
    });
  }

  template <std::size_t I>
  Result resultFrom() {
    if constexpr (I + 1 < kCount) {
      if (chosen_ != I) return resultFrom<I + 1>();
    }
    return Result(std::in_place_index<I>, std::get<I>(operations_).await_resume());
  }

  Rng& rng_;
  std::tuple<Operation...> operations_;
  std::size_t chosen_ = kCount;
};

}  // namespace detail

template <class... Operation>
[[nodiscard]] auto select(Rng& rng, Operation... operations) {
  static_assert(sizeof...(Operation) > 0);
  return detail::Select<Operation...>(rng, std::move(operations)...);
}

// Empty where a task would have to wait: the `default` of Go.
template <class... Operation>
[[nodiscard]] auto trySelect(Rng& rng, Operation... operations) {
  detail::Select<Operation...> choice(rng, std::move(operations)...);
  using Result = typename decltype(choice)::Result;
  return choice.await_ready() ? std::optional<Result>(choice.await_resume()) : std::nullopt;
}

}  // namespace ringside
