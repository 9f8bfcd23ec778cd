#include "views/pages/checkpoint_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/models/judgement.h"
#include "views/models/progress.h"
#include "views/pages/choice_cards.h"
#include "views/pages/markdown_view.h"
#include "views/pages/number_answers.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QWidget* scrolling(QWidget* inner, const QString& accessibleName) {
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  area->setAccessibleName(accessibleName);
  area->setWidget(inner);
  return area;
}

}  // namespace

CheckpointPage::CheckpointPage(const Theme& theme, Progress& progress, QWidget* parent)
    : QWidget(parent), theme_(theme), progress_(progress) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 0, 12, 10);
  row->setSpacing(24);
  row->addWidget(makeLeft(), 11);
  row->addWidget(makeRight(), 13);
}

QWidget* CheckpointPage::makeLeft() {
  auto* left = new QWidget;
  text_ = new MarkdownView(theme_, tr("Checkpoint"), MarkdownView::Fit::Scrolls, left);
  text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
  verdict_ = textLabel(QString(), "ok", left);
  verdict_->setWordWrap(true);
  check_ = textButton(tr("Check answer"), "primary", left);
  hint_ = textButton(tr("Hint"), "", left);
  hint_->setIcon(theme_.icon(QStringLiteral("bulb")));
  load_ = textButton(tr("Load experiment"), "", left);
  load_->setIcon(theme_.icon(QStringLiteral("flask")));
  previous_ = iconButton(theme_, QStringLiteral("chevron-left"),
                         tr("Previous checkpoint (Alt+Left)"), left);
  next_ =
      iconButton(theme_, QStringLiteral("chevron-right"), tr("Next checkpoint (Alt+Right)"), left);
  place_ = textLabel(QString(), "secondary", left);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  for (QWidget* button : {check_, hint_, load_}) buttons->addWidget(button);
  buttons->addStretch();
  buttons->addWidget(previous_);
  buttons->addWidget(place_);
  buttons->addWidget(next_);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(text_, 1);
  column->addWidget(verdict_);
  column->addLayout(buttons);
  connect(check_, &QPushButton::clicked, this, &CheckpointPage::check);
  connect(hint_, &QPushButton::clicked, this, &CheckpointPage::hint);
  connect(load_, &QPushButton::clicked, this, &CheckpointPage::loadExperiment);
  connect(previous_, &QToolButton::clicked, this, &CheckpointPage::previous);
  connect(next_, &QToolButton::clicked, this, &CheckpointPage::next);
  return left;
}

QWidget* CheckpointPage::makeRight() {
  answers_ = new QStackedWidget;
  choices_ = new ChoiceCards(theme_);
  numeric_ = new NumericAnswer(theme_);
  predict_ = new PredictAnswer(theme_);
  auto* numericPage = new QWidget;
  auto* column = new QVBoxLayout(numericPage);
  column->setContentsMargins(0, 4, 0, 0);
  column->addWidget(textLabel(tr("Your answer"), "secondary", numericPage));
  column->addWidget(numeric_);
  column->addStretch();
  answers_->addWidget(scrolling(choices_, tr("Answers")));
  answers_->addWidget(numericPage);
  answers_->addWidget(scrolling(predict_, tr("Your prediction")));
  connect(choices_, &ChoiceCards::chosenChanged, this, &CheckpointPage::refreshButtons);
  connect(numeric_, &NumericAnswer::submitted, this, &CheckpointPage::check);
  connect(predict_, &PredictAnswer::submitted, this, &CheckpointPage::check);
  return answers_;
}

void CheckpointPage::setScenario(const study::Scenario* scenario) {
  scenario_ = scenario;
  index_ = 0;
  if (scenario == nullptr || scenario->checkpoints.empty()) return;
  int first = 0;
  const int count = static_cast<int>(scenario->checkpoints.size());
  for (int i = count - 1; i >= 0; --i) {
    const auto& id = scenario->checkpoints[static_cast<std::size_t>(i)].id;
    const auto answer = progress_.answer(scenarioId(), qt(id));
    if (!answer || !answer->everRight) first = i;
  }
  showCheckpoint(first);
}

const study::Checkpoint* CheckpointPage::checkpoint() const {
  if (scenario_ == nullptr || index_ >= static_cast<int>(scenario_->checkpoints.size())) {
    return nullptr;
  }
  return &scenario_->checkpoints[static_cast<std::size_t>(index_)];
}

QString CheckpointPage::scenarioId() const { return qt(scenario_->id); }

void CheckpointPage::showCheckpoint(int index) {
  if (scenario_ == nullptr || index < 0 ||
      index >= static_cast<int>(scenario_->checkpoints.size())) {
    return;
  }
  index_ = index;
  hintsShown_ = 0;
  const study::Checkpoint& shown = *checkpoint();
  if (const auto* choice = std::get_if<study::Choice>(&shown.kind)) {
    QStringList options;
    for (const std::string& option : choice->options) options << plainText(qt(option));
    choices_->setOptions(options);
    answers_->setCurrentIndex(0);
  } else if (const auto* numeric = std::get_if<study::Numeric>(&shown.kind)) {
    numeric_->setUnit(qt(numeric->unit));
    answers_->setCurrentIndex(1);
  } else {
    predict_->setPredict(std::get<study::Predict>(shown.kind));
    answers_->setCurrentIndex(2);
  }
  reopen();
  Q_EMIT checkpointChanged(index);
}

void CheckpointPage::reopen() {
  stage_ = Stage::Open;
  choices_->clear();
  numeric_->clear();
  predict_->clear();
  renderText();
  refreshButtons();
}

void CheckpointPage::choose(int option) {
  if (stage_ == Stage::Open && answers_->currentIndex() == 0) choices_->choose(option);
}

void CheckpointPage::check() {
  if (checkpoint() == nullptr) return;
  if (stage_ == Stage::Settled) return reopen();
  if (stage_ == Stage::Committed) return;
  const auto& kind = checkpoint()->kind;
  if (const auto* choice = std::get_if<study::Choice>(&kind)) return checkChoice(*choice);
  if (const auto* numeric = std::get_if<study::Numeric>(&kind)) return checkNumeric(*numeric);
  commitPrediction(std::get<study::Predict>(kind));
}

void CheckpointPage::checkChoice(const study::Choice& choice) {
  const int chosen = choices_->chosen();
  if (chosen < 0) return;
  choices_->showVerdict(chosen, choice.answer);
  settle(QString(QChar(u'A' + chosen)), chosen == choice.answer);
}

void CheckpointPage::checkNumeric(const study::Numeric& numeric) {
  const auto value = numeric_->value();
  if (!value) return;
  const bool right = isRight(numeric, *value);
  numeric_->showVerdict(right, numeric.answer);
  settle(numberText(*value) + u' ' + qt(numeric.unit), right);
}

void CheckpointPage::commitPrediction(const study::Predict& predict) {
  const auto value = predict_->value();
  if (!value) return;
  predicted_ = *value;
  stage_ = Stage::Committed;
  predict_->commit(predicted_);
  refreshButtons();
  Q_EMIT predictionCommitted(predict);
}

const study::Predict* CheckpointPage::awaited() const {
  if (stage_ != Stage::Committed) return nullptr;
  return std::get_if<study::Predict>(&checkpoint()->kind);
}

void CheckpointPage::revealMeasured(double value) {
  const study::Predict* predict = awaited();
  if (predict == nullptr) return;
  const double measured = value / predict->unitScale;
  predict_->reveal(predicted_, measured);
  settle(numberText(predicted_) + u' ' + qt(predict->unit),
         isRight(*predict, predicted_, measured));
}

void CheckpointPage::settle(const QString& given, bool right) {
  progress_.setAnswer(scenarioId(), qt(checkpoint()->id), given.trimmed(), right);
  stage_ = Stage::Settled;
  right_ = right;
  renderText();
  refreshButtons();
}

void CheckpointPage::hint() {
  if (checkpoint() == nullptr || stage_ == Stage::Settled) return;
  if (hintsShown_ >= static_cast<int>(checkpoint()->hints.size())) return;
  ++hintsShown_;
  renderText();
  refreshButtons();
}

bool CheckpointPage::hasExperiment() const {
  return checkpoint() != nullptr &&
         (checkpoint()->experiment || std::holds_alternative<study::Predict>(checkpoint()->kind));
}

// A prediction's experiment would show its answer, so it loads only once committed.
void CheckpointPage::loadExperiment() {
  if (!hasExperiment()) return;
  if (checkpoint()->experiment) {
    Q_EMIT experimentWanted(*checkpoint()->experiment);
  } else if (stage_ != Stage::Open) {
    Q_EMIT experimentWanted(std::get<study::Predict>(checkpoint()->kind).experiment);
  }
}

void CheckpointPage::next() { showCheckpoint(index_ + 1); }

void CheckpointPage::previous() { showCheckpoint(index_ - 1); }

// While open: the prompt and the hints asked for. Once settled: the explanation comes first.
void CheckpointPage::renderText() {
  const study::Checkpoint& shown = *checkpoint();
  QString text = qt(shown.prompt);
  verdict_->setVisible(stage_ == Stage::Settled);
  if (stage_ == Stage::Settled) {
    setStyleProperty(verdict_, "role", right_ ? "ok" : "error");
    verdict_->setText(right_ ? tr("✓ Right.") : tr("✕ Not quite."));
    text = qt(shown.explanation) + QStringLiteral("\n\n---\n\n") + text;
  }
  for (int i = 0; i < hintsShown_; ++i) {
    text += QStringLiteral("\n\n*%1* %2")
                .arg(tr("Hint %1.").arg(i + 1), qt(shown.hints[static_cast<std::size_t>(i)]));
  }
  text_->setFont(stage_ == Stage::Settled ? theme_.text(13) : theme_.text(14, QFont::Medium));
  text_->setText(text);
}

void CheckpointPage::refreshButtons() {
  if (checkpoint() == nullptr) return;
  const bool predicts = std::holds_alternative<study::Predict>(checkpoint()->kind);
  check_->setText(stage_ == Stage::Settled ? tr("Try again")
                  : predicts               ? tr("Commit prediction")
                                           : tr("Check answer"));
  check_->setToolTip(QStringLiteral("%1 (Ctrl+Enter)").arg(check_->text()));
  const bool chosen = answers_->currentIndex() != 0 || choices_->chosen() >= 0;
  check_->setEnabled(stage_ == Stage::Settled || (stage_ == Stage::Open && chosen));
  const int hints = static_cast<int>(checkpoint()->hints.size());
  hint_->setVisible(hints > 0);
  hint_->setText(tr("Hint %1 of %2").arg(std::min(hintsShown_ + 1, hints)).arg(hints));
  hint_->setEnabled(hintsShown_ < hints && stage_ != Stage::Settled);
  load_->setVisible(hasExperiment());
  load_->setEnabled(checkpoint()->experiment || stage_ != Stage::Open);
  load_->setToolTip(load_->isEnabled() ? tr("Set the lab up for this checkpoint (Ctrl+L)")
                                       : tr("Commit your prediction first."));
  const int count = static_cast<int>(scenario_->checkpoints.size());
  const auto past = progress_.answer(scenarioId(), qt(checkpoint()->id));
  place_->setText(tr("%1 of %2").arg(index_ + 1).arg(count) +
                  (past && past->everRight ? QStringLiteral(" ✓") : QString()));
  previous_->setEnabled(index_ > 0);
  next_->setEnabled(index_ + 1 < count);
}

}  // namespace ringside::views
