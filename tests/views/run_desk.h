// RunDesk: every widget of a run, laid out as the window lays them out, for walks and pictures.
#pragma once

#include <QWidget>

#include "tests/views/run_fixture.h"
#include "views/run/claims_panel.h"
#include "views/run/fault_panel.h"
#include "views/run/inspector.h"
#include "views/run/knob_panel.h"
#include "views/run/run_actions.h"
#include "views/run/run_status.h"
#include "views/run/timeline_pane.h"
#include "views/run/transport_bar.h"

namespace ringside::test {

// `side` is the width of the right column: 236 below 1440 px, 264 to 340 above.
class RunDesk : public QWidget {
  Q_OBJECT

 public:
  RunDesk(RunFixture& fixture, QSize size, int side);

  views::RunActions actions;
  views::KnobPanel* knobs;
  views::FaultPanel* faults;
  views::Inspector* inspector;
  views::ClaimsPanel* claims;
  views::TransportBar* transport;
  views::TimelinePane* timeline;
  views::RunStatus* status;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  RunFixture& fixture_;
  QList<QWidget*> cards_;
};

}  // namespace ringside::test
