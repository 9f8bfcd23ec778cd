// InternalsView: a tab for each named scene of a frame, drawn by the widget of its vocabulary.
//
// Model     Which widget draws a scene is decided by std::visit over the variant and by nothing
//           else. Tabs are rebuilt only when names or vocabularies change; a frame is handed to the
//           tab in front alone, and to another when it is turned to.
// Keys      F2 turns the tab in front into a table and back.
// Threads   GUI thread.
#pragma once

#include <QTabWidget>

#include <functional>
#include <vector>

#include "engine/lab/frame.h"

namespace ringside::views {

class SceneWidget;
class TableFlip;
class Theme;

class InternalsView : public QWidget {
  Q_OBJECT

 public:
  explicit InternalsView(const Theme& theme, QWidget* parent = nullptr);

  void setFrame(const lab::FramePtr& frame);
  // Picks what carries the name or the label of a component in the tab in front.
  void highlight(const QString& nodeId);

  [[nodiscard]] int tabCount() const { return tabs_->count(); }
  [[nodiscard]] QString currentTab() const;
  void showTab(const QString& name);
  [[nodiscard]] QWidget* currentPicture() const;  // Null without a tab.
  [[nodiscard]] TableFlip* currentFlip() const;

 Q_SIGNALS:
  void picked(const QString& name);  // A member, machine, level, ... by click or Enter.
  void tabChanged(const QString& name);

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Tab {
    TableFlip* flip = nullptr;
    QWidget* picture = nullptr;
    std::function<void(const lab::Scene&, const lab::Frame&)> show;
    QString icon;
  };

  [[nodiscard]] bool sameTabs(const lab::Frame& frame) const;
  void rebuild(const lab::Frame& frame);
  void addTab(const lab::NamedScene& named);
  void showCurrent();
  void fitTabs();

  const Theme& theme_;
  QWidget* empty_;
  QTabWidget* tabs_;
  std::vector<Tab> scenes_;
  lab::FramePtr frame_;
  std::vector<std::pair<std::string, std::size_t>> shape_;
};

}  // namespace ringside::views
