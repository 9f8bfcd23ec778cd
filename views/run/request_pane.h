// RequestPane: sampled requests, slowest first, and where the chosen one spent its time.
//
// Model     A list (slowest, or a fair sample) over the newest frame. The chosen request stays as
//           it was, whatever later frames bring, until another is chosen or a run begins.
#pragma once

#include <QWidget>

#include <optional>

#include "engine/lab/frame.h"

class QLabel;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace ringside::views {

class EmptyState;
class Pill;
class RowsModel;
class Theme;
class Waterfall;

class RequestPane : public QWidget {
  Q_OBJECT

 public:
  explicit RequestPane(const Theme& theme, QWidget* parent = nullptr);

  void clear();
  void show(const lab::FramePtr& frame);  // Costs nothing while hidden.
  using QWidget::show;
  [[nodiscard]] const std::optional<lab::Trace>& chosen() const { return chosen_; }

 Q_SIGNALS:
  void selected(const QString& nodeId);  // A step's component.

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  [[nodiscard]] const std::vector<lab::Trace>& traces() const;
  QWidget* makeDetail();
  void fillList();
  void markChosen();
  void choose(const QModelIndex& index);
  void showChosen();
  void swapDetail();

  const Theme& theme_;
  QTabBar* which_;
  QStackedWidget* pages_;
  QTableView* list_ = nullptr;
  RowsModel* rows_;
  Pill* outcome_ = nullptr;
  QLabel* total_ = nullptr;
  QStackedWidget* detail_ = nullptr;
  QWidget* detailBox_ = nullptr;
  Waterfall* waterfall_ = nullptr;
  RowsModel* steps_;
  lab::FramePtr frame_;
  std::optional<lab::Trace> chosen_;
};

}  // namespace ringside::views
