#include "views/models/scenario_filter.h"

#include <algorithm>

#include "views/models/scenario_model.h"

namespace ringside::views {

ScenarioFilter::ScenarioFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setRecursiveFilteringEnabled(true);
}

void ScenarioFilter::setWords(const QString& text) {
  words_ = text.toLower().split(u' ', Qt::SkipEmptyParts);
  invalidateFilter();
}

void ScenarioFilter::setTag(const QString& tag) {
  tag_ = tag;
  invalidateFilter();
}

void ScenarioFilter::setDifficulty(int difficulty) {
  difficulty_ = difficulty;
  invalidateFilter();
}

bool ScenarioFilter::isNarrowed() const {
  return !words_.isEmpty() || !tag_.isEmpty() || difficulty_ != 0;
}

bool ScenarioFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (!parent.isValid()) return !isNarrowed();  // A group comes with its scenarios.
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  if (difficulty_ != 0 && index.data(ScenarioModel::DifficultyRole).toInt() != difficulty_) {
    return false;
  }
  if (!tag_.isEmpty() && !index.data(ScenarioModel::TagsRole).toStringList().contains(tag_)) {
    return false;
  }
  const QString text = index.data(ScenarioModel::SearchRole).toString();
  return std::all_of(words_.begin(), words_.end(),
                     [&text](const QString& word) { return text.contains(word); });
}

}  // namespace ringside::views
