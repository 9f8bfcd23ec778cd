#include "views/shell/card.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/shell/save_picture.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {

Card::Card(const Theme& theme, const QString& icon, const QString& title, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      iconName_(icon),
      header_(new QWidget(this)),
      icon_(new QLabel(header_)),
      title_(new ElidedLabel(header_)),
      subtitle_(new ElidedLabel(header_)),
      actions_(new QHBoxLayout),
      maximize_(iconButton(theme, QStringLiteral("maximize"), QString(), header_)),
      layout_(new QVBoxLayout(this)) {
  setFrameShape(QFrame::NoFrame);
  setAccessibleName(title);
  // What fills the card may be opaque: it stays within the lower corners.
  layout_->setContentsMargins(1, 1, 1, kRadius / 2 + 1);
  layout_->setSpacing(0);
  layout_->addWidget(header_);

  header_->setFixedHeight(kHeaderHeight);
  header_->installEventFilter(this);
  auto* row = new QHBoxLayout(header_);
  row->setContentsMargins(12, 0, 8, 0);
  row->setSpacing(8);
  title_->setText(title);
  title_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  setStyleProperty(title_, "role", "strong");
  setStyleProperty(subtitle_, "role", "secondary");
  subtitle_->setWhenCut(ElidedLabel::WhenCut::Hide);
  actions_->setSpacing(4);
  row->addWidget(icon_);
  row->addWidget(title_);
  row->addWidget(subtitle_, 1);
  row->addLayout(actions_);
  row->addWidget(maximize_);

  connect(maximize_, &QToolButton::clicked, this, [this] { Q_EMIT maximizeWanted(!maximized_); });
  connect(&theme_, &Theme::changed, this, &Card::restyle);
  setMaximized(false);
  restyle();
}

void Card::setTitle(const QString& title) {
  title_->setText(title);
  setAccessibleName(title);
  setMaximized(maximized_);
}

QString Card::title() const { return title_->text(); }

void Card::setSubtitle(const QString& subtitle) { subtitle_->setText(subtitle); }

void Card::setIcon(const QString& icon) {
  iconName_ = icon;
  restyle();
}

void Card::setContent(QWidget* content) {
  if (content_ == content) return;
  delete content_;
  content_ = content;
  layout_->addWidget(content, 1);
}

void Card::addHeaderWidget(QWidget* widget) { actions_->addWidget(widget); }

void Card::setMaximizable(bool maximizable) {
  maximizable_ = maximizable;
  maximize_->setVisible(maximizable);
}

void Card::setMaximized(bool maximized) {
  maximized_ = maximized;
  maximize_->setIcon(
      theme_.icon(maximized ? QStringLiteral("restore") : QStringLiteral("maximize")));
  const QString what = maximized ? tr("Restore %1 (Esc)") : tr("Maximize %1");
  maximize_->setAccessibleName(what.arg(title_->text()));
  maximize_->setToolTip(maximize_->accessibleName());
}

void Card::askForPicture() {
  const QString sentence = askAndSavePicture(*this, title());
  if (trouble_ != nullptr) trouble_->hide();
  if (sentence.isEmpty()) return;
  if (trouble_ == nullptr) {
    trouble_ = new Banner(theme_, this);
    layout_->insertWidget(1, trouble_);
  }
  trouble_->showMessage(Tone::Error, sentence);
}

void Card::contextMenuEvent(QContextMenuEvent* event) {
  if (!header_->geometry().contains(event->pos())) return event->ignore();
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("cardMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  QAction* picture = menu->addAction(theme_.icon(QStringLiteral("export")),
                                     tr("Save a picture of %1…").arg(title()));
  connect(picture, &QAction::triggered, this, &Card::askForPicture);
  menu->popup(event->globalPos());
}

void Card::restyle() {
  icon_->setPixmap(theme_.icon(iconName_).pixmap(QSize(16, 16), devicePixelRatioF()));
  update();
}

bool Card::eventFilter(QObject* watched, QEvent* event) {
  if (watched == header_ && event->type() == QEvent::MouseButtonDblClick && maximizable_) {
    Q_EMIT maximizeWanted(!maximized_);
    return true;
  }
  return QFrame::eventFilter(watched, event);
}

void Card::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.tokens().border);
  painter.setBrush(theme_.tokens().panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace ringside::views
