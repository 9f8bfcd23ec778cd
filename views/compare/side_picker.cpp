#include "views/compare/side_picker.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "engine/run/plan_text.h"
#include "views/shell/widgets.h"

namespace ringside::views {

SidePicker::SidePicker(const QString& name, const lab::LabInfo& info, QWidget* parent)
    : QWidget(parent),
      info_(info),
      preset_(new QComboBox(this)),
      changes_(new QLineEdit(this)),
      error_(textLabel({}, "error", this)) {
  for (const lab::Preset& preset : info.presets) {
    preset_->addItem(QString::fromStdString(preset.label), QString::fromStdString(preset.id));
    preset_->setItemData(preset_->count() - 1, QString::fromStdString(preset.help),
                         Qt::ToolTipRole);
  }
  preset_->setObjectName(QStringLiteral("preset") + name);
  preset_->setAccessibleName(tr("Preset of side %1").arg(name));
  changes_->setObjectName(QStringLiteral("changes") + name);
  changes_->setAccessibleName(tr("Changed parameters of side %1").arg(name));
  changes_->setPlaceholderText(tr("NAME=VALUE …"));
  error_->setObjectName(QStringLiteral("error") + name);
  error_->setWordWrap(true);
  error_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(textLabel(name, "group", this));
  row->addWidget(preset_);
  row->addWidget(changes_, 1);
  column->addLayout(row);
  column->addWidget(error_);
  connect(preset_, &QComboBox::currentIndexChanged, this, &SidePicker::validate);
  connect(changes_, &QLineEdit::textChanged, this, &SidePicker::validate);
}

void SidePicker::set(const QString& preset, const QString& changes) {
  const int index = preset_->findData(preset);
  if (index >= 0) preset_->setCurrentIndex(index);
  changes_->setText(changes);
}

std::optional<run::RunPlan> SidePicker::plan() const {
  run::RunPlan base;
  base.labId = info_.id;
  base.preset = preset_->currentData().toString().toStdString();
  auto plan = run::planWith(info_, std::move(base), changes_->text().toStdString());
  if (!plan) return std::nullopt;
  return std::move(*plan);
}

void SidePicker::validate() {
  run::RunPlan base;
  base.labId = info_.id;
  const auto plan = run::planWith(info_, std::move(base), changes_->text().toStdString());
  error_->setText(plan ? QString() : QString::fromStdString(plan.error().message));
  error_->setVisible(!plan.has_value());
  Q_EMIT changed();
}

}  // namespace ringside::views
