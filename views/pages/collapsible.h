// Collapsible: a heading that opens and closes a text in Markdown beneath it.
#pragma once

#include <QWidget>

class QPushButton;

namespace ringside::views {

class MarkdownView;
class Theme;

class Collapsible : public QWidget {
  Q_OBJECT

 public:
  Collapsible(const Theme& theme, const QString& title, const QString& markdown,
              QWidget* parent = nullptr);
  void setOpen(bool open);
  [[nodiscard]] bool isOpen() const;
  [[nodiscard]] QPushButton* heading() const { return heading_; }

 private:
  const Theme& theme_;
  QPushButton* heading_;
  MarkdownView* body_;
};

}  // namespace ringside::views
