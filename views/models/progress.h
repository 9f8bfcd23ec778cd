// Progress: what a candidate has opened, answered and got right, kept in one small JSON file.
//
// Model     For each scenario: whether it was opened, and the last answer to each checkpoint. A
//           scenario is done when every checkpoint was answered right at least once.
// Promise   Saved at every change, by rename, so a crash loses nothing. A file that cannot be read
//           is moved aside and named in the message, never overwritten. When the file cannot be
//           written the model goes on in memory and says so.
// Threads   GUI thread.
#pragma once

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QString>

#include <optional>

#include "engine/study/content.h"

namespace ringside::views {

enum class ScenarioState { NotStarted, InProgress, Done };

class Progress : public QObject {
  Q_OBJECT

 public:
  struct Answer {
    QString given;  // As the candidate gave it: "B", "96 ms".
    bool right = false;
    bool everRight = false;
    int attempts = 0;
    QDateTime when;
    bool operator==(const Answer&) const = default;
  };

  explicit Progress(QObject* parent = nullptr);

  // Reads `path` and keeps it up to date from now on. Returns a sentence for the person when the
  // file was unreadable (it is then moved aside), empty otherwise.
  QString open(const QString& path);

  void setOpened(const QString& scenario);
  void setAnswer(const QString& scenario, const QString& checkpoint, const QString& given,
                 bool right, const QDateTime& when = QDateTime::currentDateTimeUtc());
  void forget(const QString& scenario);

  [[nodiscard]] std::optional<Answer> answer(const QString& scenario,
                                             const QString& checkpoint) const;
  [[nodiscard]] int doneCount(const study::Scenario& scenario) const;
  [[nodiscard]] ScenarioState state(const study::Scenario& scenario) const;

 Q_SIGNALS:
  void changed(const QString& scenario);
  void saveFailed(const QString& sentence);

 private:
  struct Entry {
    bool opened = false;
    QHash<QString, Answer> answers;
  };

  void save();
  [[nodiscard]] QByteArray written() const;
  bool read(const QByteArray& text);

  QString path_;
  QHash<QString, Entry> entries_;
};

}  // namespace ringside::views
