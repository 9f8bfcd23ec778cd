#include "engine/run/sweep_worker.h"

#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace ringside::run {

struct SweepWorker::Shared {
  SweepRequest request;
  Progress progress;
  mutable std::mutex mutex;
  std::vector<SweepRow> rows;
  bool over = false;
  std::string error;
  std::jthread thread;  // Last: joined before the rest goes.

  void work();
};

void SweepWorker::Shared::work() {
  std::string why;
  try {
    const SweepWork what{{}, [this](const SweepRow& row) -> Result<Done> {
                           const std::scoped_lock lock(mutex);
                           rows.push_back(row);
                           return Done{};
                         }};
    if (const auto done = sweep(request, what, progress); !done) why = done.error().message;
  } catch (const std::exception& caught) {  // A world too large for the machine.
    why = caught.what();
  }
  const std::scoped_lock lock(mutex);
  over = true;
  error = why;
}

SweepWorker::SweepWorker(SweepRequest request) : shared_(std::make_unique<Shared>()) {
  shared_->request = std::move(request);
  shared_->thread = std::jthread([shared = shared_.get()] { shared->work(); });
}

SweepWorker::~SweepWorker() { shared_->progress.stop = true; }

std::vector<SweepRow> SweepWorker::takeRows() {
  const std::scoped_lock lock(shared_->mutex);
  return std::exchange(shared_->rows, {});
}

double SweepWorker::part() const { return shared_->progress.part(); }

bool SweepWorker::isOver() const {
  const std::scoped_lock lock(shared_->mutex);
  return shared_->over;
}

std::string SweepWorker::error() const {
  const std::scoped_lock lock(shared_->mutex);
  return shared_->error;
}

}  // namespace ringside::run
