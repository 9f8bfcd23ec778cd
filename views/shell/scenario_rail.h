// ScenarioRail: the scenarios folded to a strip of icons, one for each topic.
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace ringside::views {

class ScenarioModel;
class Theme;

class ScenarioRail : public QFrame {
  Q_OBJECT

 public:
  ScenarioRail(const Theme& theme, const ScenarioModel& model, QWidget* parent = nullptr);

  static constexpr int kWidth = 46;

 Q_SIGNALS:
  void openWanted(int group);  // -1: no topic in particular.

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void addButton(const QString& icon, const QString& name, int group);

  const Theme& theme_;
  QVBoxLayout* column_;
};

}  // namespace ringside::views
