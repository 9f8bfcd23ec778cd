#include "engine/run/compare_worker.h"

#include <exception>
#include <thread>
#include <utility>

#include "engine/run/mailbox.h"

namespace ringside::run {
namespace {

using Phase = CompareState::Phase;

constexpr int kPictures = 200;                   // Instants at which both are looked at.
constexpr std::uint64_t kEventsPerLook = 8'192;  // Between two looks at the wish to stop.

lab::FramePtr pictureOf(const Run& run) { return std::make_shared<const lab::Frame>(run.frame()); }

}  // namespace

struct CompareWorker::Shared {
  CompareRequest request;
  Progress pair;
  Progress rest;
  Mailbox<CompareState> states;
  std::jthread thread;  // Last: joined before the rest goes.

  void work();
  CompareState lockStep();
  void publish(const CompareState& state) {
    states.put(std::make_shared<const CompareState>(state));
  }
};

void CompareWorker::Shared::work() {
  CompareState state;
  try {
    state = lockStep();
    if (state.phase == Phase::Failed || pair.stop) return publish(state);
    state.phase = request.replications > 1 ? Phase::Replicating : Phase::Done;
    publish(state);
    if (request.replications <= 1) return;
    const auto compared = compare(request, rest);
    if (rest.stop) return;
    state.phase = compared ? Phase::Done : Phase::Failed;
    if (compared) {
      state.deltas = compared->deltas.front();
    } else {
      state.error = compared.error().message;
    }
  } catch (const std::exception& caught) {  // A world too large for the machine.
    state.phase = Phase::Failed;
    state.error = caught.what();
  }
  publish(state);
}

CompareState CompareWorker::Shared::lockStep() {
  CompareState state;
  auto made = LockStep::make(request.sides[0], request.sides[1]);
  if (!made) {
    state.phase = Phase::Failed;
    state.error = made.error().message;
    return state;
  }
  LockStep& both = *made;
  pair.all = kPictures;
  for (int i = 1; i <= kPictures && !both.over(); ++i) {
    const Duration until = both.end().time_since_epoch() / kPictures * i;
    const Instant stop = i == kPictures ? both.end() : Instant(until);
    while (!both.advance(stop, kEventsPerLook)) {
      if (pair.stop) return state;
    }
    pair.done = i;
    const bool last = both.over();
    if (states.full() && !last) continue;  // Nobody has looked yet.
    state.first = pictureOf(both.first());
    state.second = pictureOf(both.second());
    state.divergence = both.divergence();
    if (!last) publish(state);
  }
  for (const Run* run : {&both.first(), &both.second()}) {
    if (run->state() != lab::RunState::Failed) continue;
    state.phase = Phase::Failed;
    state.error = run->error();
  }
  state.deltas =
      deltasOf({statisticsOf(both.first().metrics())}, {statisticsOf(both.second().metrics())});
  return state;
}

CompareWorker::CompareWorker(CompareRequest request) : shared_(std::make_unique<Shared>()) {
  shared_->request = std::move(request);
  shared_->thread = std::jthread([shared = shared_.get()] { shared->work(); });
}

CompareWorker::~CompareWorker() { shared_->pair.stop = shared_->rest.stop = true; }

std::shared_ptr<const CompareState> CompareWorker::take() { return shared_->states.take(); }

double CompareWorker::part() const {
  const double first = shared_->pair.part();
  const int all = shared_->request.replications;
  if (all <= 1) return first;
  return (first + shared_->rest.part() * all) / (1 + all);
}

}  // namespace ringside::run
