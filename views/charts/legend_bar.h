// LegendBar: a line or two over a chart that name its series and say what each is now.
//
// Model     Swatches repeat the pen of the line, dashes included, so that a series is told by more
//           than colour. What does not fit is counted: "+3".
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace ringside::views {

class Theme;

struct LegendEntry {
  QString name;
  QString value;   // Empty: none.
  int colour = 0;  // Index into the data colours.
  bool operator==(const LegendEntry&) const = default;
};

class LegendBar : public QWidget {
  Q_OBJECT

 public:
  explicit LegendBar(const Theme& theme, QWidget* parent = nullptr);

  void setEntries(std::vector<LegendEntry> entries, int beyond = 0);
  [[nodiscard]] const std::vector<LegendEntry>& entries() const { return entries_; }
  QSize sizeHint() const override { return {120, lines_ * kLine}; }
  QSize minimumSizeHint() const override { return {40, lines_ * kLine}; }

  static constexpr int kLine = 17;
  static constexpr int kMostLines = 2;

  static Qt::PenStyle styleOf(int series);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Place {
    double x = 0;
    int line = 0;
    double name = 0;
    double value = 0;
  };

  // Where each entry stands in `lines` lines; those that do not fit are missing at the end.
  [[nodiscard]] std::vector<Place> placesIn(int lines) const;
  void settle();

  const Theme& theme_;
  std::vector<LegendEntry> entries_;
  int lines_ = 1;
  int beyond_ = 0;  // Series of the chart that are not drawn.
};

}  // namespace ringside::views
