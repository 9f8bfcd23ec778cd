// ChoiceCards: the options of a checkpoint as cards lettered A to F.
//
// Model     At most one is chosen. After the verdict the right one is marked with a tick, a wrong
//           choice with a cross, and the cards no longer answer.
// Threads   GUI thread.
#pragma once

#include <QAbstractButton>
#include <QWidget>

#include <vector>

class QGridLayout;

namespace ringside::views {

class Theme;

class ChoiceCard : public QAbstractButton {
  Q_OBJECT

 public:
  enum class Mark { None, Right, Wrong };

  ChoiceCard(const Theme& theme, QChar letter, const QString& text, QWidget* parent);
  void setMark(Mark mark);
  [[nodiscard]] Mark mark() const { return mark_; }
  [[nodiscard]] int heightFor(int width) const;
  QSize sizeHint() const override { return {200, heightFor(200)}; }
  QSize minimumSizeHint() const override { return {120, 36}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void describe();

  const Theme& theme_;
  QChar letter_;
  Mark mark_ = Mark::None;
};

class ChoiceCards : public QWidget {
  Q_OBJECT

 public:
  explicit ChoiceCards(const Theme& theme, QWidget* parent = nullptr);

  void setOptions(const QStringList& options);
  void choose(int option);           // Does nothing after the verdict or past the last.
  [[nodiscard]] int chosen() const;  // -1: none.
  void showVerdict(int chosen, int right);
  void clear();  // Open for a new answer.
  [[nodiscard]] const std::vector<ChoiceCard*>& cards() const { return cards_; }

 Q_SIGNALS:
  void chosenChanged(int option);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitHeights();

  const Theme& theme_;
  QGridLayout* grid_;
  std::vector<ChoiceCard*> cards_;
  bool open_ = true;
};

}  // namespace ringside::views
