// StateMachineView: machines such as circuit breakers, each as its states and the ways between.
//
// Model     The present state is filled, the way it was entered by is drawn strong, and the time
//           until it ends by itself counts down in virtual time. Facts stand below.
// Threads   GUI thread.
#pragma once

#include <QPainterPath>

#include <vector>

#include "engine/lab/scene.h"
#include "views/canvas/scene_widget.h"

namespace ringside::views {

struct MachineGeometry {
  QRectF block;
  QRectF title;
  std::vector<QRectF> states;
  std::vector<QPainterPath> ways;  // One for each transition; empty when it names no state.
  std::vector<QRectF> facts;
};

// Machines in one column, or in two where each is still wide enough.
std::vector<MachineGeometry> layOutMachines(const lab::StateMachineScene& scene, double width);

class StateMachineView : public SceneWidget {
  Q_OBJECT

 public:
  explicit StateMachineView(const Theme& theme, QWidget* parent = nullptr);

  void setScene(const lab::StateMachineScene& scene, Instant now);

  [[nodiscard]] int itemCount() const override { return static_cast<int>(scene_.machines.size()); }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString itemName(int item) const override;
  [[nodiscard]] QString itemText(int item) const override;
  [[nodiscard]] QString headline() const override;
  [[nodiscard]] int heightFor(int width) const override;

 protected:
  void paintScene(QPainter& painter) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void paintMachine(QPainter& painter, int item) const;
  void paintWays(QPainter& painter, const lab::StateMachine& machine,
                 const MachineGeometry& place) const;
  void paintState(QPainter& painter, const QRectF& box, const QString& name, bool current) const;

  lab::StateMachineScene scene_;
  std::vector<MachineGeometry> places_;
  Instant now_{};
};

// "open", "open, ends in 27 ms": as text, for the picture and the table.
QString presentState(const lab::StateMachine& machine);
QString timeLeft(const lab::StateMachine& machine, Instant now);

}  // namespace ringside::views
