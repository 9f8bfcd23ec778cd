// RingView: a consistent-hash ring with its owners, points, keys and shares.
//
// Model     Band: who owns each arc. Ticks outside: virtual nodes. Dots inside: a sample of keys,
//           the hot ones larger. Centre: largest over mean share. Two pixmaps hold all that depends
//           on the ring's version alone; a frame costs the blits, the centre and the legend. When
//           the version changes the ring fades over and the arcs with another owner fly in.
// Threads   GUI thread.
// Cost      10,000 virtual nodes and 100,000 keys under 2 ms a frame (bench_views); caches are
//           rebuilt on version, theme, size, scale or health alone, and when the keys double.
#pragma once

#include <QPixmap>
#include <QVariantAnimation>

#include <optional>

#include "engine/lab/scene.h"
#include "views/canvas/ring_geometry.h"
#include "views/canvas/scene_widget.h"

namespace ringside::views {

class RingView : public SceneWidget {
  Q_OBJECT

 public:
  explicit RingView(const Theme& theme, QWidget* parent = nullptr);

  void setScene(const lab::RingScene& scene);
  [[nodiscard]] const lab::RingScene& scene() const { return scene_; }
  [[nodiscard]] bool isMoving() const;
  // Share of the circle that changed owner at the last change; 0 before any.
  [[nodiscard]] double movedShare() const { return scene_.movedShare; }
  [[nodiscard]] int cacheBuilds() const { return cacheBuilds_; }

  [[nodiscard]] int itemCount() const override { return static_cast<int>(scene_.members.size()); }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString itemName(int item) const override;
  [[nodiscard]] QString itemText(int item) const override;
  [[nodiscard]] QString headline() const override;
  [[nodiscard]] int heightFor(int width) const override;
  QSize minimumSizeHint() const override { return {200, 160}; }

  static constexpr int kMotionMs = 650;

 protected:
  void paintScene(QPainter& painter) override;
  void pickChanged() override;
  void resizeEvent(QResizeEvent* event) override;
  [[nodiscard]] int itemAt(const QPointF& point) const override;

 private:
  struct CacheKey {
    std::uint64_t version = 0;
    std::size_t keys = 0;
    QSize size;
    double scale = 1;
    const void* tokens = nullptr;
    std::uint64_t healths = 0;
    bool operator==(const CacheKey&) const = default;
  };

  [[nodiscard]] CacheKey keyNow() const;
  void ensureCache();
  [[nodiscard]] QPixmap blank() const;
  [[nodiscard]] QPixmap drawRing() const;
  [[nodiscard]] QPixmap drawKeys() const;
  [[nodiscard]] QPixmap drawMember(int member) const;
  void paintArc(QPainter& painter, const PixelArc& arc, double outer, double inner) const;
  void paintMotion(QPainter& painter);
  void paintCentre(QPainter& painter) const;
  void paintLegendRow(QPainter& painter, int member) const;
  [[nodiscard]] int pixels() const;
  void startMotion(const lab::RingScene& before);

  lab::RingScene scene_;
  RingLayout layout_;
  std::optional<CacheKey> cached_;
  QPixmap ring_, keys_;
  QPixmap oldRing_, changed_;  // While it moves.
  QPixmap member_;             // The picked or hovered member's arcs.
  int memberShown_ = -1;
  QVariantAnimation motion_;
  int cacheBuilds_ = 0;
};

}  // namespace ringside::views
