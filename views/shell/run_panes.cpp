#include "views/shell/run_panes.h"

#include "views/shell/card.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

QString tr(const char* text) { return QWidget::tr(text); }

Card* emptyCard(const Theme& theme, const char* icon, const char* title, const char* sentence) {
  const QString picture = QString::fromLatin1(icon);
  auto* card = new Card(theme, picture, tr(title));
  card->setContent(new EmptyState(theme, picture, tr("No run is open"), tr(sentence)));
  return card;
}

QWidget* emptyPage(const Theme& theme, const char* icon, const char* sentence) {
  return new EmptyState(theme, QString::fromLatin1(icon), tr("No run is open"), tr(sentence));
}

}  // namespace

RunPanes makeEmptyPanes(const Theme& theme) {
  RunPanes panes;
  panes.canvas = emptyCard(theme, "service", "Architecture",
                           "Choose a scenario: its components and the traffic show here.");
  panes.internals =
      emptyCard(theme, "chip", "Internals", "The insides of the lab's engines show here.");
  panes.charts = emptyCard(theme, "chart", "Charts", "Queues, latency and throughput show here.");
  panes.parameters = emptyPage(theme, "sliders", "The knobs of the lab show here.");
  panes.inspector = emptyPage(theme, "inspect", "Select a component to see its figures.");
  panes.claims = emptyPage(theme, "scales", "Verdicts on the scenario's claims show here.");
  panes.transport = new QWidget;
  panes.timeline = new QWidget;
  panes.status = textLabel(QString(), "tertiary", nullptr);
  return panes;
}

}  // namespace ringside::views
