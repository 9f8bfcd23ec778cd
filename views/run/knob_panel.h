// KnobPanel: every parameter of the lab, made from its declaration.
//
// Model     Presets on top, then the parameters by group. A group folds; a search unfolds what it
//           finds. Parameters that wait for the next start say so, with a button to start it.
// Cost      Rows are built when another lab is opened, and only told values afterwards.
#pragma once

#include <QWidget>

#include <vector>

#include "engine/lab/lab.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace ringside::views {

class EmptyState;
class KnobRow;
class Pill;
class RunSession;
class Theme;

class KnobPanel : public QWidget {
  Q_OBJECT

 public:
  KnobPanel(RunSession& session, const Theme& theme, QWidget* parent = nullptr);

  // Unfolds and scrolls to the parameters of a component, where there are any.
  void reveal(const lab::TopologyNode& node);
  void reveal(const QString& key);

 private:
  struct Group {
    QString name;
    QPushButton* head = nullptr;
    QWidget* body = nullptr;
    std::vector<KnobRow*> rows;
    bool folded = false;
  };

  void makeTop(QVBoxLayout* column);
  void makeWaiting(QVBoxLayout* column);
  void rebuild();
  Group& groupOf(const QString& name, QVBoxLayout* column);
  void refresh();
  void refreshPresets();
  void filter();
  void foldGroup(Group& group, bool folded);
  void showGroup(Group& group);

  RunSession& session_;
  const Theme& theme_;
  QComboBox* presets_ = nullptr;
  Pill* modified_ = nullptr;
  QToolButton* resetAll_ = nullptr;
  QLineEdit* search_ = nullptr;
  QWidget* waiting_ = nullptr;
  QLabel* waitingText_ = nullptr;
  QScrollArea* scroll_ = nullptr;
  EmptyState* noHit_ = nullptr;
  QString labId_;
  std::vector<Group> groups_;
};

}  // namespace ringside::views
