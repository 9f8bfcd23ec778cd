// The small pieces that panes are made of: pills, empty states, banners, elided text, buttons.
//
// Model     Each reads the tokens through the theme and follows a change of it.
// Threads   GUI thread.
#pragma once

#include <QLabel>
#include <QString>
#include <QWidget>

#include <functional>

class QAction;
class QFontMetrics;
class QPushButton;
class QToolButton;

namespace ringside::views {

class Theme;

// Text cut to `width` with an ellipsis. Everything painted goes through here, so that a test can
// count what did not fit.
QString elide(const QFontMetrics& metrics, const QString& text, int width,
              Qt::TextElideMode mode = Qt::ElideRight);
int elidedTexts();  // Since the last reset.
void resetElidedTexts();

// A button with an icon alone; `name` is its tool tip and accessible name.
QToolButton* iconButton(const Theme& theme, const QString& icon, const QString& name,
                        QWidget* parent);
// kind: "", "primary", "quiet", "section", "search" (controls.qss).
QPushButton* textButton(const QString& text, const char* kind, QWidget* parent);
QLabel* textLabel(const QString& text, const char* role, QWidget* parent);
// Sets a property that the style sheet selects by, and polishes again.
void setStyleProperty(QWidget* widget, const char* name, const char* value);

// A label that gives way: cut to its width, whole text in the tool tip.
class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  // Hide: secondary words of which a part would say nothing.
  enum class WhenCut { Ellipsis, Hide };

  explicit ElidedLabel(QWidget* parent = nullptr);
  void setWhenCut(WhenCut whenCut) { whenCut_ = whenCut; }
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  WhenCut whenCut_ = WhenCut::Ellipsis;
};

enum class Tone { Neutral, Accent, Ok, Warn, Error };

// A rounded word of state, with an icon so that colour is never alone.
class Pill : public QWidget {
  Q_OBJECT

 public:
  explicit Pill(const Theme& theme, QWidget* parent = nullptr);
  void set(const QString& text, Tone tone, const QString& icon = {});
  [[nodiscard]] QString text() const { return text_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  QString text_;
  QString icon_;
  Tone tone_ = Tone::Neutral;
};

// Instead of a blank: what would be here, and how to get it.
class EmptyState : public QWidget {
  Q_OBJECT

 public:
  EmptyState(const Theme& theme, const QString& icon, const QString& title, const QString& sentence,
             QWidget* parent = nullptr);
  void setSentence(const QString& sentence);
  // One action under the sentence.
  QPushButton* setAction(const QString& text, std::function<void()> run);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QLabel* picture_;
  QLabel* sentence_;
  QPushButton* action_ = nullptr;
};

// An error or a notice in the pane it concerns, with what can be done about it.
class Banner : public QWidget {
  Q_OBJECT

 public:
  explicit Banner(const Theme& theme, QWidget* parent = nullptr);  // Hidden until show().
  void showMessage(Tone tone, const QString& text);
  // Replaces the action; an empty text removes it.
  void setAction(const QString& text, std::function<void()> run = {});
  [[nodiscard]] QString text() const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  QLabel* icon_;
  QLabel* text_;
  QPushButton* action_;
  std::function<void()> run_;
  Tone tone_ = Tone::Error;
};

struct ToneColours {
  QColor ink, ground;
};
ToneColours coloursOf(const Theme& theme, Tone tone);

}  // namespace ringside::views
