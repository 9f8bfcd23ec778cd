#include "views/models/scenario_model.h"

#include <algorithm>
#include <numeric>

namespace ringside::views {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QStringList tagsOf(const study::Scenario& scenario) {
  QStringList tags;
  for (const std::string& tag : scenario.tags) tags << qt(tag);
  return tags;
}

QString searchTextOf(const study::Scenario& scenario) {
  QString text = qt(scenario.title) + u' ' + tagsOf(scenario).join(u' ') + u' ' +
                 qt(scenario.group) + u' ' + qt(scenario.question);
  for (const study::Section& section : scenario.answer) {
    text += u' ' + qt(section.title) + u' ' + qt(section.body);
  }
  for (const study::Checkpoint& checkpoint : scenario.checkpoints) {
    text += u' ' + qt(checkpoint.prompt);
  }
  return text.toLower();
}

QString stateText(ScenarioState state) {
  switch (state) {
    case ScenarioState::NotStarted:
      return ScenarioModel::tr("not started");
    case ScenarioState::InProgress:
      return ScenarioModel::tr("in progress");
    case ScenarioState::Done:
      return ScenarioModel::tr("done");
  }
  return {};
}

}  // namespace

ScenarioModel::ScenarioModel(const study::Library& library, const Progress& progress,
                             QObject* parent)
    : QAbstractItemModel(parent), library_(library), progress_(progress) {
  for (const study::Scenario& scenario : library.scenarios) {
    const QString name = qt(scenario.group);
    auto group = std::find_if(groups_.begin(), groups_.end(),
                              [&](const Group& each) { return each.name == name; });
    if (group == groups_.end()) group = groups_.insert(groups_.end(), Group{name, {}});
    group->rows.push_back({&scenario, searchTextOf(scenario)});
  }
  connect(&progress_, &Progress::changed, this, &ScenarioModel::refresh);
}

QModelIndex ScenarioModel::indexOf(const QString& scenario) const {
  for (int g = 0; g < rowCount(); ++g) {
    const QModelIndex group = index(g, 0);
    for (int r = 0; r < rowCount(group); ++r) {
      const QModelIndex row = index(r, 0, group);
      if (row.data(IdRole).toString() == scenario) return row;
    }
  }
  return {};
}

const study::Scenario* ScenarioModel::scenario(const QModelIndex& index) const {
  return scenario(index.data(IdRole).toString());
}

const study::Scenario* ScenarioModel::scenario(const QString& id) const {
  const auto found = std::find_if(library_.scenarios.begin(), library_.scenarios.end(),
                                  [&](const study::Scenario& each) { return qt(each.id) == id; });
  return found == library_.scenarios.end() ? nullptr : &*found;
}

QStringList ScenarioModel::allTags() const {
  QStringList tags;
  for (const study::Scenario& scenario : library_.scenarios) tags << tagsOf(scenario);
  tags.removeDuplicates();
  tags.sort();
  return tags;
}

int ScenarioModel::doneCount() const {
  return std::accumulate(
      library_.scenarios.begin(), library_.scenarios.end(), 0,
      [this](int sum, const auto& each) { return sum + progress_.doneCount(each); });
}

int ScenarioModel::totalCount() const {
  return std::accumulate(
      library_.scenarios.begin(), library_.scenarios.end(), 0,
      [](int sum, const auto& each) { return sum + static_cast<int>(each.checkpoints.size()); });
}

// The internal id is 0 for a group and 1 + the group's row for a scenario.
QModelIndex ScenarioModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex ScenarioModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == 0) return {};
  return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr{0});
}

int ScenarioModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(groups_.size());
  if (parent.internalId() != 0 || parent.column() != 0) return 0;
  return static_cast<int>(groups_[static_cast<std::size_t>(parent.row())].rows.size());
}

int ScenarioModel::columnCount(const QModelIndex&) const { return 1; }

QVariant ScenarioModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (index.internalId() == 0)
    return groupData(groups_[static_cast<std::size_t>(index.row())], role);
  const Group& group = groups_[index.internalId() - 1];
  return rowData(group.rows[static_cast<std::size_t>(index.row())], role);
}

QVariant ScenarioModel::groupData(const Group& group, int role) const {
  int done = 0;
  int total = 0;
  for (const Row& row : group.rows) {
    done += progress_.doneCount(*row.scenario);
    total += static_cast<int>(row.scenario->checkpoints.size());
  }
  switch (role) {
    case Qt::DisplayRole:
      return group.name;
    case Qt::AccessibleTextRole:
      return tr("%1, %2 of %3 checkpoints right").arg(group.name).arg(done).arg(total);
    case DoneRole:
      return done;
    case TotalRole:
      return total;
    case DifficultyRole:
      return 0;
    case StateRole:
      return QVariant::fromValue(done == total && total > 0 ? ScenarioState::Done
                                 : done > 0                 ? ScenarioState::InProgress
                                                            : ScenarioState::NotStarted);
    default:
      return {};
  }
}

QVariant ScenarioModel::rowData(const Row& row, int role) const {
  const study::Scenario& scenario = *row.scenario;
  const int total = static_cast<int>(scenario.checkpoints.size());
  switch (role) {
    case Qt::DisplayRole:
      return qt(scenario.title);
    case Qt::ToolTipRole:
      return tr("%1\nDifficulty %2 of 5 · %3")
          .arg(qt(scenario.title))
          .arg(scenario.difficulty)
          .arg(tagsOf(scenario).join(QStringLiteral(", ")));
    case Qt::AccessibleTextRole:
      return tr("%1, %2, %3 of %4 checkpoints right, difficulty %5 of 5")
          .arg(qt(scenario.title), stateText(progress_.state(scenario)))
          .arg(progress_.doneCount(scenario))
          .arg(total)
          .arg(scenario.difficulty);
    case IdRole:
      return qt(scenario.id);
    case StateRole:
      return QVariant::fromValue(progress_.state(scenario));
    case DoneRole:
      return progress_.doneCount(scenario);
    case TotalRole:
      return total;
    case DifficultyRole:
      return scenario.difficulty;
    case TagsRole:
      return tagsOf(scenario);
    case SearchRole:
      return row.search;
    default:
      return {};
  }
}

void ScenarioModel::refresh(const QString& scenario) {
  const QModelIndex row = indexOf(scenario);
  if (!row.isValid()) return;
  Q_EMIT dataChanged(row, row);
  Q_EMIT dataChanged(row.parent(), row.parent());
}

}  // namespace ringside::views
