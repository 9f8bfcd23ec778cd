// The reading pages of a scenario: its statement with figures, answer, follow-ups and pitfalls.
//
// Model     Each page is built anew for a scenario and scrolls by itself.
// Compare   checkpoint_page.h asks; these tell.
#pragma once

#include <QScrollArea>

#include <map>
#include <string>
#include <vector>

#include "engine/study/content.h"
#include "views/shell/widgets.h"

class QVBoxLayout;

namespace ringside::views {

class Collapsible;
class MarkdownView;
class Theme;

// A column of widgets that scrolls.
class ScrollPage : public QScrollArea {
  Q_OBJECT

 public:
  explicit ScrollPage(const QString& accessibleName, QWidget* parent = nullptr);

 protected:
  QVBoxLayout* refill();  // An empty column; what was in it is gone.
};

class StatementPage : public ScrollPage {
  Q_OBJECT

 public:
  explicit StatementPage(const Theme& theme, QWidget* parent = nullptr);
  void show(const study::Scenario& scenario);
  using QWidget::show;

 private:
  const Theme& theme_;
};

// Sections that open one by one: the answer, or the follow-up questions.
class SectionsPage : public ScrollPage {
  Q_OBJECT

 public:
  SectionsPage(const Theme& theme, const QString& accessibleName, QWidget* parent = nullptr);
  void show(const std::vector<study::Section>& sections);
  using QWidget::show;
  [[nodiscard]] const std::vector<Collapsible*>& sections() const { return sections_; }

 private:
  const Theme& theme_;
  std::vector<Collapsible*> sections_;
};

// What is commonly said against what the engine measures, with the verdict of its claim.
class PitfallsPage : public ScrollPage {
  Q_OBJECT

 public:
  explicit PitfallsPage(const Theme& theme, QWidget* parent = nullptr);
  void show(const std::vector<study::Pitfall>& pitfalls);
  using QWidget::show;
  void setVerdict(const std::string& claim, Tone tone, const QString& text,
                  const QString& evidence);

 private:
  QWidget* makeRow(const study::Pitfall& pitfall);

  const Theme& theme_;
  std::multimap<std::string, Pill*> verdicts_;
};

}  // namespace ringside::views
