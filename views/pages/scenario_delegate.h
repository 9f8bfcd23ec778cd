// ScenarioDelegate: paints the rows of the scenario tree: a topic with its count, a scenario with
// its ring of progress.
#pragma once

#include <QStyledItemDelegate>

namespace ringside::views {

class Theme;

class ScenarioDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  ScenarioDelegate(const Theme& theme, QObject* parent);

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  void paintGroup(QPainter& painter, const QStyleOptionViewItem& option,
                  const QModelIndex& index) const;
  void paintScenario(QPainter& painter, const QStyleOptionViewItem& option,
                     const QModelIndex& index) const;
  void paintRing(QPainter& painter, const QRectF& box, const QModelIndex& index) const;

  const Theme& theme_;
};

}  // namespace ringside::views
