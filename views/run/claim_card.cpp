#include "views/run/claim_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

struct VerdictLook {
  QString word;
  QString icon;
  Tone tone;
};

VerdictLook lookOf(lab::Verdict verdict) {
  switch (verdict) {
    case lab::Verdict::NotReached:
      return {ClaimCard::tr("not reached"), QStringLiteral("state-todo"), Tone::Neutral};
    case lab::Verdict::Holds:
      return {ClaimCard::tr("holds"), QStringLiteral("check"), Tone::Ok};
    case lab::Verdict::Fails:
      return {ClaimCard::tr("fails"), QStringLiteral("cross"), Tone::Error};
  }
  return {};
}

QLabel* wrapped(const char* role, QWidget* parent) {
  QLabel* label = textLabel({}, role, parent);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

void put(QLabel* label, const QString& words) {
  if (label->text() == words && label->isHidden() == words.isEmpty()) return;
  label->setText(words);
  label->setVisible(!words.isEmpty());
}

}  // namespace

ClaimCard::ClaimCard(const QString& id, const QString& statement, const Theme& theme,
                     QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      pill_(new Pill(theme, this)),
      text_(wrapped("", this)),
      figures_(wrapped("secondary", this)),
      expectation_(wrapped("ok", this)),
      evidence_(wrapped("tertiary", this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 10, 12, 10);
  column->setSpacing(4);
  auto* head = new QHBoxLayout;
  head->addWidget(pill_);
  head->addStretch(1);
  if (!id.isEmpty()) head->addWidget(textLabel(id, "tertiary", this));
  column->addLayout(head);
  for (QLabel* label : {text_, figures_, expectation_, evidence_}) column->addWidget(label);
  text_->setText(statement);
  expectation_->hide();
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
  showVerdict(lab::Verdict::NotReached, {}, {});
}

void ClaimCard::showVerdict(lab::Verdict verdict, const QString& figures, const QString& evidence) {
  verdict_ = verdict;
  const VerdictLook look = lookOf(verdict);
  pill_->set(look.word, look.tone, look.icon);
  put(figures_, figures);
  put(evidence_, evidence);
  name();
}

void ClaimCard::showExpectation(bool asContentSays) {
  setStyleProperty(expectation_, "role", asContentSays ? "ok" : "error");
  put(expectation_, verdict_ == lab::Verdict::NotReached ? QString()
                    : asContentSays                      ? tr("\u2713 As the answer says")
                                                         : tr("\u2717 Not as the answer says"));
  name();
}

void ClaimCard::name() {
  setAccessibleName(tr("%1: %2").arg(pill_->text(), text_->text()));
  setAccessibleDescription(figures_->text() + u' ' + evidence_->text());
}

QPushButton* ClaimCard::addLoadButton() {
  auto* button = textButton(tr("Load experiment"), "", this);
  button->setIcon(theme_.icon(QStringLiteral("flask")));
  button->setAccessibleName(tr("Load the experiment of: %1").arg(text_->text()));
  layout()->addWidget(button);
  return button;
}

void ClaimCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(theme_.tokens().border);
  painter.setBrush(theme_.tokens().sunken);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

}  // namespace ringside::views
