// LedgerView: whether money is conserved, at a glance: the total, what must be zero, the balances.
//
// Model     Items are the tallies and then the accounts. The total of all balances must be 0, for
//           every posting has two sides; a tally that must be 0 and is not carries a cross.
// Threads   GUI thread.
#pragma once

#include "engine/lab/scene.h"
#include "views/canvas/scene_widget.h"

namespace ringside::views {

class LedgerView : public SceneWidget {
  Q_OBJECT

 public:
  explicit LedgerView(const Theme& theme, QWidget* parent = nullptr);

  void setScene(const lab::LedgerScene& scene);

  [[nodiscard]] int itemCount() const override;
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString itemName(int item) const override;
  [[nodiscard]] QString itemText(int item) const override;
  [[nodiscard]] QString headline() const override;
  [[nodiscard]] int heightFor(int width) const override;

 protected:
  void paintScene(QPainter& painter) override;

 private:
  [[nodiscard]] int tallies() const { return static_cast<int>(scene_.tallies.size()); }
  [[nodiscard]] const lab::LedgerAccount& accountOf(int item) const;
  void paintTotal(QPainter& painter) const;
  void paintTally(QPainter& painter, int item) const;
  void paintAccount(QPainter& painter, int item, double widest) const;

  lab::LedgerScene scene_;
};

}  // namespace ringside::views
