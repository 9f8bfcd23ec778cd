// BackgroundJob: one piece of long work beside the window, that can be told to stop.
//
// Model     start() runs `work` on a thread; what it posts runs on the GUI thread, unless the job
//           was
//           dropped or replaced meanwhile. A new start, or the end of the object, stops the old
//           work and waits for it: so work asks keepGoing() often.
// Threads   GUI thread, but for keepGoing() and post(), which the work calls on its own.
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <thread>

namespace ringside::app {

class BackgroundJob : public QObject {
  Q_OBJECT

 public:
  class Ticket {
   public:
    Ticket(BackgroundJob& job, std::stop_token stop, int number)
        : job_(job), stop_(std::move(stop)), number_(number) {}
    [[nodiscard]] bool keepGoing() const { return !stop_.stop_requested(); }
    void post(std::function<void()> onGui) const;

   private:
    BackgroundJob& job_;
    std::stop_token stop_;
    int number_;
  };
  using Work = std::function<void(const Ticket&)>;

  explicit BackgroundJob(QObject* parent = nullptr) : QObject(parent) {}
  ~BackgroundJob() override { stop(); }

  void start(Work work);
  void stop();

 private:
  int number_ = 0;
  std::jthread thread_;
};

}  // namespace ringside::app
