// CommandPalette: one box that finds every action and scenario by a few letters.
//
// Model     Entries are handed in each time it opens. Typing ranks them by fuzzyScore(); arrows
//           choose, Enter does, Esc leaves.
// Threads   GUI thread.
#pragma once

#include <QIcon>
#include <QString>

#include <functional>
#include <vector>

#include "views/shell/overlay.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace ringside::views {

class CommandPalette : public Overlay {
  Q_OBJECT

 public:
  struct Entry {
    QString title;
    QString group;  // "Scenario", "Run".
    QString keys;
    QIcon icon;
    std::function<void()> run;
    bool enabled = true;
  };

  CommandPalette(const Theme& theme, QWidget* window);
  void openWith(std::vector<Entry> entries);
  [[nodiscard]] QLineEdit* field() const { return field_; }
  [[nodiscard]] QListWidget* list() const { return list_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void rank();
  void perform(const QListWidgetItem* item);

  const Theme& theme_;
  QLineEdit* field_;
  QListWidget* list_;
  QLabel* none_;
  std::vector<Entry> entries_;
};

}  // namespace ringside::views
