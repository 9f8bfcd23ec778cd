#include "views/models/progress.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace ringside::views {
namespace {

constexpr int kVersion = 1;

QJsonObject toJson(const Progress::Answer& answer) {
  return {{QStringLiteral("given"), answer.given},
          {QStringLiteral("right"), answer.right},
          {QStringLiteral("ever_right"), answer.everRight},
          {QStringLiteral("attempts"), answer.attempts},
          {QStringLiteral("when"), answer.when.toString(Qt::ISODateWithMs)}};
}

Progress::Answer answerOf(const QJsonObject& json) {
  Progress::Answer answer;
  answer.given = json[QStringLiteral("given")].toString();
  answer.right = json[QStringLiteral("right")].toBool();
  answer.everRight = json[QStringLiteral("ever_right")].toBool() || answer.right;
  answer.attempts = json[QStringLiteral("attempts")].toInt(1);
  answer.when = QDateTime::fromString(json[QStringLiteral("when")].toString(), Qt::ISODateWithMs);
  return answer;
}

// A name beside `path` that nothing has yet.
QString freeNameBeside(const QString& path) {
  for (int n = 1;; ++n) {
    QString candidate = QStringLiteral("%1.unreadable-%2").arg(path).arg(n);
    if (!QFileInfo::exists(candidate)) return candidate;
  }
}

}  // namespace

Progress::Progress(QObject* parent) : QObject(parent) {}

QString Progress::open(const QString& path) {
  entries_.clear();
  path_ = path;
  QFile file(path);
  if (!file.exists()) return {};
  if (!file.open(QIODevice::ReadOnly)) {
    path_.clear();  // What cannot be read must not be replaced either.
    return tr("Your progress in %1 cannot be read (%2). This session is kept in memory alone.")
        .arg(QDir::toNativeSeparators(path), file.errorString());
  }
  if (read(file.readAll())) return {};
  file.close();
  entries_.clear();
  const QString aside = freeNameBeside(path);
  if (QFile::rename(path, aside)) {
    return tr("Your progress file was damaged. It was moved to %1 and a new one begun.")
        .arg(QDir::toNativeSeparators(aside));
  }
  path_.clear();
  return tr("Your progress file %1 is damaged and cannot be moved aside. This session is kept in "
            "memory alone.")
      .arg(QDir::toNativeSeparators(path));
}

bool Progress::read(const QByteArray& text) {
  const QJsonDocument document = QJsonDocument::fromJson(text);
  if (!document.isObject()) return false;
  const QJsonObject root = document.object();
  if (root[QStringLiteral("version")].toInt() != kVersion) return false;
  if (!root[QStringLiteral("scenarios")].isObject()) return false;
  const QJsonObject scenarios = root[QStringLiteral("scenarios")].toObject();
  for (auto it = scenarios.begin(); it != scenarios.end(); ++it) {
    Entry& entry = entries_[it.key()];
    entry.opened = true;
    const QJsonObject answers = it.value().toObject()[QStringLiteral("answers")].toObject();
    for (auto a = answers.begin(); a != answers.end(); ++a) {
      entry.answers.insert(a.key(), answerOf(a.value().toObject()));
    }
  }
  return true;
}

QByteArray Progress::written() const {
  QJsonObject scenarios;
  for (auto it = entries_.begin(); it != entries_.end(); ++it) {
    QJsonObject answers;
    for (auto a = it->answers.begin(); a != it->answers.end(); ++a) {
      answers.insert(a.key(), toJson(*a));
    }
    scenarios.insert(it.key(), QJsonObject{{QStringLiteral("answers"), answers}});
  }
  return QJsonDocument(QJsonObject{{QStringLiteral("version"), kVersion},
                                   {QStringLiteral("scenarios"), scenarios}})
      .toJson();
}

void Progress::save() {
  if (path_.isEmpty()) return;
  QDir().mkpath(QFileInfo(path_).path());
  QSaveFile file(path_);
  if (file.open(QIODevice::WriteOnly) && file.write(written()) >= 0 && file.commit()) return;
  Q_EMIT saveFailed(tr("Your progress cannot be saved to %1: %2. It is kept until you quit.")
                        .arg(QDir::toNativeSeparators(path_), file.errorString()));
}

void Progress::setOpened(const QString& scenario) {
  Entry& entry = entries_[scenario];
  if (entry.opened) return;
  entry.opened = true;
  save();
  Q_EMIT changed(scenario);
}

void Progress::setAnswer(const QString& scenario, const QString& checkpoint, const QString& given,
                         bool right, const QDateTime& when) {
  Entry& entry = entries_[scenario];
  entry.opened = true;
  Answer& answer = entry.answers[checkpoint];
  answer.given = given;
  answer.right = right;
  answer.everRight = answer.everRight || right;
  answer.attempts += 1;
  answer.when = when;
  save();
  Q_EMIT changed(scenario);
}

void Progress::forget(const QString& scenario) {
  if (entries_.remove(scenario) == 0) return;
  save();
  Q_EMIT changed(scenario);
}

std::optional<Progress::Answer> Progress::answer(const QString& scenario,
                                                 const QString& checkpoint) const {
  const auto entry = entries_.find(scenario);
  if (entry == entries_.end()) return std::nullopt;
  const auto found = entry->answers.find(checkpoint);
  if (found == entry->answers.end()) return std::nullopt;
  return *found;
}

int Progress::doneCount(const study::Scenario& scenario) const {
  const QString id = QString::fromStdString(scenario.id);
  return static_cast<int>(std::count_if(
      scenario.checkpoints.begin(), scenario.checkpoints.end(), [&](const auto& checkpoint) {
        const auto given = answer(id, QString::fromStdString(checkpoint.id));
        return given && given->everRight;
      }));
}

ScenarioState Progress::state(const study::Scenario& scenario) const {
  const int total = static_cast<int>(scenario.checkpoints.size());
  if (total > 0 && doneCount(scenario) == total) return ScenarioState::Done;
  const auto entry = entries_.find(QString::fromStdString(scenario.id));
  const bool opened = entry != entries_.end() && entry->opened;
  return opened ? ScenarioState::InProgress : ScenarioState::NotStarted;
}

}  // namespace ringside::views
