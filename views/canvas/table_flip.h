// TableFlip: a painted view with its content as a table behind it; F2 turns it over.
//
// Model     The table is filled when it is shown and whenever refresh() is called while it is. F2
//           works with the focus anywhere inside.
// Threads   GUI thread.
#pragma once

#include <QStackedWidget>

#include <functional>

#include "views/canvas/scene_table.h"

namespace ringside::views {

class TableFlip : public QStackedWidget {
  Q_OBJECT

 public:
  using MakeTable = std::function<TableData()>;

  // `picture` is what lies on the front; `focus` takes the focus there. Takes ownership.
  TableFlip(const Theme& theme, QWidget* picture, QWidget* focus, MakeTable make,
            QWidget* parent = nullptr);

  void setShowsTable(bool shows);
  [[nodiscard]] bool showsTable() const { return currentWidget() == table_; }
  void refresh();
  [[nodiscard]] SceneTable* table() const { return table_; }

 Q_SIGNALS:
  void turned(bool showsTable);
  void rowActivated(int row);  // Enter or double click.

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  MakeTable make_;
  QWidget* focus_;
  SceneTable* table_;
};

}  // namespace ringside::views
