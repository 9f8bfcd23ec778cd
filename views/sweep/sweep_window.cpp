#include "views/sweep/sweep_window.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/lab/fault.h"
#include "engine/metrics/format_value.h"
#include "engine/run/parallel.h"
#include "views/run/rows_model.h"
#include "views/run/tables.h"
#include "views/shell/widgets.h"
#include "views/sweep/sweep_plot.h"

namespace ringside::views {
namespace {

constexpr int kLookMs = 50;
constexpr int kPerMille = 1000;

template <class T>
T* named(T* widget, const char* objectName, const QString& accessibleName) {
  widget->setObjectName(QString::fromLatin1(objectName));
  widget->setAccessibleName(accessibleName);
  return widget;
}

QString textOf(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

SweepWindow::SweepWindow(const Theme& theme, const lab::LabInfo& info, const run::RunPlan& open,
                         QWidget* parent)
    : QDialog(parent), theme_(theme), info_(info), base_(open) {
  setWindowTitle(tr("Sweep of %1").arg(textOf(info.title)));
  setObjectName(QStringLiteral("sweepWindow"));
  resize(1100, 760);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 12, 16, 12);
  column->setSpacing(8);
  column->addWidget(makeAxes());
  column->addWidget(makeOptions());
  error_ = named(textLabel({}, "error", this), "sweepError", tr("What is wrong"));
  error_->setWordWrap(true);
  column->addWidget(error_);
  progress_ = named(new QProgressBar(this), "sweepProgress", tr("Progress of the sweep"));
  progress_->setRange(0, kPerMille);
  progress_->setTextVisible(false);
  column->addWidget(progress_);
  column->addWidget(makeResult(), 1);
  look_.setInterval(kLookMs);
  connect(&look_, &QTimer::timeout, this, &SweepWindow::look);
  validate();
}

SweepWindow::~SweepWindow() = default;

SweepWindow::AxisFields SweepWindow::makeAxis(const QString& number, bool optional) {
  AxisFields fields{new QComboBox(this), new QLineEdit(this)};
  fields.key->setObjectName(QStringLiteral("axis") + number);
  fields.key->setAccessibleName(tr("Parameter of axis %1").arg(number));
  if (optional) fields.key->addItem(tr("none"), QString());
  for (const lab::ParameterSpec& spec : info_.knobs) {
    fields.key->addItem(textOf(spec.label), textOf(spec.key));
    fields.key->setItemData(fields.key->count() - 1, textOf(spec.help), Qt::ToolTipRole);
  }
  fields.key->addItem(tr("Preset"), QString::fromLatin1(run::kPresetAxis.data()));
  fields.values->setObjectName(QStringLiteral("values") + number);
  fields.values->setAccessibleName(tr("Values of axis %1").arg(number));
  fields.values->setPlaceholderText(tr("V1, V2, …"));
  connect(fields.key, &QComboBox::currentIndexChanged, this, &SweepWindow::validate);
  connect(fields.values, &QLineEdit::textChanged, this, &SweepWindow::validate);
  return fields;
}

QWidget* SweepWindow::makeAxes() {
  auto* area = new QWidget(this);
  auto* row = new QHBoxLayout(area);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  axes_ = {makeAxis(QStringLiteral("1"), false), makeAxis(QStringLiteral("2"), true)};
  for (const AxisFields& axis : axes_) {
    row->addWidget(axis.key);
    row->addWidget(axis.values, 1);
  }
  return area;
}

QWidget* SweepWindow::makeOptions() {
  auto* options = new QWidget(this);
  auto* row = new QHBoxLayout(options);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  const Duration length = base_.length > Duration::zero() ? base_.length : info_.usualLength;
  length_ = named(new QLineEdit(textOf(lab::formatDuration(length)), options), "sweepLength",
                  tr("Length in virtual time"));
  replications_ = named(new QSpinBox(options), "sweepReplications", tr("Replications"));
  replications_->setRange(1, 1000);
  replications_->setValue(3);
  statistic_ = named(new QComboBox(options), "sweepStatistic", tr("Statistic on show"));
  statistic_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  go_ = named(textButton(tr("Sweep"), "primary", options), "sweepGo", tr("Sweep"));
  go_->setDefault(true);
  const std::pair<QString, QWidget*> fields[] = {
      {tr("Length"), length_}, {tr("Replications"), replications_}, {tr("Show"), statistic_}};
  for (const auto& [text, field] : fields) {
    auto* label = textLabel(text, "secondary", options);
    label->setBuddy(field);
    row->addWidget(label);
    row->addWidget(field);
  }
  length_->setMaximumWidth(110);
  row->addStretch(1);
  row->addWidget(go_);
  connect(length_, &QLineEdit::textChanged, this, &SweepWindow::validate);
  connect(statistic_, &QComboBox::currentIndexChanged, this, &SweepWindow::showResult);
  connect(go_, &QPushButton::clicked, this, [this] {
    if (isBusy()) {
      end(false);
    } else {
      start();
    }
  });
  return options;
}

QWidget* SweepWindow::makeResult() {
  auto* down = new QSplitter(Qt::Vertical, this);
  plot_ = new SweepPlot(theme_, down);
  down->addWidget(plot_);
  rows_ = new RowsModel({tr("Point"), tr("Runs"), tr("Mean"), tr("95 % interval")}, 1, this);
  auto* table = makeTable(rows_, tr("Points of the sweep"), down);
  table->setObjectName(QStringLiteral("sweepTable"));
  table->setColumnWidth(0, 320);
  table->setColumnWidth(2, 140);
  down->addWidget(table);
  down->setStretchFactor(0, 3);
  down->setStretchFactor(1, 2);
  return down;
}

Result<run::SweepRequest> SweepWindow::request() const {
  run::SweepRequest made;
  made.base = base_;
  made.replications = replications_->value();
  made.threads = std::max(1U, run::allCores() - 1);  // One core is left to the window.
  const auto length = lab::parseDuration(length_->text().trimmed().toStdString());
  if (!length) return length.error();
  if (*length <= Duration::zero()) return Error{"a run lasts longer than 0"};
  made.base.length = *length;
  for (const AxisFields& fields : axes_) {
    const QString key = fields.key->currentData().toString();
    if (key.isEmpty()) continue;
    run::SweepAxis axis{key.toStdString(), {}};
    for (const QString& value : fields.values->text().split(QChar(u','), Qt::SkipEmptyParts)) {
      axis.texts.push_back(value.trimmed().toStdString());
    }
    made.axes.push_back(std::move(axis));
  }
  return run::checked(std::move(made));
}

void SweepWindow::validate() {
  if (isBusy() || go_ == nullptr || error_ == nullptr) return;
  const auto made = request();
  const bool blank = axes_[0].values->text().trimmed().isEmpty();  // No reproach for that yet.
  error_->setText(made || blank ? QString() : textOf(made.error().message));
  error_->setVisible(!error_->text().isEmpty());
  go_->setEnabled(made.has_value());
}

void SweepWindow::start() {
  auto made = request();
  if (isBusy() || !made) return;
  swept_ = std::move(*made);
  measured_.clear();
  rows_->set({});
  plot_->set(swept_.axes, {}, metrics::Unit::None);
  go_->setText(tr("Stop"));
  go_->setAccessibleName(tr("Stop the sweep"));
  worker_ = std::make_unique<run::SweepWorker>(swept_);
  look_.start();
}

void SweepWindow::look() {
  progress_->setValue(static_cast<int>(worker_->part() * kPerMille));
  const bool over = worker_->isOver();  // Before the rows: none comes after it.
  std::vector<run::SweepRow> rows = worker_->takeRows();
  if (!rows.empty()) {
    std::ranges::move(rows, std::back_inserter(measured_));
    showResult();
  }
  if (!over) return;
  const std::string why = worker_->error();
  end(why.empty());
  if (why.empty()) return;
  error_->setText(textOf(why));
  error_->show();
}

void SweepWindow::showResult() {
  if (measured_.empty()) return;
  if (statistic_->count() == 0) {
    const QSignalBlocker quiet(statistic_);
    for (const run::Statistic& each : measured_.front().outcome.statistics) {
      statistic_->addItem(textOf(each.name), static_cast<int>(each.unit));
      const bool first = statistic_->count() == 1;
      if (!first && each.name.starts_with("mean(") &&
          !statistic_->currentText().startsWith(QStringLiteral("mean("))) {
        statistic_->setCurrentIndex(statistic_->count() - 1);
      }
    }
  }
  const auto unit = static_cast<metrics::Unit>(statistic_->currentData().toInt());
  auto points = run::summaryOf(measured_, statistic_->currentText().toStdString());
  const auto figure = [unit](double value) { return textOf(metrics::formatValue(value, unit)); };
  std::vector<Row> rows;
  for (const run::SweepPoint& point : points) {
    QStringList at;
    for (std::size_t i = 0; i < point.values.size(); ++i) {
      at << textOf(swept_.axes[i].key + "=" + point.values[i]);
    }
    const QString interval =
        point.interval
            ? tr("%1 to %2").arg(figure(point.interval->low()), figure(point.interval->high()))
            : QStringLiteral("\u2013");
    rows.push_back(
        {{at.join(QChar(u' ')), QString::number(point.runs), figure(point.mean), interval},
         at.join(QChar(u' ')),
         {}});
  }
  rows_->set(std::move(rows));
  plot_->set(swept_.axes, std::move(points), unit);
}

void SweepWindow::end(bool complete) {
  look_.stop();
  worker_.reset();
  progress_->setValue(complete ? kPerMille : 0);
  go_->setText(tr("Sweep"));
  go_->setAccessibleName(tr("Sweep"));
  validate();
  Q_EMIT swept(complete);
}

void SweepWindow::reject() {
  if (isBusy()) return end(false);
  QDialog::reject();
}

}  // namespace ringside::views
