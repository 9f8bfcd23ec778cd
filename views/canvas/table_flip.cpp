#include "views/canvas/table_flip.h"

#include <QKeyEvent>

#include <utility>

namespace ringside::views {

TableFlip::TableFlip(const Theme& theme, QWidget* picture, QWidget* focus, MakeTable make,
                     QWidget* parent)
    : QStackedWidget(parent),
      make_(std::move(make)),
      focus_(focus),
      table_(new SceneTable(theme, tr("%1, as a table").arg(focus->accessibleName()), this)) {
  addWidget(picture);
  addWidget(table_);
  connect(table_, &QTableView::activated, this,
          [this](const QModelIndex& index) { Q_EMIT rowActivated(index.row()); });
}

void TableFlip::setShowsTable(bool shows) {
  if (shows == showsTable()) return;
  const bool focused = isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
  setCurrentIndex(shows ? 1 : 0);
  refresh();
  if (focused) (shows ? table_ : focus_)->setFocus();
  Q_EMIT turned(shows);
}

void TableFlip::refresh() {
  if (showsTable()) table_->setTable(make_());
}

void TableFlip::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_F2 && event->modifiers() == Qt::NoModifier) {
    setShowsTable(!showsTable());
    return;
  }
  QStackedWidget::keyPressEvent(event);
}

}  // namespace ringside::views
