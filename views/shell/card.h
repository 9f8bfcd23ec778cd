// Card: the panel every pane of the window sits in: icon, title, subtitle, actions, content.
//
// Model     Paints its own rounded surface from the tokens. The content fills what the header
//           leaves. A right click on the header offers a picture of it (PNG or SVG). Maximizing is
//           a wish: the window that holds the cards grants it (pane_stage.h).
// Threads   GUI thread.
#pragma once

#include <QFrame>
#include <QString>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace ringside::views {

class Banner;
class Theme;
class ElidedLabel;

class Card : public QFrame {
  Q_OBJECT

 public:
  Card(const Theme& theme, const QString& icon, const QString& title, QWidget* parent = nullptr);

  void setTitle(const QString& title);
  [[nodiscard]] QString title() const;
  // Secondary text beside the title: "2 components over threshold".
  void setSubtitle(const QString& subtitle);
  void setIcon(const QString& icon);

  // Fills the card; takes ownership. An earlier content is deleted.
  void setContent(QWidget* content);
  [[nodiscard]] QWidget* content() const { return content_; }
  // Left of the maximize button, in order of adding; takes ownership.
  void addHeaderWidget(QWidget* widget);

  // Shows the maximize button and takes double clicks on the header (on by default).
  void setMaximizable(bool maximizable);
  void setMaximized(bool maximized);
  // Asks where to save what the card shows; what goes wrong is said in the card.
  void askForPicture();
  [[nodiscard]] bool isMaximized() const { return maximized_; }

  static constexpr int kHeaderHeight = 38;
  static constexpr int kRadius = 8;

 Q_SIGNALS:
  // The person asks for the pane to fill the window, or to go back.
  void maximizeWanted(bool maximize);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void restyle();

  const Theme& theme_;
  QString iconName_;
  QWidget* header_;
  QLabel* icon_;
  ElidedLabel* title_;
  ElidedLabel* subtitle_;
  QHBoxLayout* actions_;
  QToolButton* maximize_;
  QVBoxLayout* layout_;
  QWidget* content_ = nullptr;
  Banner* trouble_ = nullptr;  // Made when there is some.
  bool maximizable_ = true;
  bool maximized_ = false;
};

}  // namespace ringside::views
