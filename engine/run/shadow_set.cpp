#include "engine/run/shadow_set.h"

#include <algorithm>
#include <sys/resource.h>
#include <utility>

#include "engine/lab/world.h"
#include "engine/run/resident_bytes.h"

namespace ringside::run {
namespace {

constexpr int kNobody = -1;
constexpr int kNiceness = 10;
constexpr std::uint64_t kEventsPerMeasure = 64 * ShadowSet::kSliceEvents;

}  // namespace

ShadowSet::ShadowSet(Maker maker, std::size_t budgetBytes)
    : maker_(std::move(maker)),
      budget_(budgetBytes),
      journal_(std::make_shared<const Journal>()),
      residentBefore_(residentBytes()) {
  needs_.budgetBytes = budgetBytes;
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

ShadowSet::~ShadowSet() = default;

std::size_t ShadowSet::aim(Position present, std::shared_ptr<const Journal> journal,
                           double eventsPerSecond, std::size_t presentBytes) {
  {
    const std::scoped_lock lock(mutex_);
    changed_ = changed_ || journal != journal_ || present.events != needs_.present;
    needs_.present = present.events;
    needs_.presentBytes = presentBytes;
    needs_.eventsPerSecond = eventsPerSecond;
    journal_ = std::move(journal);
    if (!changed_) return std::exchange(presentGrowth_, 0);
    resting_ = false;
  }
  wake_.notify_one();
  const std::scoped_lock lock(mutex_);
  return std::exchange(presentGrowth_, 0);
}

HeldRun ShadowSet::take(const Journal& whole, const std::function<bool(Position)>& serves) {
  std::unique_lock lock(mutex_);
  ++takers_;
  returned_.wait(lock, [this] { return !moving_; });
  --takers_;
  auto best = held_.end();
  for (auto each = held_.begin(); each != held_.end(); ++each) {
    const Position place = each->run->position();
    if (!serves(place) || !each->run->isOn(whole)) continue;
    if (best == held_.end() || best->run->position() < place) best = each;
  }
  HeldRun taken;
  if (best != held_.end()) {
    taken = std::move(*best);
    held_.erase(best);
  }
  changed_ = true;
  resting_ = false;
  lock.unlock();
  wake_.notify_one();
  return taken;
}

void ShadowSet::keep(HeldRun run) {
  if (run.run == nullptr) return;
  {
    const std::scoped_lock lock(mutex_);
    const bool useful = run.run->state() != lab::RunState::Failed;
    (useful ? held_ : doomed_).push_back(std::move(run));
    changed_ = true;
    resting_ = false;
  }
  wake_.notify_one();
}

bool ShadowSet::atRest() const {
  const std::scoped_lock lock(mutex_);
  return resting_ && !changed_;
}

std::vector<Position> ShadowSet::places() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Position> places;
  for (const HeldRun& held : held_) places.push_back(held.run->position());
  return places;
}

std::size_t ShadowSet::bytes() const {
  const std::scoped_lock lock(mutex_);
  return heldBytes();
}

// ---- The set's own thread ------------------------------------------------------------------

void ShadowSet::work(const std::stop_token& stop) {
  ::setpriority(PRIO_PROCESS, 0, kNiceness);  // Of this thread alone. A refusal costs only speed.
  std::unique_lock lock(mutex_);
  const auto something = [this] { return changed_ && takers_ == 0; };
  while (wake_.wait(lock, stop, something) && !stop.stop_requested()) {
    changed_ = false;
    bury(lock);
    Job job;
    if (!nextJob(job)) {
      resting_ = !changed_ && doomed_.empty();
      changed_ = changed_ || !doomed_.empty();
      continue;
    }
    changed_ = true;  // There may be more.
    advance(job, lock);
  }
  lock.unlock();
  held_.clear();  // Here, beside the worker that destroys its own: half the time.
  doomed_.clear();
}

void ShadowSet::bury(std::unique_lock<std::mutex>& lock) {
  while (!doomed_.empty()) {
    HeldRun dead = std::move(doomed_.back());
    doomed_.pop_back();
    measure(nullptr, 0);
    lock.unlock();
    dead.run.reset();
    lock.lock();
    residentBefore_ = residentBytes();
  }
}

// Each wish, in order of worth, gets the nearest run below it that no better wish has.
std::vector<int> ShadowSet::assign(const std::vector<std::uint64_t>& wanted) const {
  std::vector<int> owners(held_.size(), kNobody);
  for (std::size_t wish = 0; wish < wanted.size(); ++wish) {
    int best = kNobody;
    for (std::size_t i = 0; i < held_.size(); ++i) {
      const std::uint64_t events = held_[i].run->events();
      if (owners[i] != kNobody || events > wanted[wish] || !isReachable(held_[i])) continue;
      if (best == kNobody || held_[static_cast<std::size_t>(best)].run->events() < events) {
        best = static_cast<int>(i);
      }
    }
    if (best != kNobody) owners[static_cast<std::size_t>(best)] = static_cast<int>(wish);
  }
  return owners;
}

bool ShadowSet::isReachable(const HeldRun& held) const {
  return !lab::isOver(held.run->state()) && held.run->isOn(*journal_);
}

void ShadowSet::doom(std::size_t index) {
  doomed_.push_back(std::move(held_[index]));
  held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(index));
}

// Gives up runs that nobody wished for, of other branches first and then from far ahead, until
// `needed` more bytes are within the budget.
bool ShadowSet::makeRoom(std::vector<int>& owners, std::size_t needed) {
  while (heldBytes() + needed > budget_ || held_.size() > kMostShadows) {
    int worst = kNobody;
    const auto rank = [this](std::size_t i) {
      return std::pair(!held_[i].run->isOn(*journal_), held_[i].run->events());
    };
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (owners[i] != kNobody) continue;
      if (worst == kNobody || rank(i) > rank(static_cast<std::size_t>(worst))) {
        worst = static_cast<int>(i);
      }
    }
    if (worst == kNobody) return false;
    doom(static_cast<std::size_t>(worst));
    owners.erase(owners.begin() + worst);
  }
  return true;
}

bool ShadowSet::nextJob(Job& job) {
  const std::vector<std::uint64_t> wanted = shadowPlan(needs_);
  std::vector<int> owners = assign(wanted);
  // Over the budget although all are wished for: the estimate was too low. The least worth goes.
  while (!makeRoom(owners, 0) && !held_.empty()) {
    const auto last = std::ranges::max_element(owners) - owners.begin();
    doom(static_cast<std::size_t>(last));
    owners.erase(owners.begin() + last);
  }
  for (std::size_t wish = 0; wish < wanted.size(); ++wish) {
    const auto owner = std::ranges::find(owners, static_cast<int>(wish));
    const bool there = owner != owners.end();
    if (there) {
      auto& held = held_[static_cast<std::size_t>(owner - owners.begin())];
      if (held.run->events() >= wanted[wish]) continue;
      job = {std::move(held), wanted[wish]};
      held_.erase(held_.begin() + (owner - owners.begin()));
      return true;
    }
    if (makerFails_ || !makeRoom(owners, estimatedBytes(needs_, wanted[wish]))) continue;
    job = {{}, wanted[wish]};
    return true;
  }
  return false;
}

void ShadowSet::advance(Job& job, std::unique_lock<std::mutex>& lock) {
  const std::shared_ptr<const Journal> journal = journal_;
  moving_ = true;
  lock.unlock();
  if (job.held.run == nullptr) {
    auto made = maker_();
    if (made) job.held.run = std::move(*made);
  }
  std::uint64_t moved = 0;
  if (job.held.run != nullptr) {
    Run& run = *job.held.run;
    run.setFuture(*journal);
    moved = run.advance(run.end(), std::min(kSliceEvents, job.to - run.events()));
  }
  lock.lock();
  moving_ = false;
  makerFails_ = job.held.run == nullptr;
  if (!makerFails_) {
    measure(&job.held, moved);
    held_.push_back(std::move(job.held));
  }
  returned_.notify_all();
}

// What the process grew by is shared out by the events that each run had meanwhile.
void ShadowSet::measure(HeldRun* moving, std::uint64_t movedEvents) {
  movedEvents_ += movedEvents;
  const bool first = moving != nullptr && moving->bytes == 0;
  if (moving != nullptr && movedEvents_ < kEventsPerMeasure && !first) return;
  const std::size_t now = residentBytes();
  const std::size_t growth = now > residentBefore_ ? now - residentBefore_ : 0;
  residentBefore_ = now;
  const std::uint64_t lived = needs_.present > presentBefore_ ? needs_.present - presentBefore_ : 0;
  presentBefore_ = needs_.present;
  const double all = static_cast<double>(lived + movedEvents_);
  const double own = all > 0 ? static_cast<double>(movedEvents_) / all : 0;
  const auto share = static_cast<std::size_t>(own * static_cast<double>(growth));
  movedEvents_ = 0;
  presentGrowth_ += growth - share;
  if (moving == nullptr) return;
  moving->bytes = std::max(moving->bytes + share, moving->run->world().recorder().bytes());
  learn(needs_, {moving->run->events(), moving->bytes});
}

std::size_t ShadowSet::heldBytes() const {
  std::size_t bytes = 0;
  for (const HeldRun& held : held_) {
    // Memory that another run gave back may be used again without a trace: what is known counts.
    bytes += std::max(held.bytes, measuredBytes(needs_, held.run->events()));
  }
  return bytes;
}

}  // namespace ringside::run
