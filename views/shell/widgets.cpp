#include "views/shell/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

#include "views/shell/theme.h"

namespace ringside::views {
namespace {

int elidedCount = 0;

QString iconOf(Tone tone) {
  switch (tone) {
    case Tone::Ok:
      return QStringLiteral("check");
    case Tone::Warn:
      return QStringLiteral("warning");
    case Tone::Error:
      return QStringLiteral("cross");
    case Tone::Neutral:
    case Tone::Accent:
      break;
  }
  return QStringLiteral("info");
}

}  // namespace

QString elide(const QFontMetrics& metrics, const QString& text, int width, Qt::TextElideMode mode) {
  QString cut = metrics.elidedText(text, mode, width);
  if (cut != text) ++elidedCount;
  return cut;
}

int elidedTexts() { return elidedCount; }

void resetElidedTexts() { elidedCount = 0; }

QToolButton* iconButton(const Theme& theme, const QString& icon, const QString& name,
                        QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setIcon(theme.icon(icon));
  button->setIconSize(QSize(16, 16));
  button->setFocusPolicy(Qt::TabFocus);
  button->setAutoRaise(true);
  button->setToolTip(name);
  button->setAccessibleName(name);
  return button;
}

QPushButton* textButton(const QString& text, const char* kind, QWidget* parent) {
  auto* button = new QPushButton(text, parent);
  setStyleProperty(button, "kind", kind);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QLabel* textLabel(const QString& text, const char* role, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  setStyleProperty(label, "role", role);
  return label;
}

void setStyleProperty(QWidget* widget, const char* name, const char* value) {
  const QString text = QString::fromLatin1(value);
  if (widget->property(name) == text) return;
  widget->setProperty(name, text);
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const { return {0, QLabel::minimumSizeHint().height()}; }

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QString cut = elide(fontMetrics(), text(), width());
  if (toolTip().isEmpty() == (cut != text())) setToolTip(cut == text() ? QString() : text());
  if (cut != text() && whenCut_ == WhenCut::Hide) return;
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(rect(), static_cast<int>(Qt::AlignVCenter | alignment()), cut);
}

ToneColours coloursOf(const Theme& theme, Tone tone) {
  const Tokens& t = theme.tokens();
  switch (tone) {
    case Tone::Neutral:
      return {t.text2, t.raised};
    case Tone::Accent:
      return {t.accent, t.accentSoft};
    case Tone::Ok:
      return {t.ok, t.okSoft};
    case Tone::Warn:
      return {t.warn, t.warnSoft};
    case Tone::Error:
      return {t.error, t.errorSoft};
  }
  return {t.text2, t.raised};
}

Pill::Pill(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setFont(theme.text(12, QFont::Medium));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Pill::set(const QString& text, Tone tone, const QString& icon) {
  if (text == text_ && tone == tone_ && icon == icon_) return;
  text_ = text, tone_ = tone, icon_ = icon;
  setAccessibleName(text);
  updateGeometry();
  update();
}

QSize Pill::sizeHint() const {
  const int iconWidth = icon_.isEmpty() ? 0 : 16;
  return {QFontMetrics(theme_.text(12, QFont::Medium)).horizontalAdvance(text_) + 18 + iconWidth,
          22};
}

void Pill::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto [ink, ground] = coloursOf(theme_, tone_);
  const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  painter.setPen(theme_.tokens().border == theme_.tokens().text ? QPen(ink) : QPen(Qt::NoPen));
  painter.setBrush(ground);
  painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
  QRect textRect = rect().adjusted(9, 0, -6, 0);
  if (!icon_.isEmpty()) {
    theme_.paintIcon(painter, QRectF(8, (height() - 12) / 2.0, 12, 12), icon_, ink);
    textRect.setLeft(24);
  }
  painter.setFont(theme_.text(12, QFont::Medium));
  painter.setPen(ink);
  painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft,
                   elide(painter.fontMetrics(), text_, textRect.width()));
}

EmptyState::EmptyState(const Theme& theme, const QString& icon, const QString& title,
                       const QString& sentence, QWidget* parent)
    : QWidget(parent),
      picture_(new QLabel(this)),
      sentence_(textLabel(sentence, "secondary", this)) {
  QLabel* picture = picture_;
  const auto redraw = [picture, icon, &theme] {
    picture->setPixmap(theme.icon(icon).pixmap(QSize(28, 28), picture->devicePixelRatioF()));
  };
  redraw();
  connect(&theme, &Theme::changed, picture, redraw);
  picture->setAlignment(Qt::AlignCenter);
  auto* heading = textLabel(title, "strong", this);
  heading->setAlignment(Qt::AlignCenter);
  heading->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignCenter);
  sentence_->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 4, 16, 4);
  column->setSpacing(8);
  column->addStretch();
  column->addWidget(picture);
  column->addWidget(heading);
  column->addWidget(sentence_);
  column->addStretch();
}

// In a low pane the words matter more than the picture.
void EmptyState::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  picture_->setVisible(height() >= 120);
}

void EmptyState::setSentence(const QString& sentence) { sentence_->setText(sentence); }

QPushButton* EmptyState::setAction(const QString& text, std::function<void()> run) {
  delete action_;
  action_ = textButton(text, "", this);
  connect(action_, &QPushButton::clicked, this, std::move(run));
  auto* column = qobject_cast<QVBoxLayout*>(layout());
  column->insertWidget(column->count() - 1, action_, 0, Qt::AlignHCenter);
  return action_;
}

Banner::Banner(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      icon_(new QLabel(this)),
      text_(new QLabel(this)),
      action_(textButton(QString(), "quiet", this)) {
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* dismiss = iconButton(theme, QStringLiteral("cross"), tr("Dismiss message"), this);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 6, 6, 6);
  row->setSpacing(8);
  row->addWidget(icon_, 0, Qt::AlignTop);
  row->addWidget(text_, 1);
  row->addWidget(action_);
  row->addWidget(dismiss, 0, Qt::AlignTop);
  connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
  connect(action_, &QPushButton::clicked, this, [this] {
    if (run_) run_();
  });
  connect(&theme, &Theme::changed, this, [this] { showMessage(tone_, text_->text()); });
  action_->hide();
  hide();
}

void Banner::showMessage(Tone tone, const QString& text) {
  tone_ = tone;
  text_->setText(text);
  setAccessibleName(text);
  const QColor ink = coloursOf(theme_, tone).ink;
  icon_->setPixmap(theme_.icon(iconOf(tone), ink).pixmap(QSize(16, 16), devicePixelRatioF()));
  setVisible(!text.isEmpty());
  update();
}

void Banner::setAction(const QString& text, std::function<void()> run) {
  run_ = std::move(run);
  action_->setText(text);
  action_->setVisible(!text.isEmpty());
}

QString Banner::text() const { return text_->text(); }

void Banner::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto [ink, ground] = coloursOf(theme_, tone_);
  painter.setPen(ink);
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

}  // namespace ringside::views
