#include "engine/runtime/task_group.h"

#include <cstddef>
#include <new>

namespace ringside {

void TaskGroup::spawn(Task<void> task, ActorId actor) {
  auto* member = ::new (allocateFrame(sizeof(Member))) Member;
  member->group = this;
  member->previous = last_;
  (last_ == nullptr ? first_ : last_->next) = member;
  last_ = member;
  ++size_;
  member->task = task.release();
  PromiseBase& promise = member->task.promise();
  promise.runtime = &runtime_;
  promise.actor = actor;
  promise.done = &onDone;
  promise.doneContext = member;
  member->start.actor = actor;
  member->start.kind = EventKind::Start;
  member->start.waiter = member->task;
  runtime_.post(member->start);
}

void TaskGroup::cancelAll() {
  // Destroying one may spawn or end others: always take the first that is left.
  while (first_ != nullptr) {
    Member* member = first_;
    const Task<void>::Handle task = member->task;
    remove(member);
    task.destroy();
  }
}

void TaskGroup::onDone(PromiseBase& promise) noexcept {
  auto* member = static_cast<Member*>(promise.doneContext);
  TaskGroup& group = *member->group;
  const std::exception_ptr error = promise.error;
  const Task<void>::Handle task = member->task;
  group.remove(member);
  task.destroy();
  if (error && group.onError_ != nullptr) group.onError_(group.context_, error);
  if (group.size_ == 0 && group.joiner_ != nullptr) {
    group.runtime_.post(*std::exchange(group.joiner_, nullptr));
  }
}

void TaskGroup::remove(Member* member) {
  if (member->start.pending()) runtime_.cancel(member->start);
  (member->previous == nullptr ? first_ : member->previous->next) = member->next;
  (member->next == nullptr ? last_ : member->next->previous) = member->previous;
  --size_;
  member->~Member();
  releaseFrame(member, sizeof(Member));
}

}  // namespace ringside
