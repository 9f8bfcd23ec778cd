// LinkedPool: first-in first-out lists whose nodes share one block and can leave from anywhere.
//
// Model     Nodes live in one vector and are linked by 32-bit numbers. A Ticket names a node and
//           the use of it (its generation), so a ticket kept too long is recognised, not obeyed.
// Promise   O(1) push, pop and removal from the middle; no allocation once the pool has been as
//           full as it will get; order of push is order of pop.
// Threads   None. One owner.
//
// Rejected  std::list: an allocation per waiter, and a stale iterator is undefined behaviour, while
//           a timed-out waiter and its late grant meet in exactly that way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/segmented.h"

namespace ringside {

struct Ticket {
  std::uint32_t node = 0xFFFF'FFFF;
  std::uint32_t generation = 0;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

template <class T>
class LinkedPool {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  struct List {
    std::uint32_t head = kNone;
    std::uint32_t tail = kNone;
    std::uint32_t size = 0;
    [[nodiscard]] bool empty() const { return size == 0; }
  };

  Ticket pushBack(List& list, T value) {
    const std::uint32_t at = take();
    nodes_[at].value = std::move(value);
    nodes_[at].linked = true;
    attach(list, at);
    return {at, nodes_[at].generation};
  }

  std::optional<T> popFront(List& list) {
    if (list.head == kNone) return std::nullopt;
    return unlink(list, list.head);
  }

  // Takes the node out of `list`; nothing if it has left already.
  // REQUIRES: the ticket came from this list.
  std::optional<T> remove(List& list, Ticket ticket) {
    if (!holds(ticket)) return std::nullopt;
    return unlink(list, ticket.node);
  }

  // By node number, for owners that keep an index over the nodes. REQUIRES: the node is in `list`.
  T removeNode(List& list, std::uint32_t node) { return unlink(list, node); }
  void moveToBack(List& list, std::uint32_t node) {
    if (list.tail == node) return;
    detach(list, node);
    attach(list, node);
  }
  [[nodiscard]] T& at(std::uint32_t node) { return nodes_[node].value; }
  [[nodiscard]] const T& at(std::uint32_t node) const { return nodes_[node].value; }
  [[nodiscard]] std::uint32_t before(std::uint32_t node) const { return nodes_[node].previous; }

  [[nodiscard]] bool holds(Ticket ticket) const {
    return ticket.node < nodes_.size() && nodes_[ticket.node].linked &&
           nodes_[ticket.node].generation == ticket.generation;
  }

  [[nodiscard]] std::size_t bytes() const { return nodes_.bytes(); }

 private:
  struct Node {
    T value{};
    std::uint32_t previous = kNone;
    std::uint32_t next = kNone;  // In a list, or the next free node.
    std::uint32_t generation = 0;
    bool linked = false;
  };

  std::uint32_t take() {
    if (free_ == kNone) {
      nodes_.emplace_back();
      return static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    const std::uint32_t at = free_;
    free_ = nodes_[at].next;
    return at;
  }

  void attach(List& list, std::uint32_t at) {
    nodes_[at].previous = list.tail;
    nodes_[at].next = kNone;
    (list.tail == kNone ? list.head : nodes_[list.tail].next) = at;
    list.tail = at;
    ++list.size;
  }

  void detach(List& list, std::uint32_t at) {
    const Node& node = nodes_[at];
    (node.previous == kNone ? list.head : nodes_[node.previous].next) = node.next;
    (node.next == kNone ? list.tail : nodes_[node.next].previous) = node.previous;
    --list.size;
  }

  T unlink(List& list, std::uint32_t at) {
    detach(list, at);
    Node& node = nodes_[at];
    node.linked = false;
    ++node.generation;
    node.next = free_;
    free_ = at;
    return std::exchange(node.value, T{});
  }

  Segmented<Node> nodes_;
  std::uint32_t free_ = kNone;
};

}  // namespace ringside
