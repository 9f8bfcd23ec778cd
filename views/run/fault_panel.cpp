#include "views/run/fault_panel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kSide = 12;

// What stands beside a fault in force; empty for one that is over.
QString remainingText(const lab::FaultWindow& window, Instant now) {
  if (window.to <= now) return {};
  if (window.from > now)
    return FaultPanel::tr("strikes in %1").arg(durationText(window.from - now));
  if (window.to == kNever) return FaultPanel::tr("until lifted");
  return FaultPanel::tr("%1 left").arg(durationText(window.to - now));
}

}  // namespace

FaultPanel::FaultPanel(RunSession& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), session_(session), theme_(theme) {
  setAccessibleName(tr("Faults"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  auto* edge = new QFrame(this);  // What scrolls above ends here.
  edge->setFixedHeight(1);
  setStyleProperty(edge, "role", "separator");
  column->addWidget(edge);
  scroll_ = new QScrollArea(this);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  column->addWidget(scroll_);
  connect(&session_, &RunSession::opened, this, [this] {
    if (text(session_.info().id) != labId_) rebuild();
    refresh();
  });
  connect(&session_, &RunSession::knobsChanged, this, &FaultPanel::fit);
  connect(&session_, &RunSession::frameReady, this, &FaultPanel::refresh);
  rebuild();
  refresh();
}

void FaultPanel::rebuild() {
  labId_ = text(session_.info().id);
  active_.clear();
  rows_.clear();
  delete scroll_->takeWidget();
  auto* page = new QWidget;
  scroll_->setWidget(page);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(kSide, 0, kSide, kSide);
  column->setSpacing(6);
  inForceHead_ = textLabel(tr("In force"), "group", page);
  column->addWidget(inForceHead_);
  inForce_ = new QWidget(page);
  auto* list = new QVBoxLayout(inForce_);
  list->setContentsMargins(0, 0, 0, 8);
  list->setSpacing(6);
  column->addWidget(inForce_);
  column->addWidget(textLabel(tr("Inject fault"), "group", page));
  for (const lab::FaultSpec& spec : session_.faults()) {
    auto* row = new FaultRow(spec, theme_, page);
    connect(row, &FaultRow::struck, this, [this, row](const lab::FaultOrder& order) {
      const Result<Done> done = session_.inject(order);
      row->complain(done ? QString() : text(done.error().message));
    });
    column->addWidget(row);
    rows_.push_back(row);
  }
  if (rows_.empty()) {
    column->addWidget(new EmptyState(theme_, QStringLiteral("bolt"), tr("Nothing to break"),
                                     tr("This lab declares no faults."), page));
  }
  column->addStretch(1);
}

void FaultPanel::fit() {
  const std::vector<lab::FaultSpec> faults = session_.faults();
  for (std::size_t i = 0; i < rows_.size() && i < faults.size(); ++i) rows_[i]->fit(faults[i]);
}

FaultPanel::Active FaultPanel::makeActive(const lab::FaultWindow& window) {
  Active active;
  active.row = new QWidget(inForce_);
  auto* line = new QHBoxLayout(active.row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(6);
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  auto* name = new ElidedLabel(active.row);
  name->setText(text(window.text));
  setStyleProperty(name, "role", "strong");
  active.remaining = new ElidedLabel(active.row);
  setStyleProperty(active.remaining, "role", "secondary");
  words->addWidget(name);
  words->addWidget(active.remaining);
  auto* icon = new QLabel(active.row);
  icon->setPixmap(theme_.icon(QStringLiteral("bolt"), theme_.tokens().error)
                      .pixmap(QSize(16, 16), devicePixelRatioF()));
  line->addWidget(icon);
  line->addLayout(words, 1);
  active.lift = textButton(tr("Lift"), "", active.row);
  active.lift->setObjectName(QStringLiteral("lift:%1").arg(window.id));
  active.lift->setAccessibleName(tr("Lift %1").arg(text(window.text)));
  const std::uint64_t id = window.id;
  connect(active.lift, &QPushButton::clicked, this, [this, id] { session_.lift(id); });
  line->addWidget(active.lift);
  inForce_->layout()->addWidget(active.row);
  return active;
}

void FaultPanel::refresh() {
  const bool usable = session_.isOpen() && !lab::isOver(session_.state());
  for (FaultRow* row : rows_) row->setUsable(usable);
  std::map<std::uint64_t, Active> gone = std::exchange(active_, {});
  const lab::Frame* frame = session_.frame().get();
  const std::vector<lab::FaultWindow> none;
  for (const lab::FaultWindow& window : frame != nullptr ? frame->faults : none) {
    const QString remaining = remainingText(window, frame->now);
    if (remaining.isEmpty()) continue;
    const auto known = gone.extract(window.id);
    const Active active = known ? known.mapped() : makeActive(window);
    active.remaining->setText(remaining);
    active.lift->setEnabled(usable && window.from <= frame->now);
    active_.emplace(window.id, active);
  }
  for (const auto& [id, active] : gone) {
    active.row->hide();
    active.row->deleteLater();
  }
  inForceHead_->setVisible(!active_.empty());
  inForce_->setVisible(!active_.empty());
}

}  // namespace ringside::views
