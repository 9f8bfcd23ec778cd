// SceneWidget: what the painted views of a lab's insides share.
//
// Model     A scene widget has items (members, machines, partitions): rectangles that hover and the
//           keyboard can pick, each with a sentence about itself. The description that assistive
//           tools read is kept current, at most twice a second unless its first sentence changes.
// Keys      Up, Down, Left, Right, Home and End move the pick; Enter activates it.
// Threads   GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QPainter;

namespace ringside::views {

class Theme;

class SceneWidget : public QWidget {
  Q_OBJECT

 public:
  SceneWidget(const Theme& theme, const QString& name, QWidget* parent);

  [[nodiscard]] virtual int itemCount() const = 0;
  [[nodiscard]] virtual QRectF itemRect(int item) const = 0;
  [[nodiscard]] virtual QString itemName(int item) const = 0;
  [[nodiscard]] virtual QString itemText(int item) const = 0;
  [[nodiscard]] virtual QString headline() const = 0;  // One sentence on the whole scene.
  // The height the scene needs at a width; a pane that is lower scrolls.
  [[nodiscard]] virtual int heightFor(int width) const = 0;

  [[nodiscard]] int picked() const { return picked_; }  // -1: none.
  void pick(int item);                                  // Out of range: none. Silent.
  // Picks the item of this name, if there is one.
  void pickNamed(const QString& name);

 Q_SIGNALS:
  void pickedByHand(const QString& name);  // By click or Enter.

 protected:
  const Theme& theme() const { return theme_; }
  // The scene is another one: settles the height, the pick and the description.
  void sceneChanged();
  virtual void paintScene(QPainter& painter) = 0;
  virtual void pickChanged() {}
  [[nodiscard]] virtual QString emptyText() const;
  void paintPick(QPainter& painter, const QRectF& box) const;
  [[nodiscard]] int hovered() const { return hovered_; }

  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;
  // The item under a point; views with items that are no rectangles know better.
  [[nodiscard]] virtual int itemAt(const QPointF& point) const;

 private:
  void describeAgain();
  void setPicked(int item);

  const Theme& theme_;
  QElapsedTimer sinceDescribed_;
  QString headline_;
  int picked_ = -1;
  int hovered_ = -1;
};

}  // namespace ringside::views
