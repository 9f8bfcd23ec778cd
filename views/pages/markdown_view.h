// MarkdownView: a read-only text in CommonMark, in the fonts and colours of the theme.
//
// Model     Either scrolls in the room it is given, or (fitted) is as tall as its text and leaves
//           scrolling to the page around it.
// Threads   GUI thread.
#pragma once

#include <QTextBrowser>

namespace ringside::views {

class Theme;

class MarkdownView : public QTextBrowser {
  Q_OBJECT

 public:
  enum class Fit { Scrolls, Grows };

  MarkdownView(const Theme& theme, const QString& accessibleName, Fit fit,
               QWidget* parent = nullptr);
  void setText(const QString& markdown);
  [[nodiscard]] QString source() const { return markdown_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void render();
  void fitHeight();

  const Theme& theme_;
  Fit fit_;
  QString markdown_;
};

}  // namespace ringside::views
