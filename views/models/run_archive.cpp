#include "views/models/run_archive.h"

#include <QDateTime>
#include <QStringList>

#include <utility>

namespace ringside::views {

RunArchive::RunArchive(const QString& path, store::Limits limits, QObject* parent)
    : QObject(parent), limits_(limits) {
  worker_ = std::thread([this, path, limits] { work(path, limits); });
}

RunArchive::~RunArchive() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  worker_.join();
}

void RunArchive::ask(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void RunArchive::post(std::function<void()> act) {
  QMetaObject::invokeMethod(this, std::move(act), Qt::QueuedConnection);
}

void RunArchive::work(const QString& path, store::Limits limits) {
  store::RunStore store({.path = path.toStdString(), .nowMs = QDateTime::currentMSecsSinceEpoch()},
                        limits);
  tell(store.message());
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job(store);
  }
}

void RunArchive::tell(const std::string& sentence) {
  if (sentence.empty()) return;
  post([this, text = QString::fromStdString(sentence)] { Q_EMIT trouble(text); });
}

void RunArchive::report(const Result<Done>& result) {
  if (!result) return tell(result.error().message);
  post([this] { Q_EMIT changed(); });
}

void RunArchive::keep(std::shared_ptr<const exports::RunRecord> record) {
  ask([this, record = std::move(record)](store::RunStore& store) {
    const auto kept = store.keep(*record, QDateTime::currentMSecsSinceEpoch());
    tell(kept.message);
    if (kept.id != 0) post([this] { Q_EMIT changed(); });
  });
}

void RunArchive::search(const store::RunQuery& query) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++lastSearch_;
  }
  ask([this, query, number](store::RunStore& store) {
    {
      const std::lock_guard lock(mutex_);
      if (ending_ || number != lastSearch_) return;
    }
    const auto runs = store.search(query);
    if (!runs) return tell(runs.error().message);
    QStringList tags;
    for (const std::string& tag : store.tags().value_or({})) tags << QString::fromStdString(tag);
    post([this, runs = *runs, tags] { Q_EMIT found(runs, tags); });
  });
}

void RunArchive::setTags(std::int64_t id, const QStringList& tags) {
  std::vector<std::string> names;
  for (const QString& tag : tags) names.push_back(tag.trimmed().toStdString());
  ask([this, id, names](store::RunStore& store) { report(store.setTags(id, names)); });
}

void RunArchive::setRemark(std::int64_t id, const QString& remark) {
  ask([this, id, text = remark.toStdString()](store::RunStore& store) {
    report(store.setRemark(id, text));
  });
}

void RunArchive::remove(const std::vector<std::int64_t>& ids) {
  ask([this, ids](store::RunStore& store) {
    report(store.remove(ids, QDateTime::currentMSecsSinceEpoch()));
  });
}

void RunArchive::restore(const std::vector<std::int64_t>& ids) {
  ask([this, ids](store::RunStore& store) { report(store.restore(ids)); });
}

void RunArchive::setLimits(store::Limits limits) {
  limits_ = limits;
  ask([limits](store::RunStore& store) { store.setLimits(limits); });
}

void RunArchive::recipe(std::int64_t id, std::function<void(const store::Recipe&)> use) {
  ask([this, id, use = std::move(use)](store::RunStore& store) {
    const auto recipe = store.recipe(id);
    if (!recipe) return tell(recipe.error().message);
    post([use, recipe = *recipe] { use(recipe); });
  });
}

}  // namespace ringside::views
