#include "views/shell/frame_hud.h"

#include <QAbstractEventDispatcher>
#include <QPainter>

#include <algorithm>
#include <ctime>
#include <utility>

#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr qint64 kWindowNanos = 5'000'000'000;
constexpr qint64 kSleepNanos = 1'000'000;
constexpr int kWidth = 280;

qint64 threadCpuNanos() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return qint64{spent.tv_sec} * 1'000'000'000 + spent.tv_nsec;
}

double millis(qint64 nanos) { return static_cast<double>(nanos) * 1e-6; }

}  // namespace

FrameHud::FrameHud(const Theme& theme, QWidget* window) : QWidget(window), theme_(theme) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFixedSize(kWidth, 26);
  refresh_.setInterval(500);
  connect(&refresh_, &QTimer::timeout, this, &FrameHud::refresh);
  hide();
}

void FrameHud::toggle() {
  QAbstractEventDispatcher* loop = QAbstractEventDispatcher::instance();
  if (isVisible()) {
    disconnect(loop, nullptr, this, nullptr);
    refresh_.stop();
    hide();
    return;
  }
  busy_.clear();
  clock_.start();
  turnAt_ = working_ = 0;
  turnCpu_ = threadCpuNanos();
  connect(loop, &QAbstractEventDispatcher::awake, this, &FrameHud::turned);
  refresh_.start();
  move((parentWidget()->width() - width()) / 2, parentWidget()->height() - 120);
  refresh();
  show();
  raise();
}

// Whether GLib or Qt itself waits, a turn that took longer than its work has slept.
void FrameHud::turned() {
  const qint64 now = clock_.nsecsElapsed();
  const qint64 cpu = threadCpuNanos();
  const qint64 worked = cpu - std::exchange(turnCpu_, cpu);
  const qint64 slept = now - std::exchange(turnAt_, now) - worked;
  if (slept < kSleepNanos) {
    working_ += worked;
    return;
  }
  if (working_ > 0) busy_.push_back({now, working_});
  working_ = worked;
}

void FrameHud::refresh() {
  const qint64 since = clock_.nsecsElapsed() - kWindowNanos;
  std::erase_if(busy_, [since](const Busy& busy) { return busy.at < since; });
  if (busy_.empty()) {
    text_ = tr("UI busy: measuring…");
    return update();
  }
  std::vector<qint64> sorted;
  for (const Busy& busy : busy_) sorted.push_back(busy.nanos);
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double part) {
    return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
  };
  text_ = tr("UI busy p50 %1  p99 %2  max %3 ms")
              .arg(millis(at(0.5)), 0, 'f', 1)
              .arg(millis(at(0.99)), 0, 'f', 1)
              .arg(millis(sorted.back()), 0, 'f', 1);
  update();
}

void FrameHud::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.tokens().borderStrong);
  painter.setBrush(theme_.tokens().raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  painter.setFont(theme_.figures(12));
  painter.setPen(theme_.tokens().text);
  painter.drawText(rect(), Qt::AlignCenter, text_);
}

}  // namespace ringside::views
