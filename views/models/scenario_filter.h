// ScenarioFilter: the scenarios that match every word searched for, a tag and a difficulty.
//
// Model     A group stays while one of its scenarios does.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace ringside::views {

class ScenarioFilter : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit ScenarioFilter(QObject* parent = nullptr);

  void setWords(const QString& text);  // Each word must occur in title, tags or text.
  void setTag(const QString& tag);     // Empty: any.
  void setDifficulty(int difficulty);  // 0: any.
  [[nodiscard]] QString tag() const { return tag_; }
  [[nodiscard]] int difficulty() const { return difficulty_; }
  [[nodiscard]] bool isNarrowed() const;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  QStringList words_;
  QString tag_;
  int difficulty_ = 0;
};

}  // namespace ringside::views
