// SceneTableModel: any scene or chart as a table, for those who cannot see the picture.
//
// Model     tableOf() turns a scene or a chart into rows of text; the model compares them with what
//           it shows and reports the rows that changed. It resets only when the columns or the
//           names in the first column are others, so that a reader keeps its place.
// Cost      O(cells) a change; only while the table is shown (table_flip.h).
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <QTableView>

#include <vector>

#include "engine/lab/frame.h"

namespace ringside::views {

class Theme;

struct TableData {
  QStringList headers;
  int textColumns = 1;  // From the left; the others are figures, to the right.
  std::vector<QStringList> rows;
  bool operator==(const TableData&) const = default;
};

TableData tableOf(const lab::TopologyScene& scene);
TableData tableOf(const lab::RingScene& scene);
TableData tableOf(const lab::StateMachineScene& scene, Instant now);
TableData tableOf(const lab::CacheScene& scene);
TableData tableOf(const lab::LogScene& scene);
TableData tableOf(const lab::LedgerScene& scene);
TableData tableOf(const lab::Scene& scene, Instant now);
TableData tableOf(const lab::Chart& chart);

class SceneTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  void setTable(TableData table);
  [[nodiscard]] const TableData& table() const { return table_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  [[nodiscard]] bool sameShape(const TableData& other) const;

  TableData table_;
};

// The model in a view that fits the panes.
class SceneTable : public QTableView {
  Q_OBJECT

 public:
  SceneTable(const Theme& theme, const QString& name, QWidget* parent = nullptr);

  void setTable(TableData table);
  [[nodiscard]] const SceneTableModel& sceneModel() const { return *model_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  SceneTableModel* model_;
};

}  // namespace ringside::views
