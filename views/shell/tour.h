// Tour: a few marks that say what to do first, one after another, each to be dismissed.
//
// Model     A ring around the part meant and a bubble beside it, painted over the window. Next goes
//           on, Skip or Esc ends it; steps whose part is hidden are left out.
// Threads   GUI thread.
#pragma once

#include <QPointer>
#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace ringside::views {

class Theme;

class Tour : public QWidget {
  Q_OBJECT

 public:
  struct Step {
    QPointer<QWidget> target;
    QString title;
    QString text;
  };

  Tour(const Theme& theme, QWidget* window);
  void start(std::vector<Step> steps);
  void next();
  void end();
  [[nodiscard]] int current() const { return at_; }

 Q_SIGNALS:
  void finished();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void showStep();
  void arrange();
  [[nodiscard]] QRect targetRect() const;

  const Theme& theme_;
  std::vector<Step> steps_;
  int at_ = 0;
  QPointer<QWidget> before_;  // Had the focus, and gets it back.
  QWidget* bubble_;
  QLabel* title_;
  QLabel* text_;
  QLabel* place_;
  QPushButton* next_;
};

}  // namespace ringside::views
