#include "views/run/transport_bar.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QToolButton>

#include <algorithm>
#include <cmath>

#include "engine/lab/fault.h"
#include "views/run/breakpoints_popup.h"
#include "views/run/run_actions.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/run/speed_steps.h"
#include "views/run/story_popup.h"
#include "views/run/until_popup.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kClockPixels = 20;
constexpr int kSpeedWidth = 100;
constexpr int kSeedWidth = 84;

}  // namespace

TransportBar::TransportBar(RunSession& session, RunActions& actions, const Theme& theme,
                           QWidget* parent)
    : QWidget(parent), session_(session), theme_(theme) {
  setAccessibleName(tr("Run controls"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(12, 8, 12, 8);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(8);
  makeClock();
  grid->addLayout(makeButtons(actions), 0, 0);
  grid->addLayout(makeSettings(actions), 1, 0);
  grid->addWidget(clock_, 0, 1, Qt::AlignVCenter | Qt::AlignLeft);
  grid->addWidget(detail_, 1, 1, Qt::AlignVCenter | Qt::AlignLeft);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  until_ = new UntilPopup(session_, theme_, this);
  breakpoints_ = new BreakpointsPopup(session_, theme_, this);
  story_ = new StoryPopup(session_, theme_, this);

  connect(&session_, &RunSession::frameReady, this, &TransportBar::showClock);
  connect(&session_, &RunSession::travelledChanged, this, &TransportBar::showClock);
  connect(&session_, &RunSession::opened, this, [this] {
    restyle();
    showClock();
  });
  connect(&session_, &RunSession::knobsChanged, this, &TransportBar::showSeed);
  connect(&session_, &RunSession::speedChanged, this, &TransportBar::showSpeed);
  connect(&theme_, &Theme::changed, this, &TransportBar::restyle);
  restyle();
  showClock();
  showSpeed();
  showSeed();
}

QToolButton* TransportBar::actionButton(QAction* action, const char* kind) {
  QToolButton* button = iconButton(theme_, {}, action->text(), this);
  button->setDefaultAction(action);
  button->setAutoRaise(false);
  button->setFixedSize(32, 30);
  button->setObjectName(action->objectName());
  setStyleProperty(button, "kind", kind);
  const auto name = [button, action] {
    button->setToolTip(RunActions::withKey(*action));
    button->setAccessibleName(action->text());
  };
  connect(action, &QAction::changed, button, name);
  name();
  return button;
}

QHBoxLayout* TransportBar::makeButtons(RunActions& actions) {
  auto* row = new QHBoxLayout;
  row->setSpacing(4);
  row->addWidget(actionButton(actions.toStart, "boxed"));
  row->addWidget(actionButton(actions.stepBack, "boxed"));
  run_ = actionButton(actions.run, "primary");
  run_->setFixedSize(52, 30);
  row->addWidget(run_);
  row->addWidget(actionButton(actions.step, "boxed"));
  row->addSpacing(8);
  row->addWidget(actionButton(actions.fast, "boxed"));
  row->addWidget(actionButton(actions.express, "boxed"));
  QToolButton* until = actionButton(actions.until, "boxed");
  row->addWidget(until);
  QToolButton* breakpoints = actionButton(actions.breakpoints, "boxed");
  row->addWidget(breakpoints);
  row->addStretch(1);
  connect(actions.breakpoints, &QAction::triggered, this,
          [this, breakpoints] { breakpoints_->openAbove(breakpoints); });
  connect(actions.until, &QAction::triggered, this, [this, until] { until_->openAbove(until); });
  // The icon of the primary button stands on the accent, whatever the action's own tint is.
  connect(actions.run, &QAction::changed, this, &TransportBar::restyle);
  return row;
}

QHBoxLayout* TransportBar::makeSettings(RunActions& actions) {
  auto* row = new QHBoxLayout;
  row->setSpacing(4);
  speed_ = new QComboBox(this);
  speed_->setObjectName(QStringLiteral("speed"));
  speed_->setAccessibleName(tr("Speed: virtual time per second of wall time"));
  speed_->setToolTip(tr("How much virtual time passes in a second of yours ([ slower, ] faster)"));
  speed_->setFixedWidth(kSpeedWidth);
  speed_->setMaxVisibleItems(14);
  for (const double step : speedSteps()) speed_->addItem(speedText(step), step);
  connect(speed_, &QComboBox::activated, this,
          [this](int index) { session_.setSpeed(speed_->itemData(index).toDouble()); });
  seed_ = new QLineEdit(this);
  seed_->setObjectName(QStringLiteral("seed"));
  seed_->setAccessibleName(tr("Seed"));
  seed_->setToolTip(tr("The same seed gives the same run. Enter starts a run with it."));
  seed_->setFixedWidth(kSeedWidth);
  static const QRegularExpression digits(QStringLiteral("[0-9]{1,19}"));
  seed_->setValidator(new QRegularExpressionValidator(digits, seed_));
  connect(seed_, &QLineEdit::returnPressed, this, &TransportBar::commitSeed);
  // Left without Enter: a run is not thrown away by a click elsewhere.
  connect(seed_, &QLineEdit::editingFinished, this,
          [this] { seed_->setText(QString::number(quint64{session_.plan().seed})); });
  row->addWidget(textLabel(tr("Speed"), "secondary", this));
  row->addWidget(speed_);
  row->addSpacing(8);
  row->addWidget(textLabel(tr("Seed"), "secondary", this));
  row->addWidget(seed_);
  row->addWidget(actionButton(actions.reseed, "boxed"));
  row->addWidget(actionButton(actions.restart, "boxed"));
  QToolButton* story = actionButton(actions.story, "boxed");
  row->addWidget(story);
  connect(actions.story, &QAction::triggered, this, [this, story] { story_->openAbove(story); });
  row->addStretch(1);
  return row;
}

void TransportBar::makeClock() {
  clock_ = new QLabel(this);
  clock_->setObjectName(QStringLiteral("clock"));
  clock_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  detail_ = textLabel({}, "secondary", this);
  detail_->setObjectName(QStringLiteral("clockDetail"));
}

void TransportBar::restyle() {
  const QFont face = theme_.figures(kClockPixels, QFont::DemiBold);
  clock_->setFont(face);
  const bool running = session_.state() == lab::RunState::Running;
  const QString icon = running ? QStringLiteral("pause") : QStringLiteral("run");
  run_->setIcon(theme_.icon(icon, theme_.tokens().onAccent));
  const QFontMetrics metrics(face);
  // As wide as the end of the run, and no less than what usually stands under it.
  const QString last = clockText(Instant(session_.length()), session_.length());
  const int usual = metrics.horizontalAdvance(QStringLiteral("00.000 000 s"));
  clock_->setFixedWidth(std::max(usual, metrics.horizontalAdvance(last)) + 8);
  detail_->setFixedWidth(clock_->width());
}

void TransportBar::showClock() {
  const lab::Frame* frame = session_.frame().get();
  const Instant now = frame != nullptr ? frame->now : Instant{};
  clock_->setText(clockText(now, session_.length()));
  clock_->setAccessibleName(tr("Virtual time %1").arg(clock_->text()));
  clock_->setToolTip(tr("Virtual time: %1").arg(exactText(now)));
  const QString length = text(lab::formatDuration(session_.length()));
  const lab::RunState state = session_.state();
  setStyleProperty(detail_, "role", state == lab::RunState::Failed ? "error" : "secondary");
  if (const auto part = session_.travelled()) {
    return detail_->setText(tr("%1 % of the way, F8 stops").arg(qRound(100 * *part)));
  }
  switch (state) {
    case lab::RunState::Idle:
      return detail_->setText(session_.isOpen() ? tr("ready, %1 long").arg(length) : tr("no run"));
    case lab::RunState::Running:
      return detail_->setText(tr("running, of %1").arg(length));
    case lab::RunState::Paused:
      return detail_->setText(exactText(now));
    case lab::RunState::Finished:
      return detail_->setText(tr("finished"));
    case lab::RunState::Failed:
      return detail_->setText(tr("failed"));
  }
}

void TransportBar::showSpeed() {
  const double speed = session_.speed();
  int index = nearestSpeedStep(speed);
  // A lab's own pace between two steps is listed as it is, in its place.
  const double nearest = speedSteps()[static_cast<std::size_t>(index)];
  if (std::abs(nearest - speed) > speed * 1e-6 && speed_->findText(speedText(speed)) < 0) {
    if (nearest < speed) ++index;
    speed_->insertItem(index, speedText(speed), speed);
  }
  speed_->setCurrentIndex(speed_->findText(speedText(speed)));
}

void TransportBar::showSeed() {
  if (!seed_->hasFocus()) seed_->setText(QString::number(quint64{session_.plan().seed}));
}

void TransportBar::commitSeed() {
  bool ok = false;
  const quint64 seed = seed_->text().toULongLong(&ok);
  if (session_.isOpen() && ok && seed != session_.plan().seed) session_.setSeed(seed);
}

}  // namespace ringside::views
