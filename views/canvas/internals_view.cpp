#include "views/canvas/internals_view.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

#include "views/canvas/cache_levels_view.h"
#include "views/canvas/ledger_view.h"
#include "views/canvas/log_partitions_view.h"
#include "views/canvas/ring_view.h"
#include "views/canvas/state_machine_view.h"
#include "views/canvas/table_flip.h"
#include "views/canvas/topology_view.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {
namespace {

using Show = std::function<void(const lab::Scene&, const lab::Frame&)>;

struct Made {
  QWidget* picture = nullptr;
  Show show;
  QString icon;
};

// The widget that draws a scene's vocabulary, and how to hand it one.
struct Maker {
  const Theme& theme;

  template <class Scene, class View>
  Made simple(const char* icon) const {
    auto* view = new View(theme);
    return {view,
            [view](const lab::Scene& scene, const lab::Frame&) {
              view->setScene(std::get<Scene>(scene));
            },
            QString::fromLatin1(icon)};
  }

  Made operator()(const lab::TopologyScene&) const {
    auto* view = new TopologyView(theme);
    return {view,
            [view](const lab::Scene& scene, const lab::Frame&) {
              view->setTopology(std::get<lab::TopologyScene>(scene));
            },
            QStringLiteral("service")};
  }
  Made operator()(const lab::StateMachineScene&) const {
    auto* view = new StateMachineView(theme);
    return {view,
            [view](const lab::Scene& scene, const lab::Frame& frame) {
              view->setScene(std::get<lab::StateMachineScene>(scene), frame.now);
            },
            QStringLiteral("breaker")};
  }
  Made operator()(const lab::RingScene&) const { return simple<lab::RingScene, RingView>("ring"); }
  Made operator()(const lab::CacheScene&) const {
    return simple<lab::CacheScene, CacheLevelsView>("cache");
  }
  Made operator()(const lab::LogScene&) const {
    return simple<lab::LogScene, LogPartitionsView>("log");
  }
  Made operator()(const lab::LedgerScene&) const {
    return simple<lab::LedgerScene, LedgerView>("scales");
  }
};

}  // namespace

InternalsView::InternalsView(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      empty_(new EmptyState(theme, QStringLiteral("chip"), tr("No internals yet"),
                            tr("Load an experiment to look inside its components."), this)),
      tabs_(new QTabWidget(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(empty_);
  column->addWidget(tabs_);
  tabs_->setDocumentMode(true);
  tabs_->setUsesScrollButtons(true);
  tabs_->setAccessibleName(tr("Internals"));
  tabs_->tabBar()->setAccessibleName(tr("Internals, tabs"));
  tabs_->tabBar()->setDrawBase(false);
  setStyleProperty(tabs_->tabBar(), "kind", "dense");  // A lab may have many scenes.
  tabs_->hide();
  connect(tabs_, &QTabWidget::currentChanged, this, [this] {
    showCurrent();
    Q_EMIT tabChanged(currentTab());
  });
}

void InternalsView::setFrame(const lab::FramePtr& frame) {
  frame_ = frame;
  static const lab::Frame kNone;
  const lab::Frame& shown = frame ? *frame : kNone;
  if (!sameTabs(shown)) rebuild(shown);
  if (isVisible()) showCurrent();
}

bool InternalsView::sameTabs(const lab::Frame& frame) const {
  return std::ranges::equal(frame.scenes, shape_, [](const auto& named, const auto& tab) {
    return named.name == tab.first && named.scene.index() == tab.second;
  });
}

void InternalsView::rebuild(const lab::Frame& frame) {
  const QString before = currentTab();
  const QSignalBlocker quiet(tabs_);
  while (tabs_->count() > 0) {
    QWidget* page = tabs_->widget(0);
    tabs_->removeTab(0);
    page->deleteLater();
  }
  scenes_.clear();
  shape_.clear();
  for (const lab::NamedScene& named : frame.scenes) addTab(named);
  tabs_->setVisible(!scenes_.empty());
  empty_->setVisible(scenes_.empty());
  fitTabs();
  showTab(before);
}

void InternalsView::addTab(const lab::NamedScene& named) {
  const Made made = std::visit(Maker{theme_}, named.scene);
  const QString name = QString::fromStdString(named.name);
  made.picture->setAccessibleName(name);
  QWidget* front = made.picture;
  if (auto* scene = qobject_cast<SceneWidget*>(made.picture)) {
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(scene);
    // The card below shows through.
    area->viewport()->setAutoFillBackground(false);
    scene->setAutoFillBackground(false);
    front = area;
    connect(scene, &SceneWidget::pickedByHand, this, &InternalsView::picked);
  } else if (auto* topology = qobject_cast<TopologyView*>(made.picture)) {
    connect(topology, &TopologyView::selected, this, &InternalsView::picked);
  }
  const std::size_t index = scenes_.size();
  const auto table = [this, index]() -> TableData {
    if (!frame_ || index >= frame_->scenes.size()) return {};
    return tableOf(frame_->scenes[index].scene, frame_->now);
  };
  auto* flip = new TableFlip(theme_, front, made.picture, table);
  connect(flip, &TableFlip::turned, this, &InternalsView::showCurrent);
  scenes_.push_back({flip, made.picture, made.show, made.icon});
  shape_.emplace_back(named.name, named.scene.index());
  tabs_->addTab(flip, name);
}

void InternalsView::showCurrent() {
  const auto index = static_cast<std::size_t>(tabs_->currentIndex());
  if (!frame_ || tabs_->currentIndex() < 0 || index >= scenes_.size()) return;
  if (index >= frame_->scenes.size()) return;
  const Tab& tab = scenes_[index];
  if (tab.flip->showsTable()) {
    tab.flip->refresh();
  } else {
    tab.show(frame_->scenes[index].scene, *frame_);
  }
}

// Icons give way before a tab is pushed out of sight.
void InternalsView::fitTabs() {
  const auto setIcons = [this](bool shown) {
    for (int i = 0; i < tabs_->count(); ++i) {
      const QString& icon = scenes_[static_cast<std::size_t>(i)].icon;
      tabs_->setTabIcon(i, shown ? theme_.icon(icon) : QIcon());
    }
  };
  setIcons(true);
  if (tabs_->tabBar()->sizeHint().width() > width()) setIcons(false);
}

void InternalsView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitTabs();
}

void InternalsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  showCurrent();  // What came while it was hidden.
}

void InternalsView::highlight(const QString& nodeId) {
  if (!frame_) return;
  auto* scene = qobject_cast<SceneWidget*>(currentPicture());
  if (!scene) return;
  scene->pickNamed(nodeId);
  const auto& nodes = frame_->topology.nodes;
  const auto node = std::ranges::find(nodes, nodeId.toStdString(), &lab::TopologyNode::id);
  if (node != nodes.end()) scene->pickNamed(QString::fromStdString(node->label));
}

QString InternalsView::currentTab() const { return tabs_->tabText(tabs_->currentIndex()); }

void InternalsView::showTab(const QString& name) {
  for (int i = 0; i < tabs_->count(); ++i) {
    if (tabs_->tabText(i) == name) tabs_->setCurrentIndex(i);
  }
}

QWidget* InternalsView::currentPicture() const {
  const auto index = static_cast<std::size_t>(tabs_->currentIndex());
  return index < scenes_.size() ? scenes_[index].picture : nullptr;
}

TableFlip* InternalsView::currentFlip() const {
  const auto index = static_cast<std::size_t>(tabs_->currentIndex());
  return index < scenes_.size() ? scenes_[index].flip : nullptr;
}

}  // namespace ringside::views
