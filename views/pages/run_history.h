// RunHistory: the runs that were kept: found by words and tag, marked, removed, run again.
//
// Model     An overlay over the window. What is typed searches as it is typed; the row chosen shows
//           its tags and note below, which are kept when the field is left or Enter is pressed. A
//           run removed can be brought back until the program ends. Below are the limits.
// Keys      Enter or a double click opens a run, Delete removes it, Ctrl+Z brings the last one
//           back, Down in the search field goes to the list, Esc leaves.
// Threads   GUI thread; the disk is the archive's affair.
#pragma once

#include <vector>

#include "engine/store/run_store.h"
#include "views/models/run_archive.h"
#include "views/run/rows_model.h"
#include "views/shell/overlay.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;

namespace ringside::views {

class Banner;
class EmptyState;

class RunHistory : public Overlay {
  Q_OBJECT

 public:
  RunHistory(const Theme& theme, RunArchive& archive, QWidget* window);

  void toggle();
  [[nodiscard]] QTableView* table() const { return table_; }
  // Of a run that is listed; empty for others.
  [[nodiscard]] std::string fingerprintOf(qint64 id) const;

 Q_SIGNALS:
  void openWanted(qint64 id);  // Its plan, to be run again.
  void exportWanted(qint64 id);
  void limitsChanged(ringside::store::Limits limits);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeHead(QBoxLayout* column);
  void makeList(QBoxLayout* column);
  void makeMarks(QBoxLayout* column);
  void makeFoot(QBoxLayout* column);
  void refresh();
  void list(const std::vector<store::KeptRun>& runs, const QStringList& tags);
  void showChosen();
  [[nodiscard]] const store::KeptRun* chosen() const;
  void runAgain();
  void remove();
  void bringBack();
  void keepTags();
  void keepRemark();
  void keepLimits();

  const Theme& theme_;
  RunArchive& archive_;
  std::vector<store::KeptRun> runs_;
  std::vector<std::int64_t> removed_;  // In this session, the last at the end.
  RowsModel rows_;
  QLineEdit* search_ = nullptr;
  QComboBox* tag_ = nullptr;
  Banner* notice_ = nullptr;
  QTableView* table_ = nullptr;
  EmptyState* empty_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QLabel* about_ = nullptr;
  QLineEdit* tags_ = nullptr;
  QLineEdit* remark_ = nullptr;
  QSpinBox* mostRuns_ = nullptr;
  QSpinBox* mostMegabytes_ = nullptr;
  QPushButton* remove_ = nullptr;
  QPushButton* export_ = nullptr;
  QPushButton* open_ = nullptr;
};

}  // namespace ringside::views
