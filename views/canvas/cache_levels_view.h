// CacheLevelsView: caches as a cascade: what each level answers, and what falls through.
//
// Model     For each level from the first asked: hit ratio of the last interval, fill, and the
//           counts of the run; between two levels the misses that go on.
// Threads   GUI thread.
#pragma once

#include "engine/lab/scene.h"
#include "views/canvas/scene_widget.h"

namespace ringside::views {

class CacheLevelsView : public SceneWidget {
  Q_OBJECT

 public:
  explicit CacheLevelsView(const Theme& theme, QWidget* parent = nullptr);

  void setScene(const lab::CacheScene& scene);

  [[nodiscard]] int itemCount() const override { return static_cast<int>(scene_.levels.size()); }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString itemName(int item) const override;
  [[nodiscard]] QString itemText(int item) const override;
  [[nodiscard]] QString headline() const override;
  [[nodiscard]] int heightFor(int width) const override;

 protected:
  void paintScene(QPainter& painter) override;

 private:
  void paintLevel(QPainter& painter, int item) const;
  void paintFall(QPainter& painter, int item) const;

  lab::CacheScene scene_;
};

}  // namespace ringside::views
