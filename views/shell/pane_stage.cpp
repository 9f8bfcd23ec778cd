#include "views/shell/pane_stage.h"

#include <QApplication>
#include <QWidget>

#include "views/shell/card.h"

namespace ringside::views {

PaneStage::PaneStage(QWidget* area) : QObject(area), area_(area) {}

void PaneStage::adopt() {
  for (Card* card : area_->findChildren<Card*>()) {
    connect(card, &Card::maximizeWanted, this, [this, card](bool wanted) {
      if (wanted) {
        maximize(card);
      } else {
        restore();
      }
    });
  }
}

void PaneStage::maximize(Card* card) {
  restore();
  for (QWidget* at = card; at != area_ && at->parentWidget() != nullptr; at = at->parentWidget()) {
    for (QObject* child : at->parentWidget()->children()) {
      auto* sibling = qobject_cast<QWidget*>(child);
      if (sibling == nullptr || sibling == at || sibling->isHidden() || sibling->isWindow())
        continue;
      if (qstrcmp(sibling->metaObject()->className(), "QSplitterHandle") == 0) continue;
      hidden_.append(sibling);
      sibling->hide();
    }
  }
  card_ = card;
  card->setMaximized(true);
}

bool PaneStage::restore() {
  if (card_ == nullptr) return false;
  for (const QPointer<QWidget>& widget : hidden_) {
    if (widget) widget->show();
  }
  hidden_.clear();
  card_->setMaximized(false);
  card_ = nullptr;
  return true;
}

Card* PaneStage::focused() const {
  for (QWidget* at = QApplication::focusWidget(); at != nullptr; at = at->parentWidget()) {
    if (auto* card = qobject_cast<Card*>(at); card != nullptr && area_->isAncestorOf(card)) {
      return card;
    }
  }
  return nullptr;
}

}  // namespace ringside::views
