#include "views/pages/markdown_view.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QWheelEvent>

#include <cmath>

#include "views/shell/theme.h"

namespace ringside::views {
namespace {

// Markdown leaves a fixed-pitch face and no ground on code; this gives both from the theme.
void styleCode(QTextDocument& document, const Theme& theme) {
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    for (auto it = block.begin(); !it.atEnd(); ++it) {
      const QTextFragment fragment = it.fragment();
      if (!fragment.charFormat().fontFixedPitch()) continue;
      QTextCursor cursor(&document);
      cursor.setPosition(fragment.position());
      cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
      QTextCharFormat format;
      format.setFont(theme.code(12));
      format.setFontFixedPitch(true);
      format.setBackground(theme.tokens().raised);
      cursor.mergeCharFormat(format);
    }
  }
}

}  // namespace

MarkdownView::MarkdownView(const Theme& theme, const QString& accessibleName, Fit fit,
                           QWidget* parent)
    : QTextBrowser(parent), theme_(theme), fit_(fit) {
  setAccessibleName(accessibleName);
  setOpenExternalLinks(true);
  setFrameShape(QFrame::NoFrame);
  setTabChangesFocus(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
  document()->setDocumentMargin(2);
  if (fit == Fit::Grows) {
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::ClickFocus);
  }
  connect(&theme, &Theme::changed, this, &MarkdownView::render);
}

void MarkdownView::setText(const QString& markdown) {
  if (markdown == markdown_) return;
  markdown_ = markdown;
  render();
}

void MarkdownView::render() {
  setMarkdown(markdown_);
  styleCode(*document(), theme_);
  fitHeight();
  verticalScrollBar()->setValue(0);
}

void MarkdownView::resizeEvent(QResizeEvent* event) {
  QTextBrowser::resizeEvent(event);
  fitHeight();
}

// A text as tall as it needs to be has nothing to scroll: the page around it does.
void MarkdownView::wheelEvent(QWheelEvent* event) {
  if (fit_ == Fit::Grows) {
    event->ignore();
  } else {
    QTextBrowser::wheelEvent(event);
  }
}

void MarkdownView::fitHeight() {
  if (fit_ != Fit::Grows) return;
  document()->setTextWidth(viewport()->width());
  setFixedHeight(static_cast<int>(std::ceil(document()->size().height())) + 4);
}

}  // namespace ringside::views
