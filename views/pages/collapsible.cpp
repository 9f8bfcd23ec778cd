#include "views/pages/collapsible.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "views/pages/markdown_view.h"
#include "views/shell/theme.h"
#include "views/shell/widgets.h"

namespace ringside::views {

Collapsible::Collapsible(const Theme& theme, const QString& title, const QString& markdown,
                         QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      heading_(textButton(title, "section", this)),
      body_(new MarkdownView(theme, title, MarkdownView::Fit::Grows, this)) {
  heading_->setCheckable(true);
  heading_->setToolTip(title);
  heading_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  body_->setText(markdown);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(heading_);
  auto* indent = new QHBoxLayout;
  indent->setContentsMargins(24, 0, 8, 6);
  indent->addWidget(body_);
  column->addLayout(indent);
  connect(heading_, &QPushButton::toggled, this, &Collapsible::setOpen);
  setOpen(false);
}

void Collapsible::setOpen(bool open) {
  heading_->setChecked(open);
  heading_->setIcon(
      theme_.icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
  heading_->setAccessibleDescription(open ? tr("open") : tr("closed"));
  body_->setVisible(open);
}

bool Collapsible::isOpen() const { return heading_->isChecked(); }

}  // namespace ringside::views
