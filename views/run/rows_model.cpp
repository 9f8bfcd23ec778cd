#include "views/run/rows_model.h"

#include <QFont>

#include <algorithm>

namespace ringside::views {

RowsModel::RowsModel(QStringList headers, int firstNumber, QObject* parent)
    : QAbstractTableModel(parent), headers_(std::move(headers)), firstNumber_(firstNumber) {}

void RowsModel::set(std::vector<Row> rows) {
  const std::size_t common = std::min(rows.size(), rows_.size());
  const auto row = [](std::size_t i) { return static_cast<int>(i); };
  for (std::size_t i = 0; i < common; ++i) {
    if (rows_[i] == rows[i]) continue;
    rows_[i] = std::move(rows[i]);
    Q_EMIT dataChanged(index(row(i), 0), index(row(i), columnCount() - 1));
  }
  if (rows_.size() > common) {
    beginRemoveRows({}, row(common), row(rows_.size()) - 1);
    rows_.resize(common);
    endRemoveRows();
  } else if (rows.size() > common) {
    beginInsertRows({}, row(common), row(rows.size()) - 1);
    std::move(rows.begin() + static_cast<std::ptrdiff_t>(common), rows.end(),
              std::back_inserter(rows_));
    endInsertRows();
  }
}

void RowsModel::setHeader(int column, const QString& text) {
  if (headers_[column] == text) return;
  headers_[column] = text;
  Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
}

int RowsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RowsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(headers_.size());
}

QVariant RowsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const QString cell = row.cells.value(index.column());
  const bool number = firstNumber_ >= 0 && index.column() >= firstNumber_;
  switch (role) {
    case Qt::DisplayRole:
      return cell;
    case Qt::ToolTipRole:
      return row.emphasis.isEmpty() ? cell : row.emphasis;
    case Qt::AccessibleTextRole:
      return row.emphasis.isEmpty() ? headers_[index.column()] + QStringLiteral(": ") + cell
                                    : headers_[index.column()] + QStringLiteral(": ") + cell +
                                          QStringLiteral(", ") + row.emphasis;
    case Qt::TextAlignmentRole:
      return static_cast<int>(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole:
      if (row.emphasis.isEmpty()) return {};
      return [] {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
      }();
    case kIdRole:
      return row.id;
    default:
      return {};
  }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::DisplayRole) return headers_.value(section);
  if (role == Qt::TextAlignmentRole) {
    const bool number = firstNumber_ >= 0 && section >= firstNumber_;
    return static_cast<int>(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
  }
  return {};
}

}  // namespace ringside::views
