#include "engine/runtime/task_group.h"

#include <algorithm>
#include <cstddef>
#include <new>

namespace ringside {

void TaskGroup::spawn(Task<void> task, ActorId actor) {
  if (freeSlots_.empty()) {
    freeSlots_.push_back(static_cast<std::uint32_t>(members_.size()));
    members_.emplace_back();
  }
  const std::uint32_t slot = freeSlots_.back();
  freeSlots_.pop_back();
  ++size_;
  const Task<void>::Handle handle = task.release();
  PromiseBase& promise = handle.promise();
  promise.runtime = &runtime_;
  promise.actor = actor;
  promise.done = &onDone;
  promise.doneContext = this;
  promise.doneIndex = slot;
  auto* start = ::new (allocateFrame(sizeof(Start))) Start;
  start->group = this;
  start->slot = slot;
  start->actor = actor;
  start->kind = EventKind::Start;
  start->fire = &onStart;
  members_[slot] = {handle, start, ++spawned_};
  runtime_.post(*start);
}

void TaskGroup::onStart(Event& event) {
  auto& start = static_cast<Start&>(event);
  TaskGroup& group = *start.group;
  Member& member = group.members_[start.slot];
  releaseStart(std::exchange(member.start, nullptr));
  group.runtime_.resume(member.task);
}

void TaskGroup::cancelAll() {
  // Destroying one may spawn or end others: whoever still has its age is still there.
  while (size_ > 0) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> oldestFirst;
    for (std::uint32_t slot = 0; slot < members_.size(); ++slot) {
      if (members_[slot].age != 0) oldestFirst.emplace_back(members_[slot].age, slot);
    }
    std::sort(oldestFirst.begin(), oldestFirst.end());
    for (const auto& [age, slot] : oldestFirst) {
      if (members_[slot].age == age) remove(slot).destroy();
    }
  }
}

void TaskGroup::onDone(PromiseBase& promise) noexcept {
  TaskGroup& group = *static_cast<TaskGroup*>(promise.doneContext);
  const std::exception_ptr error = promise.error;
  // The member is only written to: it is cold, and a finished task knows its own frame.
  group.freeSlot(promise.doneIndex);
  Task<void>::Handle::from_promise(static_cast<TaskPromise<void>&>(promise)).destroy();
  if (error && group.onError_ != nullptr) group.onError_(group.context_, error);
  if (group.size_ == 0 && group.joiner_ != nullptr) {
    group.runtime_.post(*std::exchange(group.joiner_, nullptr));
  }
}

Task<void>::Handle TaskGroup::remove(std::uint32_t slot) {
  Member& member = members_[slot];
  if (member.start != nullptr) {
    runtime_.cancel(*member.start);
    releaseStart(member.start);
  }
  const Task<void>::Handle task = member.task;
  freeSlot(slot);
  return task;
}

void TaskGroup::freeSlot(std::uint32_t slot) {
  members_[slot] = {};
  freeSlots_.push_back(slot);
  --size_;
}

void TaskGroup::releaseStart(Start* start) {
  start->~Start();
  releaseFrame(start, sizeof(Start));
}

}  // namespace ringside
