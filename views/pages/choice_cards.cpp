#include "views/pages/choice_cards.h"

#include <QGridLayout>
#include <QPainter>

#include <algorithm>

#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kTextLeft = 44;
constexpr int kTextRight = 10;
constexpr int kTextFlags = Qt::TextWordWrap | Qt::AlignVCenter | Qt::AlignLeft;

}  // namespace

ChoiceCard::ChoiceCard(const Theme& theme, QChar letter, const QString& text, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), letter_(letter) {
  setText(text);
  setCheckable(true);
  setFocusPolicy(Qt::TabFocus);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAttribute(Qt::WA_Hover);
  describe();
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ChoiceCard::setMark(Mark mark) {
  mark_ = mark;
  setCursor(mark == Mark::None && isEnabled() ? Qt::PointingHandCursor : Qt::ArrowCursor);
  describe();
  update();
}

void ChoiceCard::describe() {
  const QString verdict = mark_ == Mark::Right   ? tr(", right")
                          : mark_ == Mark::Wrong ? tr(", wrong")
                                                 : QString();
  setAccessibleName(tr("Answer %1: %2%3").arg(letter_).arg(text(), verdict));
}

int ChoiceCard::heightFor(int width) const {
  const QFontMetrics metrics(theme_.text(13));
  const QRect bounds =
      metrics.boundingRect(0, 0, width - kTextLeft - kTextRight, 1000, kTextFlags, text());
  return std::max(40, bounds.height() + 14);
}

void ChoiceCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  QColor edge = underMouse() && isEnabled() ? t.borderStrong : t.border;
  QColor ground = t.sunken;
  QColor letterInk = t.text2;
  if (isChecked()) edge = t.accent, ground = t.accentSoft;
  if (mark_ == Mark::Right) edge = letterInk = t.ok, ground = t.okSoft;
  if (mark_ == Mark::Wrong) edge = letterInk = t.error, ground = t.errorSoft;
  const bool focused = hasFocus();
  painter.setPen(QPen(focused ? t.focus : edge, focused ? 2 : 1));
  painter.setBrush(ground);
  const qreal inset = focused ? 1 : 0.5;
  painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 6, 6);

  const QRectF badge(10, (height() - 22) / 2.0, 22, 22);
  const bool filled = isChecked() && mark_ == Mark::None;
  painter.setPen(filled ? QPen(Qt::NoPen)
                        : QPen(mark_ == Mark::None ? t.borderStrong : letterInk, 1));
  painter.setBrush(filled ? t.accent : Qt::transparent);
  painter.drawRoundedRect(badge, 4, 4);
  if (mark_ == Mark::None) {
    painter.setFont(theme_.text(12, QFont::DemiBold));
    painter.setPen(filled ? t.onAccent : t.text2);
    painter.drawText(badge, Qt::AlignCenter, letter_);
  } else {
    theme_.paintIcon(painter, badge.adjusted(4, 4, -4, -4),
                     mark_ == Mark::Right ? QStringLiteral("check") : QStringLiteral("cross"),
                     letterInk);
  }
  painter.setFont(theme_.text(13));
  painter.setPen(isEnabled() || mark_ != Mark::None || isChecked() ? t.text : t.text2);
  painter.drawText(rect().adjusted(kTextLeft, 2, -kTextRight, -2), kTextFlags, text());
}

ChoiceCards::ChoiceCards(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), grid_(new QGridLayout(this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(8);
}

void ChoiceCards::setOptions(const QStringList& options) {
  for (ChoiceCard* card : cards_) delete card;
  cards_.clear();
  open_ = true;
  for (int i = 0; i < options.size(); ++i) {
    auto* card = new ChoiceCard(theme_, QChar(u'A' + i), options[i], this);
    connect(card, &QAbstractButton::clicked, this, [this, i] { choose(i); });
    grid_->addWidget(card, i / 2, i % 2);
    cards_.push_back(card);
  }
  grid_->setColumnStretch(0, 1);
  grid_->setColumnStretch(1, 1);
  fitHeights();
}

void ChoiceCards::choose(int option) {
  if (!open_ || option < 0 || option >= static_cast<int>(cards_.size())) return;
  for (int i = 0; i < static_cast<int>(cards_.size()); ++i) {
    cards_[static_cast<std::size_t>(i)]->setChecked(i == option);
  }
  Q_EMIT chosenChanged(option);
}

int ChoiceCards::chosen() const {
  const auto found = std::find_if(cards_.begin(), cards_.end(),
                                  [](const ChoiceCard* card) { return card->isChecked(); });
  return found == cards_.end() ? -1 : static_cast<int>(found - cards_.begin());
}

void ChoiceCards::showVerdict(int chosen, int right) {
  open_ = false;
  for (int i = 0; i < static_cast<int>(cards_.size()); ++i) {
    ChoiceCard* card = cards_[static_cast<std::size_t>(i)];
    card->setChecked(i == chosen);
    card->setEnabled(false);
    card->setMark(i == right    ? ChoiceCard::Mark::Right
                  : i == chosen ? ChoiceCard::Mark::Wrong
                                : ChoiceCard::Mark::None);
  }
}

void ChoiceCards::clear() {
  open_ = true;
  for (ChoiceCard* card : cards_) {
    card->setEnabled(true);
    card->setChecked(false);
    card->setMark(ChoiceCard::Mark::None);
  }
}

void ChoiceCards::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitHeights();
}

// Cards are as tall as their text needs; what is left over is shared.
void ChoiceCards::fitHeights() {
  const int width = (this->width() - grid_->spacing()) / 2;
  for (ChoiceCard* card : cards_) card->setMinimumHeight(card->heightFor(width));
}

}  // namespace ringside::views
