#include "views/shell/tour.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kBubbleWidth = 300;
constexpr int kGap = 12;

}  // namespace

Tour::Tour(const Theme& theme, QWidget* window)
    : QWidget(window),
      theme_(theme),
      bubble_(new QWidget(this)),
      title_(textLabel(QString(), "title", bubble_)),
      text_(new QLabel(bubble_)),
      place_(textLabel(QString(), "secondary", bubble_)),
      next_(textButton(QString(), "primary", bubble_)) {
  text_->setWordWrap(true);
  auto* skip = textButton(tr("Skip the tour"), "quiet", bubble_);
  auto* row = new QHBoxLayout;
  row->addWidget(place_, 1);
  row->addWidget(skip);
  row->addWidget(next_);
  auto* column = new QVBoxLayout(bubble_);
  column->setContentsMargins(16, 14, 12, 12);
  column->setSpacing(8);
  column->addWidget(title_);
  column->addWidget(text_);
  column->addLayout(row);
  connect(next_, &QPushButton::clicked, this, &Tour::next);
  connect(skip, &QPushButton::clicked, this, &Tour::end);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
  window->installEventFilter(this);
  hide();
}

void Tour::start(std::vector<Step> steps) {
  steps_ = std::move(steps);
  std::erase_if(steps_, [](const Step& step) { return !step.target || !step.target->isVisible(); });
  if (steps_.empty()) return;
  at_ = 0;
  before_ = parentWidget()->focusWidget();
  show();
  raise();
  showStep();
}

void Tour::next() {
  if (++at_ >= static_cast<int>(steps_.size())) return end();
  showStep();
}

void Tour::end() {
  if (before_ && before_->isVisible()) before_->setFocus();
  hide();
  Q_EMIT finished();
}

void Tour::showStep() {
  const Step& step = steps_[static_cast<std::size_t>(at_)];
  const int count = static_cast<int>(steps_.size());
  title_->setText(step.title);
  text_->setText(step.text);
  place_->setText(tr("%1 of %2").arg(at_ + 1).arg(count));
  next_->setText(at_ + 1 == count ? tr("Start") : tr("Next"));
  next_->setAccessibleDescription(step.title + QStringLiteral(". ") + step.text);
  arrange();
  next_->setFocus();
}

QRect Tour::targetRect() const {
  const QWidget* target = steps_[static_cast<std::size_t>(at_)].target;
  if (target == nullptr) return {};
  return QRect(target->mapTo(parentWidget(), QPoint()), target->size())
      .intersected(parentWidget()->rect())
      .adjusted(-3, -3, 3, 3);
}

// The bubble goes where there is room: below, above, right or left of what it speaks of.
void Tour::arrange() {
  setGeometry(parentWidget()->rect());
  bubble_->setFixedWidth(kBubbleWidth);
  const QSize size(kBubbleWidth, bubble_->layout()->heightForWidth(kBubbleWidth));
  const QRect target = targetRect();
  QPoint at(target.left(), target.bottom() + kGap);
  if (at.y() + size.height() > height() - 8) at.setY(target.top() - kGap - size.height());
  if (at.y() < 8) {
    const bool right = target.right() + kGap + size.width() < width() - 8;
    at = QPoint(right ? target.right() + kGap : target.left() - kGap - size.width(),
                target.top() + 24);
  }
  at.setX(std::clamp(at.x(), 8, std::max(8, width() - size.width() - 8)));
  at.setY(std::clamp(at.y(), 8, std::max(8, height() - size.height() - 8)));
  bubble_->setGeometry(QRect(at, size));
  update();
}

void Tour::paintEvent(QPaintEvent*) {
  if (steps_.empty()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  QPainterPath shade;
  shade.addRect(rect());
  shade.addRoundedRect(targetRect(), 8, 8);
  QColor scrim = Qt::black;
  scrim.setAlpha(t.dark ? 120 : 80);
  painter.fillPath(shade, scrim);
  painter.setPen(QPen(t.accent, 2));
  painter.drawRoundedRect(QRectF(targetRect()), 8, 8);
  painter.setPen(t.accent);
  painter.setBrush(t.raised);
  painter.drawRoundedRect(QRectF(bubble_->geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
}

void Tour::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) end();
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && watched == parentWidget() && isVisible()) arrange();
  return QWidget::eventFilter(watched, event);
}

}  // namespace ringside::views
