// ScenarioModel: the library as a tree of topics and scenarios, with the candidate's progress.
//
// Model     Two levels: groups in the order of the library, scenarios in theirs. Rows follow the
//           progress by dataChanged; the library itself does not change.
// Compare   scenario_filter.h narrows it; pages/scenario_delegate.h paints it.
#pragma once

#include <QAbstractItemModel>
#include <QStringList>

#include <vector>

#include "engine/study/content.h"
#include "views/models/progress.h"

namespace ringside::views {

class ScenarioModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Role {
    IdRole = Qt::UserRole + 1,  // Empty for a group.
    StateRole,                  // ScenarioState; of a group: done when all its scenarios are.
    DoneRole,                   // Checkpoints answered right.
    TotalRole,
    DifficultyRole,  // 0 for a group.
    TagsRole,
    SearchRole,  // Title, tags and text, lower case.
  };

  // Neither is owned; both outlive the model.
  ScenarioModel(const study::Library& library, const Progress& progress, QObject* parent = nullptr);

  [[nodiscard]] QModelIndex indexOf(const QString& scenario) const;
  [[nodiscard]] const study::Scenario* scenario(const QModelIndex& index) const;
  [[nodiscard]] const study::Scenario* scenario(const QString& id) const;
  [[nodiscard]] QStringList allTags() const;
  [[nodiscard]] int doneCount() const;
  [[nodiscard]] int totalCount() const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  struct Row {
    const study::Scenario* scenario;
    QString search;
  };
  struct Group {
    QString name;
    std::vector<Row> rows;
  };

  [[nodiscard]] QVariant groupData(const Group& group, int role) const;
  [[nodiscard]] QVariant rowData(const Row& row, int role) const;
  void refresh(const QString& scenario);

  const study::Library& library_;
  const Progress& progress_;
  std::vector<Group> groups_;
};

}  // namespace ringside::views
