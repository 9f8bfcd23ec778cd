#include "views/compare/compare_window.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "engine/lab/fault.h"
#include "engine/run/parallel.h"
#include "engine/run/plan_text.h"
#include "views/canvas/canvas_pane.h"
#include "views/charts/chart_strip.h"
#include "views/compare/delta_rows.h"
#include "views/compare/merged_frame.h"
#include "views/compare/side_picker.h"
#include "views/run/rows_model.h"
#include "views/run/tables.h"
#include "views/shell/card.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kLookMs = 33;
constexpr int kPerMille = 1000;

template <class T>
T* named(T* widget, const char* objectName, const QString& accessibleName) {
  widget->setObjectName(QString::fromLatin1(objectName));
  widget->setAccessibleName(accessibleName);
  return widget;
}

}  // namespace

CompareWindow::CompareWindow(const Theme& theme, const lab::LabInfo& info, const run::RunPlan& open,
                             QWidget* parent)
    : QDialog(parent), theme_(theme), info_(info) {
  setWindowTitle(tr("Compare runs of %1").arg(QString::fromStdString(info.title)));
  setObjectName(QStringLiteral("compareWindow"));
  resize(1280, 860);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 12, 16, 12);
  column->setSpacing(8);
  column->addWidget(makeSides());
  column->addWidget(makeOptions());
  progress_ = named(new QProgressBar(this), "compareProgress", tr("Progress of the comparison"));
  progress_->setRange(0, kPerMille);
  progress_->setTextVisible(false);
  column->addWidget(progress_);
  banner_ = new Banner(theme, this);
  column->addWidget(banner_);
  pages_ = new QStackedWidget(this);
  auto* empty = new EmptyState(theme, QStringLiteral("compare"), tr("Nothing compared yet"),
                               tr("Choose what differs between A and B; both run with the same "
                                  "seeds."));
  empty->setAction(tr("Compare"), [this] { start(); });
  pages_->addWidget(empty);
  pages_->addWidget(makeResult());
  column->addWidget(pages_, 1);
  look_.setInterval(kLookMs);
  connect(&look_, &QTimer::timeout, this, &CompareWindow::look);
  begin(open);
  validate();
}

CompareWindow::~CompareWindow() = default;

QWidget* CompareWindow::makeSides() {
  auto* sides = new QWidget(this);
  auto* row = new QHBoxLayout(sides);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(16);
  a_ = new SidePicker(QStringLiteral("A"), info_, sides);
  b_ = new SidePicker(QStringLiteral("B"), info_, sides);
  for (SidePicker* side : {a_, b_}) {
    row->addWidget(side, 1);
    connect(side, &SidePicker::changed, this, &CompareWindow::validate);
  }
  return sides;
}

QWidget* CompareWindow::makeOptions() {
  auto* options = new QWidget(this);
  auto* row = new QHBoxLayout(options);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  seed_ = named(new QLineEdit(options), "compareSeed", tr("Seed of the first replication"));
  length_ = named(new QLineEdit(options), "compareLength", tr("Length in virtual time"));
  replications_ = named(new QSpinBox(options), "compareReplications", tr("Replications"));
  replications_->setRange(1, 1000);
  replications_->setValue(5);
  error_ = named(textLabel({}, "error", options), "compareError", tr("What is wrong"));
  go_ = named(textButton(tr("Compare"), "primary", options), "compareGo", tr("Compare"));
  go_->setDefault(true);
  const std::pair<QString, QWidget*> fields[] = {
      {tr("Seed"), seed_}, {tr("Length"), length_}, {tr("Replications"), replications_}};
  for (const auto& [text, field] : fields) {
    auto* label = textLabel(text, "secondary", options);
    label->setBuddy(field);
    row->addWidget(label);
    field->setMaximumWidth(110);
    row->addWidget(field);
  }
  row->addWidget(error_, 1);
  row->addWidget(go_);
  connect(seed_, &QLineEdit::textChanged, this, &CompareWindow::validate);
  connect(length_, &QLineEdit::textChanged, this, &CompareWindow::validate);
  connect(go_, &QPushButton::clicked, this, [this] {
    if (isBusy()) {
      end(false);
    } else {
      start();
    }
  });
  return options;
}

QWidget* CompareWindow::makeResult() {
  auto* down = new QSplitter(Qt::Vertical, this);
  auto* beside = new QSplitter(Qt::Horizontal, down);
  const auto canvas = [this, beside](const QString& name) {
    auto* card = new Card(theme_, QStringLiteral("service"), name, beside);
    card->setMaximizable(false);
    auto* pane = new CanvasPane(theme_);
    card->setContent(pane);
    beside->addWidget(card);
    return pane;
  };
  canvasA_ = canvas(tr("A"));
  canvasB_ = canvas(tr("B"));
  // What is selected on one side is selected on the other.
  connect(canvasA_, &CanvasPane::selected, canvasB_, &CanvasPane::select);
  connect(canvasB_, &CanvasPane::selected, canvasA_, &CanvasPane::select);
  down->addWidget(beside);
  charts_ = new ChartStrip(theme_);
  charts_->setMinimumHeight(170);
  down->addWidget(charts_);
  auto* below = new QWidget(down);
  auto* column = new QVBoxLayout(below);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  parting_ =
      named(textLabel({}, "secondary", below), "compareParting", tr("First event that differs"));
  parting_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(parting_);
  rows_ = new RowsModel(deltaHeaders(), 1, this);
  auto* table = makeTable(rows_, tr("Differences between A and B"), below);
  table->setObjectName(QStringLiteral("compareTable"));
  table->setColumnWidth(0, 250);
  table->setColumnWidth(5, 230);
  column->addWidget(table, 1);
  down->addWidget(below);
  down->setStretchFactor(0, 3);
  down->setStretchFactor(1, 3);
  down->setStretchFactor(2, 4);
  return down;
}

void CompareWindow::begin(const run::RunPlan& open) {
  const QString changes = QString::fromStdString(run::wordsOf(info_, open));
  const QString preset = QString::fromStdString(open.preset);
  a_->set(preset, changes);
  for (const lab::Preset& other : info_.presets) {
    if (other.id == open.preset) continue;
    b_->set(QString::fromStdString(other.id), changes);
    break;
  }
  const Duration length = open.length > Duration::zero() ? open.length : info_.usualLength;
  seed_->setText(QString::number(open.seed));
  length_->setText(QString::fromStdString(lab::formatDuration(length)));
}

std::optional<run::CompareRequest> CompareWindow::request() const {
  auto a = a_->plan();
  auto b = b_->plan();
  bool whole = false;
  const quint64 seed = seed_->text().trimmed().toULongLong(&whole);
  const auto length = lab::parseDuration(length_->text().trimmed().toStdString());
  if (!a || !b || !whole || !length || *length <= Duration::zero()) return std::nullopt;
  a->seed = b->seed = seed;
  a->length = b->length = *length;
  // One core is left to the window.
  return run::CompareRequest{
      {std::move(*a), std::move(*b)}, replications_->value(), std::max(1U, run::allCores() - 1)};
}

void CompareWindow::validate() {
  if (isBusy() || length_ == nullptr) return;
  bool whole = false;
  static_cast<void>(seed_->text().trimmed().toULongLong(&whole));
  const auto length = lab::parseDuration(length_->text().trimmed().toStdString());
  QString wrong;
  if (!length) {
    wrong = QString::fromStdString(length.error().message);
  } else if (*length <= Duration::zero()) {
    wrong = tr("A run lasts longer than 0");
  }
  if (!whole) wrong = tr("A seed is a whole number of 0 or more");
  error_->setText(wrong);
  go_->setEnabled(request().has_value());
}

void CompareWindow::start() {
  auto wanted = request();
  if (isBusy() || !wanted) return;
  banner_->hide();
  rows_->set({});
  parting_->clear();
  pages_->setCurrentIndex(1);
  go_->setText(tr("Stop"));
  go_->setAccessibleName(tr("Stop the comparison"));
  worker_ = std::make_unique<run::CompareWorker>(std::move(*wanted));
  look_.start();
}

void CompareWindow::look() {
  progress_->setValue(static_cast<int>(worker_->part() * kPerMille));
  const auto state = worker_->take();
  if (state == nullptr) return;
  showState(*state);
  if (state->phase == run::CompareState::Phase::Done) end(true);
  if (state->phase == run::CompareState::Phase::Failed) {
    banner_->showMessage(Tone::Error, QString::fromStdString(state->error));
    end(false);
  }
}

void CompareWindow::showState(const run::CompareState& state) {
  if (state.first == nullptr || state.second == nullptr) return;
  canvasA_->setFrame(state.first);
  canvasB_->setFrame(state.second);
  charts_->setFrame(mergedFrame(*state.first, *state.second));
  const QString text =
      state.divergence
          ? tr("They part at %1").arg(QString::fromStdString(run::describe(state.divergence)))
          : tr("Every event so far is the same in A and B");
  if (parting_->text() != text) parting_->setText(text);
  if (!state.deltas.empty()) rows_->set(deltaRows(state.deltas));
}

void CompareWindow::end(bool complete) {
  look_.stop();
  worker_.reset();
  progress_->setValue(complete ? kPerMille : 0);
  go_->setText(tr("Compare"));
  go_->setAccessibleName(tr("Compare"));
  validate();
  Q_EMIT compared(complete);
}

void CompareWindow::reject() {
  if (isBusy()) return end(false);
  QDialog::reject();
}

}  // namespace ringside::views
