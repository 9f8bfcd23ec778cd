#include "views/pages/run_history.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/lab/fault.h"
#include "views/run/tables.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kWidth = 980;
constexpr int kListHeight = 340;
constexpr std::int64_t kMegabyte = std::int64_t{1} << 20;

QString text(const std::string& words) { return QString::fromStdString(words); }

QString tagsText(const store::KeptRun& run) {
  QStringList names;
  for (const std::string& tag : run.tags) names << text(tag);
  return names.join(QStringLiteral(", "));
}

QString outcomeText(const store::KeptRun& run) {
  if (run.state == "failed") return RunHistory::tr("failed");
  if (run.holds + run.fails == 0) return RunHistory::tr("finished");
  return run.fails == 0 ? RunHistory::tr("%1 hold").arg(run.holds)
                        : RunHistory::tr("%1 fail").arg(run.fails);
}

Row rowOf(const store::KeptRun& run) {
  Row row;
  const auto when = QDateTime::fromMSecsSinceEpoch(run.keptAtMs);
  row.cells = {QLocale().toString(when, QLocale::ShortFormat),
               text(run.title),
               text(run.preset),
               QString::number(run.seed),
               outcomeText(run),
               tagsText(run),
               text(run.remark.empty() ? run.settings : run.remark)};
  row.id = QString::number(run.id);
  if (!run.inFile) row.emphasis = RunHistory::tr("In memory only: gone when the program ends");
  return row;
}

}  // namespace

RunHistory::RunHistory(const Theme& theme, RunArchive& archive, QWidget* window)
    : Overlay(theme, window, Place::Centre),
      theme_(theme),
      archive_(archive),
      rows_({tr("Kept"), tr("Lab"), tr("Preset"), tr("Seed"), tr("Outcome"), tr("Tags"),
             tr("Note or settings")},
            -1) {
  setAccessibleName(tr("Kept runs"));
  auto* column = new QVBoxLayout(panel());
  column->setContentsMargins(20, 14, 20, 16);
  column->setSpacing(10);
  makeHead(column);
  makeList(column);
  makeMarks(column);
  makeFoot(column);
  connect(&archive_, &RunArchive::found, this, &RunHistory::list);
  connect(&archive_, &RunArchive::changed, this, [this] {
    if (isOpen()) refresh();
  });
  showChosen();
}

void RunHistory::makeHead(QBoxLayout* column) {
  auto* head = new QHBoxLayout;
  head->addWidget(textLabel(tr("Kept runs"), "title", panel()), 1);
  auto* leave = iconButton(theme_, QStringLiteral("cross"), tr("Close (Esc)"), panel());
  connect(leave, &QToolButton::clicked, this, &Overlay::close);
  head->addWidget(leave);
  column->addLayout(head);
  auto* line = new QHBoxLayout;
  search_ = new QLineEdit(panel());
  search_->setObjectName(QStringLiteral("historySearch"));
  search_->setPlaceholderText(tr("Search lab, preset, settings, notes, tags, events, claims"));
  search_->setAccessibleName(tr("Search kept runs"));
  search_->setClearButtonEnabled(true);
  search_->addAction(theme_.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  search_->installEventFilter(this);
  connect(search_, &QLineEdit::textChanged, this, &RunHistory::refresh);
  tag_ = new QComboBox(panel());
  tag_->setObjectName(QStringLiteral("historyTag"));
  tag_->setAccessibleName(tr("Show runs with this tag"));
  tag_->addItem(tr("All tags"));
  tag_->setMinimumWidth(160);
  connect(tag_, &QComboBox::activated, this, &RunHistory::refresh);
  line->addWidget(search_, 1);
  line->addWidget(tag_);
  column->addLayout(line);
  notice_ = new Banner(theme_, panel());
  notice_->setObjectName(QStringLiteral("historyNotice"));
  column->addWidget(notice_);
}

void RunHistory::makeList(QBoxLayout* column) {
  stack_ = new QStackedWidget(panel());
  table_ = makeTable(&rows_, tr("Kept runs"), stack_);
  table_->setObjectName(QStringLiteral("historyTable"));
  table_->installEventFilter(this);
  connect(table_, &QTableView::doubleClicked, this, &RunHistory::runAgain);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunHistory::showChosen);
  empty_ = new EmptyState(theme_, QStringLiteral("clock"), tr("No run here"),
                          tr("Every run that reaches its end is kept and listed here."), stack_);
  stack_->addWidget(table_);
  stack_->addWidget(empty_);
  stack_->setMinimumSize(kWidth, kListHeight);
  column->addWidget(stack_, 1);
}

void RunHistory::makeMarks(QBoxLayout* column) {
  about_ = textLabel({}, "secondary", panel());
  about_->setObjectName(QStringLiteral("historyAbout"));
  about_->setWordWrap(true);
  about_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(about_);
  auto* line = new QHBoxLayout;
  tags_ = new QLineEdit(panel());
  tags_->setObjectName(QStringLiteral("historyTags"));
  tags_->setAccessibleName(tr("Tags of the run, parted by commas"));
  tags_->setPlaceholderText(tr("Tags, parted by commas"));
  connect(tags_, &QLineEdit::editingFinished, this, &RunHistory::keepTags);
  remark_ = new QLineEdit(panel());
  remark_->setObjectName(QStringLiteral("historyNote"));
  remark_->setAccessibleName(tr("Note on the run"));
  remark_->setPlaceholderText(tr("Note"));
  connect(remark_, &QLineEdit::editingFinished, this, &RunHistory::keepRemark);
  line->addWidget(tags_, 2);
  line->addWidget(remark_, 3);
  column->addLayout(line);
}

void RunHistory::makeFoot(QBoxLayout* column) {
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  const auto limit = [&](const char* name, const QString& label, int least, int most) {
    line->addWidget(textLabel(label, "secondary", panel()));
    auto* box = new QSpinBox(panel());
    box->setObjectName(QString::fromLatin1(name));
    box->setRange(least, most);
    box->setAccessibleName(label);
    box->setKeyboardTracking(false);
    line->addWidget(box);
    return box;
  };
  mostRuns_ = limit("historyRuns", tr("Keep last runs"), 1, 100'000);
  mostMegabytes_ = limit("historyMegabytes", tr("Up to MiB"), 1, 100'000);
  mostRuns_->setValue(static_cast<int>(archive_.limits().runs));
  mostMegabytes_->setValue(static_cast<int>(archive_.limits().bytes / kMegabyte));
  mostRuns_->setToolTip(tr("Runs with a tag or a note are never removed by themselves"));
  connect(mostRuns_, &QSpinBox::valueChanged, this, &RunHistory::keepLimits);
  connect(mostMegabytes_, &QSpinBox::valueChanged, this, &RunHistory::keepLimits);
  line->addStretch(1);
  const auto button = [&](const char* name, const QString& label, const char* kind, auto act) {
    auto* made = textButton(label, kind, panel());
    made->setObjectName(QString::fromLatin1(name));
    connect(made, &QPushButton::clicked, this, act);
    line->addWidget(made);
    return made;
  };
  remove_ = button("historyRemove", tr("Delete"), "", [this] { remove(); });
  export_ = button("historyExport", tr("Export…"), "", [this] {
    if (chosen() != nullptr) Q_EMIT exportWanted(chosen()->id);
  });
  open_ = button("historyOpen", tr("Run again"), "primary", [this] { runAgain(); });
  column->addLayout(line);
}

void RunHistory::toggle() {
  if (isOpen()) return close();
  refresh();
  Overlay::open();
  search_->setFocus();
}

void RunHistory::refresh() {
  store::RunQuery query;
  query.text = search_->text().toStdString();
  if (tag_->currentIndex() > 0) query.tag = tag_->currentText().toStdString();
  archive_.search(query);
}

void RunHistory::list(const std::vector<store::KeptRun>& runs, const QStringList& tags) {
  const QString before = chosen() == nullptr ? QString() : QString::number(chosen()->id);
  const bool first = rows_.rowCount() == 0;
  runs_ = runs;
  std::vector<Row> rows;
  rows.reserve(runs.size());
  for (const store::KeptRun& run : runs) rows.push_back(rowOf(run));
  rows_.set(std::move(rows));
  if (first) table_->resizeColumnsToContents();
  stack_->setCurrentIndex(runs_.empty() ? 1 : 0);
  const bool searching = !search_->text().isEmpty() || tag_->currentIndex() > 0;
  empty_->setSentence(searching ? tr("No kept run has all these words. Try fewer.")
                                : tr("Every run that reaches its end is kept and listed here."));
  const QString tag = tag_->currentIndex() > 0 ? tag_->currentText() : QString();
  tag_->clear();
  tag_->addItem(tr("All tags"));
  tag_->addItems(tags);
  tag_->setCurrentIndex(tag.isEmpty() ? 0 : std::max(0, tag_->findText(tag)));
  int row = 0;
  for (int i = 0; i < rows_.rowCount(); ++i) {
    if (rows_.index(i, 0).data(RowsModel::kIdRole).toString() == before) row = i;
  }
  if (!runs_.empty()) table_->selectRow(row);
  showChosen();
}

const store::KeptRun* RunHistory::chosen() const {
  const auto rows = table_->selectionModel()->selectedRows();
  if (rows.isEmpty() || rows.front().row() >= static_cast<int>(runs_.size())) return nullptr;
  return &runs_[static_cast<std::size_t>(rows.front().row())];
}

std::string RunHistory::fingerprintOf(qint64 id) const {
  const auto found = std::ranges::find(runs_, std::int64_t{id}, &store::KeptRun::id);
  return found == runs_.end() ? std::string() : found->fingerprint;
}

void RunHistory::showChosen() {
  const store::KeptRun* run = chosen();
  for (QWidget* each : std::initializer_list<QWidget*>{tags_, remark_, remove_, export_, open_}) {
    each->setEnabled(run != nullptr);
  }
  if (run == nullptr) {
    about_->clear();
    tags_->clear();
    remark_->clear();
    return;
  }
  if (!tags_->hasFocus()) tags_->setText(tagsText(*run));
  if (!remark_->hasFocus()) remark_->setText(text(run->remark));
  about_->setText(
      tr("%1, seed %2, %3 of virtual time, %4 events, fingerprint %5%6%7")
          .arg(text(run->title))
          .arg(run->seed)
          .arg(text(lab::formatDuration(run->virtualTime)))
          .arg(QLocale().toString(static_cast<qulonglong>(run->events)), text(run->fingerprint),
               run->settings.empty() ? QString() : QStringLiteral(", ") + text(run->settings),
               run->error.empty() ? QString() : tr("; failed: %1").arg(text(run->error))));
}

void RunHistory::runAgain() {
  if (chosen() == nullptr) return;
  const qint64 id = chosen()->id;
  close();
  Q_EMIT openWanted(id);
}

void RunHistory::remove() {
  const store::KeptRun* run = chosen();
  if (run == nullptr) return;
  removed_.push_back(run->id);
  archive_.remove({run->id});
  notice_->showMessage(Tone::Neutral,
                       tr("Deleted %1, seed %2.").arg(text(run->title)).arg(run->seed));
  notice_->setAction(tr("Undo"), [this] { bringBack(); });
}

void RunHistory::bringBack() {
  if (removed_.empty()) return;
  archive_.restore({removed_.back()});
  removed_.pop_back();
  notice_->hide();
}

void RunHistory::keepTags() {
  const store::KeptRun* run = chosen();
  if (run == nullptr || tags_->text() == tagsText(*run)) return;
  archive_.setTags(run->id, tags_->text().split(QLatin1Char(','), Qt::SkipEmptyParts));
}

void RunHistory::keepRemark() {
  const store::KeptRun* run = chosen();
  if (run == nullptr || remark_->text() == text(run->remark)) return;
  archive_.setRemark(run->id, remark_->text());
}

void RunHistory::keepLimits() {
  const store::Limits limits{mostRuns_->value(), mostMegabytes_->value() * kMegabyte};
  archive_.setLimits(limits);
  Q_EMIT limitsChanged(limits);
}

void RunHistory::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Undo)) return bringBack();
  Overlay::keyPressEvent(event);
}

bool RunHistory::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && (watched == table_ || watched == search_)) {
    auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter) return runAgain(), true;
    if (watched == table_ && key->key() == Qt::Key_Delete) return remove(), true;
    if (watched == table_ && key->matches(QKeySequence::Undo)) return bringBack(), true;
    if (watched == search_ && key->key() == Qt::Key_Down) return table_->setFocus(), true;
  }
  return Overlay::eventFilter(watched, event);
}

}  // namespace ringside::views
