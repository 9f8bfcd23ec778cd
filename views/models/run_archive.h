// RunArchive: the run store on a thread of its own, for a window that must not wait for a disk.
//
// Model     Requests are done one after another in the order in which they were made; answers come
//           back as signals or through the callback given. Of several searches that wait, only the
//           last is done.
// Promise   The destructor finishes what was asked to be kept or changed, so that a run that ended
//           just before the window closed is not lost.
// Threads   GUI thread, but for keep(), which any thread may call.
#pragma once

#include <QObject>
#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/store/run_store.h"

namespace ringside::views {

class RunArchive : public QObject {
  Q_OBJECT

 public:
  // Opens the store at `path`, in memory where it is empty.
  RunArchive(const QString& path, store::Limits limits, QObject* parent = nullptr);
  ~RunArchive() override;

  void keep(std::shared_ptr<const exports::RunRecord> record);
  void search(const store::RunQuery& query);
  void setTags(std::int64_t id, const QStringList& tags);
  void setRemark(std::int64_t id, const QString& remark);
  void remove(const std::vector<std::int64_t>& ids);
  void restore(const std::vector<std::int64_t>& ids);
  void setLimits(store::Limits limits);
  [[nodiscard]] store::Limits limits() const { return limits_; }
  // `use` is called on the GUI thread.
  void recipe(std::int64_t id, std::function<void(const store::Recipe&)> use);

 Q_SIGNALS:
  void found(const std::vector<ringside::store::KeptRun>& runs, const QStringList& tags);
  void changed();                         // A run was kept, marked, removed or brought back.
  void trouble(const QString& sentence);  // For the person.

 private:
  using Job = std::function<void(store::RunStore&)>;
  void ask(Job job);
  void work(const QString& path, store::Limits limits);
  void report(const Result<Done>& result);
  void tell(const std::string& sentence);
  // Runs `act` on the GUI thread.
  void post(std::function<void()> act);

  store::Limits limits_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool ending_ = false;
  std::uint64_t lastSearch_ = 0;
  std::thread worker_;
};

}  // namespace ringside::views
