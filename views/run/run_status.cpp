#include "views/run/run_status.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kHeight = 24;
constexpr int kCopiedMillis = 1500;
constexpr qint64 kSecond = 1000;

QString dot() { return QStringLiteral("  \u00b7  "); }

QString runningText(const lab::Frame& frame) {
  QStringList words;
  words << RunStatus::tr("%1 events/s")
               .arg(valueText(frame.eventsPerWallSecond, metrics::Unit::None));
  words << speedText(frame.virtualPerWallSecond);
  words << RunStatus::tr("%1 samples kept").arg(countText(frame.samplesKept));
  words << RunStatus::tr("%1 dropped").arg(countText(frame.samplesDropped));
  return words.join(dot());
}

QString nextText(const lab::Frame& frame) {
  if (!frame.next) return RunStatus::tr("No event is pending");
  const lab::NextEvent& next = *frame.next;
  return RunStatus::tr("Next: event %1, %2, %3, in %4")
      .arg(countText(next.number), text(next.actor), text(next.kind),
           durationText(next.at - frame.now));
}

}  // namespace

QString statusText(const lab::Frame& frame) {
  const QString events = RunStatus::tr("%1 events").arg(countText(frame.events));
  switch (frame.state) {
    case lab::RunState::Running:
      return runningText(frame);
    case lab::RunState::Idle:
    case lab::RunState::Paused:
      return nextText(frame) + dot() + events;
    case lab::RunState::Finished:
      return RunStatus::tr("Finished") + dot() + events + dot() +
             RunStatus::tr("%1 samples kept").arg(countText(frame.samplesKept)) + dot() +
             RunStatus::tr("%1 dropped").arg(countText(frame.samplesDropped));
    case lab::RunState::Failed:
      return RunStatus::tr("Failed: %1").arg(text(frame.note));
  }
  return {};
}

RunStatus::RunStatus(RunSession& session, const Theme& theme, QWidget* parent)
    : QWidget(parent),
      session_(session),
      theme_(theme),
      left_(new ElidedLabel(this)),
      mode_(textLabel(tr("Deterministic"), "tertiary", this)),
      fingerprint_(new QToolButton(this)),
      fps_(textLabel({}, "tertiary", this)) {
  setFixedHeight(kHeight);
  setAccessibleName(tr("Run status"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 12, 0);
  row->setSpacing(12);
  setStyleProperty(left_, "role", "tertiary");
  left_->setObjectName(QStringLiteral("statusLeft"));
  left_->setAccessibleName(tr("Status"));
  row->addWidget(left_, 1);
  mode_->setToolTip(tr("The same plan, seed and acts give this run again, event for event."));
  row->addWidget(mode_);
  fingerprint_->setObjectName(QStringLiteral("fingerprint"));
  fingerprint_->setFixedHeight(kHeight);
  fingerprint_->setFont(theme_.code(12));
  fingerprint_->setFocusPolicy(Qt::TabFocus);
  connect(fingerprint_, &QToolButton::clicked, this, &RunStatus::copyFingerprint);
  row->addWidget(fingerprint_);
  fps_->setObjectName(QStringLiteral("fps"));
  fps_->setMinimumWidth(QFontMetrics(theme_.text(12)).horizontalAdvance(tr("UI 000 fps")));
  fps_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addWidget(fps_);
  connect(&session_, &RunSession::opened, this, &RunStatus::forget);
  connect(&session_, &RunSession::frameReady, this,
          [this](const lab::FramePtr& frame) { take(*frame); });
  forget();
}

void RunStatus::forget() {
  left_->setText(session_.isOpen() ? tr("Building the run") : tr("No run is open"));
  mode_->setVisible(session_.isOpen());
  fingerprint_->hide();
  fps_->setText(tr("UI at rest"));
  second_.invalidate();
}

void RunStatus::take(const lab::Frame& frame) {
  left_->setText(statusText(frame));
  left_->setAccessibleDescription(left_->text());
  const QString print = fingerprintText(frame.fingerprint);
  fingerprint_->setText(print);
  fingerprint_->setToolTip(tr("Fingerprint of the run so far. Click to copy."));
  fingerprint_->setAccessibleName(tr("Copy fingerprint %1").arg(print));
  fingerprint_->show();
  countFrame(frame.state);
}

void RunStatus::countFrame(lab::RunState state) {
  if (state != lab::RunState::Running) {
    second_.invalidate();
    return fps_->setText(tr("UI at rest"));
  }
  if (!second_.isValid()) {
    second_.start();
    frames_ = 0;
  }
  ++frames_;
  if (second_.elapsed() < kSecond) return;
  fps_->setText(
      tr("UI %1 fps").arg(qRound(1000.0 * frames_ / static_cast<double>(second_.elapsed()))));
  second_.restart();
  frames_ = 0;
}

void RunStatus::copyFingerprint() {
  if (!session_.frame()) return;
  const QString print = fingerprintText(session_.frame()->fingerprint);
  QGuiApplication::clipboard()->setText(print);
  Q_EMIT copied(print);
  fingerprint_->setText(tr("copied"));
  QTimer::singleShot(kCopiedMillis, fingerprint_, [this] {
    if (session_.frame()) fingerprint_->setText(fingerprintText(session_.frame()->fingerprint));
  });
}

}  // namespace ringside::views
