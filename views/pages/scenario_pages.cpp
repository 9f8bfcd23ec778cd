#include "views/pages/scenario_pages.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "views/pages/collapsible.h"
#include "views/pages/markdown_view.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QLabel* wrapped(const QString& text, const char* role, QWidget* parent) {
  QLabel* label = textLabel(text, role, parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::MarkdownText);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  return label;
}

}  // namespace

ScrollPage::ScrollPage(const QString& accessibleName, QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(accessibleName);
}

QVBoxLayout* ScrollPage::refill() {
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(12, 0, 12, 8);
  column->setSpacing(4);
  setWidget(body);
  return column;
}

StatementPage::StatementPage(const Theme& theme, QWidget* parent)
    : ScrollPage(tr("Question"), parent), theme_(theme) {}

void StatementPage::show(const study::Scenario& scenario) {
  QVBoxLayout* column = refill();
  auto* row = new QHBoxLayout;
  row->setSpacing(20);
  auto* text = new MarkdownView(theme_, tr("Question"), MarkdownView::Fit::Grows);
  text->setText(qt(scenario.question));
  row->addWidget(text, 5, Qt::AlignTop);
  auto* figures = new QGridLayout;
  figures->setHorizontalSpacing(16);
  figures->setVerticalSpacing(4);
  int line = 0;
  for (const study::Figure& figure : scenario.figures) {
    figures->addWidget(wrapped(qt(figure.label), "secondary", widget()), line, 0);
    QLabel* value = wrapped(qt(figure.value), "strong", widget());
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    figures->addWidget(value, line++, 1);
  }
  figures->setColumnStretch(0, 2);
  figures->setColumnStretch(1, 3);
  figures->setRowStretch(line, 1);
  row->addLayout(figures, 4);
  column->addLayout(row);
  column->addStretch();
}

SectionsPage::SectionsPage(const Theme& theme, const QString& accessibleName, QWidget* parent)
    : ScrollPage(accessibleName, parent), theme_(theme) {}

void SectionsPage::show(const std::vector<study::Section>& sections) {
  QVBoxLayout* column = refill();
  sections_.clear();
  for (const study::Section& section : sections) {
    sections_.push_back(new Collapsible(theme_, qt(section.title), qt(section.body)));
    column->addWidget(sections_.back());
  }
  column->addStretch();
}

PitfallsPage::PitfallsPage(const Theme& theme, QWidget* parent)
    : ScrollPage(tr("Pitfalls"), parent), theme_(theme) {}

void PitfallsPage::show(const std::vector<study::Pitfall>& pitfalls) {
  QVBoxLayout* column = refill();
  column->setSpacing(12);
  verdicts_.clear();
  for (const study::Pitfall& pitfall : pitfalls) column->addWidget(makeRow(pitfall));
  column->addStretch();
}

QWidget* PitfallsPage::makeRow(const study::Pitfall& pitfall) {
  auto* row = new QWidget;
  auto* grid = new QGridLayout(row);
  grid->setContentsMargins(4, 0, 4, 0);
  grid->setHorizontalSpacing(20);
  grid->setVerticalSpacing(2);
  grid->addWidget(textLabel(tr("Commonly said"), "tertiary", row), 0, 0);
  grid->addWidget(textLabel(tr("Measured"), "tertiary", row), 0, 1);
  grid->addWidget(wrapped(qt(pitfall.said), "", row), 1, 0);
  grid->addWidget(wrapped(qt(pitfall.measured), "", row), 1, 1);
  if (!pitfall.claim.empty()) {
    auto* verdict = new Pill(theme_, row);
    verdict->set(tr("%1 not run yet").arg(qt(pitfall.claim)), Tone::Neutral,
                 QStringLiteral("scales"));
    verdicts_.emplace(pitfall.claim, verdict);
    grid->addWidget(verdict, 1, 2, Qt::AlignTop);
  }
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  return row;
}

void PitfallsPage::setVerdict(const std::string& claim, Tone tone, const QString& text,
                              const QString& evidence) {
  const auto [first, last] = verdicts_.equal_range(claim);
  for (auto it = first; it != last; ++it) {
    it->second->set(text, tone,
                    tone == Tone::Ok      ? QStringLiteral("check")
                    : tone == Tone::Error ? QStringLiteral("cross")
                                          : QStringLiteral("scales"));
    it->second->setToolTip(evidence);
  }
}

}  // namespace ringside::views
