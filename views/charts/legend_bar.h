// LegendBar: one line over a chart that names its series and says what each is now.
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
  QSize sizeHint() const override { return {120, 18}; }
  QSize minimumSizeHint() const override { return {40, 18}; }

  static Qt::PenStyle styleOf(int series);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  std::vector<LegendEntry> entries_;
  int beyond_ = 0;  // Series of the chart that are not drawn.
};

}  // namespace ringside::views
