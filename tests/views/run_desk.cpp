#include "tests/views/run_desk.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ringside::test {

RunDesk::RunDesk(RunFixture& fixture, QSize size, int side)
    : actions(fixture.session, fixture.theme),
      knobs(new views::KnobPanel(fixture.session, fixture.theme, this)),
      faults(new views::FaultPanel(fixture.session, fixture.theme, this)),
      inspector(new views::Inspector(fixture.session, fixture.theme, this)),
      claims(new views::ClaimsPanel(fixture.session, fixture.theme, this)),
      transport(new views::TransportBar(fixture.session, actions, fixture.theme, this)),
      timeline(new views::TimelinePane(fixture.session, fixture.theme, this)),
      status(new views::RunStatus(fixture.session, fixture.theme, this)),
      fixture_(fixture) {
  setFixedSize(size);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 0);
  column->setSpacing(8);
  auto* panels = new QHBoxLayout;
  panels->setSpacing(8);
  for (QWidget* panel : QList<QWidget*>{knobs, faults, inspector, claims}) {
    panel->setFixedWidth(side);
    panels->addWidget(panel);
    cards_ << panel;
  }
  panels->addStretch(1);
  column->addLayout(panels, 1);
  auto* strip = new QWidget(this);
  strip->setFixedHeight(88);
  auto* bottom = new QHBoxLayout(strip);
  bottom->setContentsMargins(0, 0, 0, 0);
  bottom->addWidget(transport);
  bottom->addWidget(timeline, 1);
  cards_ << strip;
  column->addWidget(strip);
  column->addWidget(status);
  for (QAction* action : actions.all()) addAction(action);
}

void RunDesk::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const views::Tokens& t = fixture_.theme.tokens();
  painter.fillRect(rect(), t.window);
  painter.setPen(t.border);
  painter.setBrush(t.panel);
  for (const QWidget* card : cards_) {
    painter.drawRoundedRect(QRectF(card->geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
  }
}

}  // namespace ringside::test
