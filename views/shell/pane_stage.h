// PaneStage: lets one card fill the area that holds them all, and puts everything back.
//
// Model     Maximizing hides the siblings of the card and of each of its ancestors up to the area;
//           restoring shows exactly those again. Nothing is reparented, so splitters keep sizes.
// Threads   GUI thread.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>

class QWidget;

namespace ringside::views {

class Card;

class PaneStage : public QObject {
  Q_OBJECT

 public:
  explicit PaneStage(QWidget* area);

  // Every card below the area, now.
  void adopt();
  void maximize(Card* card);
  bool restore();  // False when nothing was maximized.
  [[nodiscard]] Card* maximized() const { return card_; }
  // The card that holds the focus; null when none does.
  [[nodiscard]] Card* focused() const;

 private:
  QWidget* area_;
  QPointer<Card> card_;
  QList<QPointer<QWidget>> hidden_;
};

}  // namespace ringside::views
