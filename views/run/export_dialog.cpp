#include "views/run/export_dialog.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kWidth = 460;
constexpr int kPerCent = 100;
constexpr int kLookMillis = 50;

// What is wrong with a folder before anything is written; empty when it can be used or made.
QString folderTrouble(const QString& path) {
  if (path.trimmed().isEmpty()) return ExportDialog::tr("Choose a folder.");
  QFileInfo info(path);
  if (info.exists()) {
    if (!info.isDir()) return ExportDialog::tr("%1 is a file; choose a folder.").arg(path);
    if (!info.isWritable()) {
      return ExportDialog::tr("%1 cannot be written to; choose another folder.").arg(path);
    }
    return {};
  }
  while (!info.exists() && info.path() != info.filePath()) info.setFile(info.path());
  if (!info.isDir() || !info.isWritable()) {
    return ExportDialog::tr("%1 cannot be made; choose another folder.").arg(path);
  }
  return {};
}

}  // namespace

ExportDialog::ExportDialog(const Theme& theme, std::vector<ExportFormat> formats, ExportWork work,
                           QWidget* parent)
    : QDialog(parent), theme_(theme), formats_(std::move(formats)), work_(std::move(work)) {
  setWindowTitle(tr("Export this run"));
  setFixedWidth(kWidth);
  look_.setInterval(kLookMillis);
  connect(&look_, &QTimer::timeout, this, &ExportDialog::look);
  makeForm();
  makeButtons();
  validate();
  setBusy(false);
}

ExportDialog::~ExportDialog() {
  askToStop();
  if (worker_.joinable()) worker_.join();
}

void ExportDialog::makeForm() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 20, 20, 16);
  column->setSpacing(12);
  form_ = new QWidget(this);
  auto* inside = new QVBoxLayout(form_);
  inside->setContentsMargins(0, 0, 0, 0);
  inside->setSpacing(8);
  inside->addWidget(textLabel(tr("Formats"), "group", form_));
  for (const ExportFormat& format : formats_) {
    auto* box = new QCheckBox(format.label, form_);
    box->setObjectName(QStringLiteral("format:") + text(format.name));
    box->setChecked(true);
    box->setAccessibleDescription(format.help);
    connect(box, &QCheckBox::toggled, this, &ExportDialog::validate);
    inside->addWidget(box);
    auto* help = textLabel(format.help, "tertiary", form_);
    help->setContentsMargins(26, 0, 0, 4);
    help->setWordWrap(true);
    inside->addWidget(help);
    boxes_.push_back(box);
  }
  auto* head = textLabel(tr("Folder"), "group", form_);
  head->setContentsMargins(0, 8, 0, 0);
  inside->addWidget(head);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  folder_ = new QLineEdit(form_);
  folder_->setObjectName(QStringLiteral("exportFolder"));
  folder_->setAccessibleName(tr("Folder to export to"));
  connect(folder_, &QLineEdit::textChanged, this, &ExportDialog::validate);
  auto* choose = textButton(tr("Browse"), "", form_);
  choose->setAccessibleName(tr("Browse for a folder"));
  connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
  line->addWidget(folder_, 1);
  line->addWidget(choose);
  inside->addLayout(line);
  error_ = textLabel({}, "error", form_);
  error_->setObjectName(QStringLiteral("exportError"));
  error_->setWordWrap(true);
  inside->addWidget(error_);
  column->addWidget(form_);
}

void ExportDialog::makeButtons() {
  auto* column = qobject_cast<QVBoxLayout*>(layout());
  progress_ = new QProgressBar(this);
  progress_->setRange(0, kPerCent);
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("Export progress"));
  column->addWidget(progress_);
  result_ = new Banner(theme_, this);
  result_->setObjectName(QStringLiteral("exportResult"));
  column->addWidget(result_);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  line->addStretch(1);
  cancel_ = textButton(tr("Close"), "", this);
  cancel_->setObjectName(QStringLiteral("exportCancel"));
  connect(cancel_, &QPushButton::clicked, this, &ExportDialog::reject);
  go_ = textButton(tr("Export"), "primary", this);
  go_->setObjectName(QStringLiteral("exportGo"));
  go_->setDefault(true);
  connect(go_, &QPushButton::clicked, this, &ExportDialog::start);
  line->addWidget(cancel_);
  line->addWidget(go_);
  column->addLayout(line);
}

void ExportDialog::setFolder(const QString& folder) { folder_->setText(folder); }
QString ExportDialog::folder() const { return folder_->text().trimmed(); }

void ExportDialog::browse() {
  const QString start = QDir(folder()).exists() ? folder() : QDir::homePath();
  const QString chosen = QFileDialog::getExistingDirectory(this, tr("Export to"), start);
  if (!chosen.isEmpty()) setFolder(chosen);
}

void ExportDialog::validate() {
  const bool any =
      std::any_of(boxes_.begin(), boxes_.end(), [](const auto* box) { return box->isChecked(); });
  const QString trouble = folderTrouble(folder());
  // An empty folder is not yet a mistake; the button waits for it.
  const bool wrong = !trouble.isEmpty() && !folder().isEmpty();
  const QString sentence = !any ? tr("Choose at least one format.") : wrong ? trouble : QString();
  setStyleProperty(folder_, "invalid", wrong ? "true" : "false");
  error_->setText(sentence);
  error_->setVisible(!sentence.isEmpty());
  if (go_ != nullptr) go_->setEnabled(any && trouble.isEmpty() && !isBusy());
}

void ExportDialog::setBusy(bool busy) {
  form_->setEnabled(!busy);
  progress_->setVisible(busy);
  progress_->setValue(0);
  cancel_->setText(busy ? tr("Cancel") : tr("Close"));
  cancel_->setEnabled(true);
  validate();
  fit();
}

// Parts of the dialog come and go; its height follows, so that nothing is squeezed.
void ExportDialog::fit() {
  layout()->activate();
  resize(width(), layout()->totalHeightForWidth(width()));
}

void ExportDialog::start() {
  ExportWish wish;
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    if (boxes_[i]->isChecked()) wish.formats.push_back(formats_[i].name);
  }
  wish.folder = folder().toStdString();
  result_->hide();
  shared_.stop = false;  // No thread runs, so no lock.
  shared_.part = 0;
  worker_ = std::thread([this, wish] {
    const auto tell = [this](double part) {
      const std::lock_guard lock(shared_.mutex);
      shared_.part = part;
      return !shared_.stop;
    };
    Result<ExportOutcome> result = work_(wish, tell);
    const std::lock_guard lock(shared_.mutex);
    shared_.result = std::move(result);
  });
  look_.start();
  setBusy(true);
}

void ExportDialog::askToStop() {
  const std::lock_guard lock(shared_.mutex);
  shared_.stop = true;
}

void ExportDialog::look() {
  std::optional<Result<ExportOutcome>> result;
  {
    const std::lock_guard lock(shared_.mutex);
    progress_->setValue(qRound(shared_.part * kPerCent));
    result = std::exchange(shared_.result, std::nullopt);
  }
  if (result) finish(*result);
}

void ExportDialog::finish(const Result<ExportOutcome>& result) {
  look_.stop();
  worker_.join();
  setBusy(false);
  result_->setAction({});
  if (!result) {
    result_->showMessage(Tone::Error, tr("Export failed: %1").arg(text(result.error().message)));
    result_->setAction(tr("Retry"), [this] { start(); });
    return fit();
  }
  const int count = static_cast<int>(result->files.size());
  if (result->cancelled) {
    result_->showMessage(Tone::Warn, tr("Cancelled; %1 files were already written.").arg(count));
    return fit();
  }
  result_->showMessage(Tone::Ok,
                       count == 1 ? tr("1 file written.") : tr("%1 files written.").arg(count));
  result_->setAction(tr("Open folder"), [this] { openFolder(); });
  fit();
  Q_EMIT exported(folder());
}

void ExportDialog::openFolder() {
  if (QDesktopServices::openUrl(QUrl::fromLocalFile(folder()))) return;
  result_->setAction({});
  result_->showMessage(Tone::Warn,
                       tr("No file manager answered. The files are in %1.").arg(folder()));
}

void ExportDialog::reject() {
  if (!isBusy()) return QDialog::reject();
  askToStop();
  cancel_->setEnabled(false);
  cancel_->setText(tr("Stopping"));
}

}  // namespace ringside::views
