#include "views/run/knob_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "views/run/knob_row.h"
#include "views/run/run_session.h"
#include "views/run/run_text.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr std::size_t kManyKnobs = 12;  // From here on there is a search.
constexpr int kSide = 12;

}  // namespace

KnobPanel::KnobPanel(RunSession& session, const Theme& theme, QWidget* parent)
    : QWidget(parent), session_(session), theme_(theme) {
  setAccessibleName(tr("Parameters"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(8);
  makeTop(column);
  makeWaiting(column);
  scroll_ = new QScrollArea(this);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  column->addWidget(scroll_, 1);
  connect(&session_, &RunSession::opened, this, [this] {
    if (text(session_.info().id) != labId_) rebuild();
  });
  connect(&session_, &RunSession::knobsChanged, this, &KnobPanel::refresh);
  if (session_.isOpen()) rebuild();
  refresh();
}

void KnobPanel::makeTop(QVBoxLayout* column) {
  auto* top = new QVBoxLayout;
  top->setContentsMargins(kSide, 0, kSide, 0);
  top->setSpacing(8);
  presets_ = new QComboBox(this);
  presets_->setObjectName(QStringLiteral("presets"));
  presets_->setAccessibleName(tr("Preset"));
  presets_->setToolTip(tr("A set of parameter values; choosing one starts the run anew."));
  presets_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  presets_->setMinimumContentsLength(8);
  connect(presets_, &QComboBox::activated, this,
          [this](int index) { session_.choosePreset(presets_->itemData(index).toString()); });
  top->addWidget(presets_);
  auto* line = new QHBoxLayout;
  line->setSpacing(4);
  modified_ = new Pill(theme_, this);
  modified_->setObjectName(QStringLiteral("modified"));
  line->addWidget(modified_);
  line->addStretch(1);
  resetAll_ = iconButton(theme_, QStringLiteral("reset"), tr("Reset all parameters"), this);
  resetAll_->setObjectName(QStringLiteral("resetAll"));
  connect(resetAll_, &QToolButton::clicked, &session_, &RunSession::resetKnobs);
  line->addWidget(resetAll_);
  top->addLayout(line);
  search_ = new QLineEdit(this);
  search_->setObjectName(QStringLiteral("knobSearch"));
  search_->setPlaceholderText(tr("Search parameters"));
  search_->setAccessibleName(tr("Search parameters"));
  search_->setClearButtonEnabled(true);
  search_->addAction(theme_.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  connect(search_, &QLineEdit::textChanged, this, &KnobPanel::filter);
  top->addWidget(search_);
  column->addLayout(top);
}

void KnobPanel::makeWaiting(QVBoxLayout* column) {
  waiting_ = new QWidget(this);
  waiting_->setObjectName(QStringLiteral("waiting"));
  auto* box = new QVBoxLayout(waiting_);
  box->setContentsMargins(kSide, 0, kSide, 0);
  box->setSpacing(4);
  waitingText_ = textLabel({}, "warn", waiting_);
  waitingText_->setWordWrap(true);
  box->addWidget(waitingText_);
  auto* apply = textButton(tr("Restart to apply"), "", waiting_);
  apply->setObjectName(QStringLiteral("applyWaiting"));
  connect(apply, &QPushButton::clicked, this, [this] { session_.restart(RunSession::Then::Hold); });
  box->addWidget(apply);
  waiting_->hide();
  column->addWidget(waiting_);
}

KnobPanel::Group& KnobPanel::groupOf(const QString& name, QVBoxLayout* column) {
  const auto known = std::find_if(groups_.begin(), groups_.end(),
                                  [&](const Group& group) { return group.name == name; });
  if (known != groups_.end()) return *known;
  Group group;
  group.name = name;
  group.head = textButton(name, "section", scroll_->widget());
  group.head->setObjectName(QStringLiteral("group:") + name);
  group.head->setFixedHeight(28);
  group.body = new QWidget(scroll_->widget());
  auto* rows = new QVBoxLayout(group.body);
  rows->setContentsMargins(0, 0, 0, 4);
  rows->setSpacing(2);
  column->addWidget(group.head);
  column->addWidget(group.body);
  connect(group.head, &QPushButton::clicked, this, [this, name] {
    for (Group& each : groups_) {
      if (each.name == name) foldGroup(each, !each.folded);
    }
  });
  groups_.push_back(group);
  return groups_.back();
}

void KnobPanel::rebuild() {
  labId_ = text(session_.info().id);
  groups_.clear();
  auto* page = new QWidget;
  delete scroll_->takeWidget();
  scroll_->setWidget(page);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(kSide - 8, 0, kSide, kSide);
  column->setSpacing(2);
  for (const lab::ParameterSpec& spec : session_.info().knobs) {
    Group& group = groupOf(text(spec.group.empty() ? std::string("General") : spec.group), column);
    auto* row = new KnobRow(spec, theme_, group.body);
    group.body->layout()->addWidget(row);
    group.rows.push_back(row);
    connect(row, &KnobRow::turned, &session_, &RunSession::turnKnob);
  }
  noHit_ = new EmptyState(theme_, QStringLiteral("search"), tr("No parameter matches"),
                          tr("Search looks in names, groups and descriptions."), page);
  noHit_->setAction(tr("Clear search"), [this] { search_->clear(); });
  noHit_->hide();
  column->addWidget(noHit_);
  column->addStretch(1);
  search_->clear();
  search_->setVisible(session_.info().knobs.size() > kManyKnobs);
  refreshPresets();
  for (Group& group : groups_) foldGroup(group, false);
}

void KnobPanel::refreshPresets() {
  presets_->clear();
  for (const lab::Preset& preset : session_.info().presets) {
    presets_->addItem(text(preset.label), text(preset.id));
    presets_->setItemData(presets_->count() - 1, text(preset.help), Qt::ToolTipRole);
  }
  presets_->setVisible(presets_->count() > 0);
}

void KnobPanel::refresh() {
  const bool open = session_.isOpen();
  setEnabled(open);
  if (!open) return;
  const KnobSheet& knobs = session_.knobs();
  for (Group& group : groups_) {
    for (KnobRow* row : group.rows) row->show(knobs);
    showGroup(group);
  }
  presets_->setCurrentIndex(presets_->findData(text(knobs.presetId())));
  const int changed = knobs.changedCount();
  modified_->set(changed > 0 ? tr("Modified: %1 changed").arg(changed) : tr("As the preset"),
                 changed > 0 ? Tone::Accent : Tone::Neutral,
                 changed > 0 ? QStringLiteral("sliders") : QStringLiteral("check"));
  resetAll_->setEnabled(changed > 0);
  const bool begun = session_.frame() && session_.frame()->events > 0;
  const int waits = begun ? knobs.waitingCount() : 0;
  waiting_->setVisible(waits > 0);
  waitingText_->setText(waits == 1 ? tr("1 parameter waits for the next start.")
                                   : tr("%1 parameters wait for the next start.").arg(waits));
}

void KnobPanel::showGroup(Group& group) {
  const auto changed = std::count_if(group.rows.begin(), group.rows.end(),
                                     [](const KnobRow* row) { return row->isChanged(); });
  const QString words =
      changed > 0 ? tr("%1  (%2 changed)").arg(group.name).arg(changed) : group.name;
  group.head->setText(words);
  const QString icon =
      group.folded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down");
  group.head->setIcon(theme_.icon(icon));
  group.head->setIconSize(QSize(12, 12));
  group.head->setAccessibleName(group.folded ? tr("%1, folded").arg(words)
                                             : tr("%1, unfolded").arg(words));
}

void KnobPanel::foldGroup(Group& group, bool folded) {
  group.folded = folded;
  group.body->setVisible(!folded);
  showGroup(group);
}

void KnobPanel::filter() {
  const QString wanted = search_->text().trimmed();
  int hits = 0;
  for (Group& group : groups_) {
    int inGroup = 0;
    for (KnobRow* row : group.rows) {
      const bool hit = row->matches(wanted);
      row->setVisible(hit);
      inGroup += hit ? 1 : 0;
    }
    hits += inGroup;
    group.head->setVisible(inGroup > 0);
    group.body->setVisible(inGroup > 0 && (!wanted.isEmpty() || !group.folded));
  }
  if (noHit_ != nullptr) noHit_->setVisible(hits == 0);
}

void KnobPanel::reveal(const QString& key) {
  for (Group& group : groups_) {
    for (KnobRow* row : group.rows) {
      if (text(row->spec().key) != key) continue;
      search_->clear();
      if (group.folded) foldGroup(group, false);
      scroll_->widget()->layout()->activate();
      scroll_->ensureWidgetVisible(group.head, 0, 0);
      scroll_->ensureWidgetVisible(row, 0, kSide);
      return;
    }
  }
}

// A component's parameters are those whose key begins with its kind or whose group has its name.
void KnobPanel::reveal(const lab::TopologyNode& node) {
  const QString kind = text(node.kind);
  for (const Group& group : groups_) {
    for (const KnobRow* row : group.rows) {
      const QString key = text(row->spec().key);
      const bool named = group.name.compare(text(node.label), Qt::CaseInsensitive) == 0 ||
                         group.name.compare(kind, Qt::CaseInsensitive) == 0 ||
                         key.startsWith(kind + u'.') || key.startsWith(text(node.id) + u'.');
      if (named) return reveal(key);
    }
  }
}

}  // namespace ringside::views
