#include "views/shell/workbench.h"

#include <QDataStream>
#include <QHBoxLayout>
#include <QIODevice>
#include <QPainter>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "views/pages/question_pane.h"
#include "views/pages/scenario_browser.h"
#include "views/shell/pane_stage.h"
#include "views/shell/scenario_rail.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

constexpr int kGutter = 8;
constexpr int kBottomHeight = 88;
constexpr int kStatusHeight = 24;

QSplitter* splitter(Qt::Orientation orientation) {
  auto* made = new QSplitter(orientation);
  made->setHandleWidth(kGutter);
  made->setChildrenCollapsible(false);
  return made;
}

// A card's surface without its header.
class Surface : public QFrame {
 public:
  explicit Surface(const Theme& theme) : theme_(theme) {}

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme_.tokens().border);
    painter.setBrush(theme_.tokens().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Card::kRadius,
                            Card::kRadius);
  }

 private:
  const Theme& theme_;
};

}  // namespace

Workbench::Workbench(const Theme& theme, ScenarioBrowser* browser, const ScenarioModel& model,
                     QuestionPane* question, const RunPanes& panes, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      browser_(browser),
      rail_(new ScenarioRail(theme, model)),
      question_(question),
      across_(splitter(Qt::Horizontal)),
      down_(splitter(Qt::Vertical)),
      beside_(splitter(Qt::Horizontal)),
      right_(new QTabWidget),
      top_(new QWidget),
      stage_(nullptr) {
  browser_->setMinimumWidth(230);
  across_->addWidget(browser_);
  across_->addWidget(makeCentre(panes));
  across_->addWidget(makeRight(panes));
  across_->setStretchFactor(0, 0);
  across_->setStretchFactor(1, 1);
  across_->setStretchFactor(2, 0);
  auto* row = new QHBoxLayout(top_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGutter);
  row->addWidget(rail_);
  row->addWidget(across_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kGutter, 0, kGutter, 0);
  column->setSpacing(kGutter);
  column->addWidget(top_, 1);
  column->addWidget(makeBottom(panes));
  panes.status->setFixedHeight(kStatusHeight);
  column->addWidget(panes.status);
  column->setSpacing(kGutter);
  rail_->hide();
  stage_ = new PaneStage(top_);
  stage_->adopt();
  connect(rail_, &ScenarioRail::openWanted, this, &Workbench::revealScenarios);
  connect(browser_, &ScenarioBrowser::scenarioChosen, this, &Workbench::closeDrawer);
  connect(question_, &QuestionPane::foldedChanged, this, &Workbench::fitQuestion);
}

QWidget* Workbench::makeCentre(const RunPanes& panes) {
  beside_->addWidget(panes.canvas);
  beside_->addWidget(panes.internals);
  panes.canvas->setMinimumWidth(280);
  panes.internals->setMinimumWidth(220);
  down_->addWidget(question_);
  down_->addWidget(beside_);
  down_->addWidget(panes.charts);
  beside_->setMinimumHeight(150);
  panes.charts->setMinimumHeight(110);
  down_->setStretchFactor(0, 0);
  down_->setStretchFactor(1, 3);
  down_->setStretchFactor(2, 2);
  return down_;
}

QWidget* Workbench::makeRight(const RunPanes& panes) {
  auto* surface = new Surface(theme_);
  auto* column = new QVBoxLayout(surface);
  column->setContentsMargins(6, 4, 6, 6);
  column->addWidget(right_);
  right_->addTab(panes.parameters, tr("Parameters"));
  right_->addTab(panes.inspector, tr("Inspector"));
  right_->addTab(panes.claims, tr("Claims"));
  right_->setAccessibleName(tr("Parameters, inspector and claims"));
  right_->tabBar()->setAccessibleName(right_->accessibleName());
  right_->tabBar()->setFont(theme_.text(12));
  right_->setUsesScrollButtons(false);
  right_->setDocumentMode(true);
  surface->setMinimumWidth(236);
  return surface;
}

QWidget* Workbench::makeBottom(const RunPanes& panes) {
  auto* surface = new Surface(theme_);
  surface->setFixedHeight(kBottomHeight);
  auto* row = new QHBoxLayout(surface);
  row->setContentsMargins(12, 6, 12, 6);
  row->setSpacing(16);
  row->addWidget(panes.transport);
  row->addWidget(panes.timeline, 1);
  return surface;
}

void Workbench::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  adapt();
}

void Workbench::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (laidOut_) return;
  laidOut_ = true;
  adapt();
  applyLayout();
}

void Workbench::adapt() {
  const WorkbenchSizes sizes =
      sizesFor(perspective_, {window()->width(), window()->height(), top_->height()});
  const bool was = narrow_;
  narrow_ = sizes.narrow;
  question_->setMinimumHeight(question_->isFolded()      ? 0
                              : window()->height() < 900 ? QuestionPane::kCompactHeight
                                                         : QuestionPane::kUsualHeight);
  const bool drawer = narrow_ || folded_;
  rail_->setVisible(drawer && stage_->maximized() == nullptr);
  if (drawer && browser_->parentWidget() == across_) {
    browser_->hide();
    browser_->setParent(this);
  } else if (!drawer && browser_->parentWidget() != across_) {
    across_->insertWidget(0, browser_);
    browser_->show();
  }
  placeDrawer();
  if (was != narrow_ && laidOut_) applyDefaults();
}

void Workbench::placeDrawer() {
  if (browser_->parentWidget() != this) return;
  browser_->setGeometry(kGutter, 0, 300, top_->height());
}

void Workbench::applyDefaults() {
  const WorkbenchSizes sizes =
      sizesFor(perspective_, {window()->width(), window()->height(), top_->height()});
  question_->setFolded(sizes.questionFolded);
  const int centre = sizes.canvas + sizes.internals;
  if (across_->count() == 3) {
    across_->setSizes({sizes.browser, centre, sizes.right});
  } else {
    across_->setSizes({centre, sizes.right});
  }
  down_->setSizes(
      {sizes.questionFolded ? Card::kHeaderHeight + 2 : sizes.question, sizes.stage, sizes.charts});
  beside_->setSizes({sizes.canvas, sizes.internals});
}

void Workbench::setPerspective(Perspective perspective) {
  stage_->restore();
  if (laidOut_) keepLayout();
  perspective_ = perspective;
  if (laidOut_) applyLayout();
}

void Workbench::resetLayout() {
  stage_->restore();
  layouts_ = {};
  if (folded_) toggleScenarios();
  applyDefaults();
}

void Workbench::keepLayout() {
  QByteArray& kept = layouts_[static_cast<std::size_t>(perspective_)];
  kept.clear();
  QDataStream stream(&kept, QIODevice::WriteOnly);
  stream << window()->size() << narrow_ << question_->isFolded() << across_->saveState()
         << down_->saveState() << beside_->saveState();
}

// A layout kept from a window of another size would be no layout of this one.
void Workbench::applyLayout() {
  applyDefaults();
  QDataStream stream(layouts_[static_cast<std::size_t>(perspective_)]);
  QSize size;
  bool narrow = false;
  bool folded = false;
  QByteArray across;
  QByteArray down;
  QByteArray beside;
  stream >> size >> narrow >> folded >> across >> down >> beside;
  if (stream.status() != QDataStream::Ok || size != window()->size() || narrow != narrow_) return;
  question_->setFolded(folded);
  across_->restoreState(across);
  down_->restoreState(down);
  beside_->restoreState(beside);
}

std::array<QByteArray, kPerspectives> Workbench::layouts() {
  if (laidOut_) keepLayout();
  return layouts_;
}

void Workbench::setLayouts(const std::array<QByteArray, kPerspectives>& layouts) {
  layouts_ = layouts;
}

void Workbench::toggleScenarios() {
  if (narrow_) {
    if (!closeDrawer()) revealScenarios();
    return;
  }
  folded_ = !folded_;
  adapt();
  applyDefaults();
}

bool Workbench::closeDrawer() {
  if (browser_->parentWidget() != this || browser_->isHidden()) return false;
  browser_->hide();
  return true;
}

void Workbench::revealScenarios(int group) {
  stage_->restore();
  placeDrawer();
  browser_->show();
  browser_->raise();
  if (group >= 0) {
    browser_->showGroup(group);
  } else {
    browser_->focusSearch();
  }
}

void Workbench::fitQuestion() {
  const bool folded = question_->isFolded();
  question_->setMaximumHeight(folded ? Card::kHeaderHeight + 2 : QWIDGETSIZE_MAX);
  adapt();
  if (folded) return;
  QList<int> sizes = down_->sizes();
  const int wanted =
      window()->height() < 900 ? QuestionPane::kCompactHeight : QuestionPane::kUsualHeight;
  sizes[1] = std::max(150, sizes[1] - std::max(0, wanted - sizes[0]));
  sizes[0] = std::max(sizes[0], wanted);
  down_->setSizes(sizes);
}

void Workbench::showInspector() { right_->setCurrentIndex(1); }

}  // namespace ringside::views
