// HeaderBar: the row on top: name, run, perspectives, command box, export, theme, help, menu.
//
// Model     Every button stands for an action of the table; the bar decides nothing.
// Threads   GUI thread.
#pragma once

#include <QWidget>

class QBoxLayout;
class QToolButton;

namespace ringside::views {

class Actions;
class Pill;
class Theme;
enum class Do;

class HeaderBar : public QWidget {
  Q_OBJECT

 public:
  HeaderBar(const Theme& theme, Actions& actions, QWidget* parent = nullptr);

  // "Run 14 · seed 42 · virtual time"; shortened to `brief` when the bar is narrow.
  void setRun(const QString& text, const QString& brief);

  static constexpr int kHeight = 48;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeLeft();
  QWidget* makeRight();
  QToolButton* iconFor(Do id, QWidget* parent);
  void refreshRun();

  const Theme& theme_;
  Actions& actions_;
  Pill* run_;
  QString runText_;
  QString runBrief_;
};

}  // namespace ringside::views
