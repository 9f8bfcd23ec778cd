// FaultPanel: what can be broken in the lab, and what is broken now.
//
// Model     One FaultRow per fault of the lab: a button strikes with the arguments shown under it,
//           which unfold into fields. On top, each fault in force with what is left of it.
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include <map>
#include <optional>
#include <vector>

#include "engine/lab/fault.h"
#include "engine/lab/frame.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace ringside::views {

class ElidedLabel;
class ParameterField;
class RunSession;
class Theme;

class FaultRow : public QWidget {
  Q_OBJECT

 public:
  FaultRow(const lab::FaultSpec& spec, const Theme& theme, QWidget* parent = nullptr);

  // Empty while a field cannot be read; the field says why.
  [[nodiscard]] std::optional<lab::FaultOrder> order() const;
  // Takes the ranges of another run of the same lab. REQUIRES: the same fault.
  void fit(const lab::FaultSpec& spec);
  void setUsable(bool usable);
  void setUnfolded(bool unfolded);
  void complain(const QString& sentence);  // Empty: all is well.

 Q_SIGNALS:
  void struck(const ringside::lab::FaultOrder& order);

 private:
  void makeFields();
  void addField(const QString& label, QWidget* field);
  void readDuration();
  void summarise();

  lab::FaultSpec spec_;
  const Theme& theme_;
  QPushButton* strike_;
  QToolButton* unfold_;
  ElidedLabel* summary_;
  QWidget* fields_;
  QLabel* error_;
  std::vector<ParameterField*> arguments_;
  QLineEdit* duration_ = nullptr;
  Duration lasts_;
  bool durationValid_ = true;
};

class FaultPanel : public QWidget {
  Q_OBJECT

 public:
  FaultPanel(RunSession& session, const Theme& theme, QWidget* parent = nullptr);

 private:
  struct Active {
    QWidget* row = nullptr;
    ElidedLabel* remaining = nullptr;
    QPushButton* lift = nullptr;
  };

  void rebuild();
  void fit();
  void refresh();
  Active makeActive(const lab::FaultWindow& window);

  RunSession& session_;
  const Theme& theme_;
  QScrollArea* scroll_ = nullptr;
  QWidget* inForce_ = nullptr;
  QLabel* inForceHead_ = nullptr;
  QString labId_;
  std::map<std::uint64_t, Active> active_;
  std::vector<FaultRow*> rows_;
};

}  // namespace ringside::views
