// RowsModel: a table of short texts that follows the newest frame.
//
// Model     set() compares row by row: equal cells say nothing, changed ones dataChanged, and only
//           the difference in length inserts or removes rows. Selection and scrolling so survive.
// Cost      O(cells) a call; no reset.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace ringside::views {

struct Row {
  QStringList cells;
  QString id;        // What the row stands for: a component, a claim, a trace.
  QString emphasis;  // Empty: none. Else the row is drawn strong, and this is its tool tip.
  bool operator==(const Row&) const = default;
};

class RowsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  static constexpr int kIdRole = Qt::UserRole + 1;

  // Columns from `firstNumber` on hold figures: right-aligned. Negative: none.
  RowsModel(QStringList headers, int firstNumber, QObject* parent = nullptr);

  void set(std::vector<Row> rows);
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  void setHeader(int column, const QString& text);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QStringList headers_;
  int firstNumber_;
  std::vector<Row> rows_;
};

}  // namespace ringside::views
