#include "app/background_job.h"

#include <utility>

namespace ringside::app {

void BackgroundJob::Ticket::post(std::function<void()> onGui) const {
  BackgroundJob* job = &job_;
  QMetaObject::invokeMethod(
      job,
      [job, number = number_, act = std::move(onGui)] {
        if (job->number_ == number) act();
      },
      Qt::QueuedConnection);
}

void BackgroundJob::start(Work work) {
  stop();
  thread_ = std::jthread([this, number = number_, work = std::move(work)](std::stop_token token) {
    work(Ticket(*this, std::move(token), number));
  });
}

void BackgroundJob::stop() {
  ++number_;
  thread_ = std::jthread();  // Asks it to stop, and joins.
}

}  // namespace ringside::app
