// LogPartitionsView: a partitioned log as one bar of offsets a partition.
//
// Model     Each bar spans offsets from 0 to the highest of all partitions: what is kept and was
//           read is filled, what is written and not yet read (the lag) is hatched.
// Threads   GUI thread.
// Cost      Only rows inside the visible part are painted.
#pragma once

#include "engine/lab/scene.h"
#include "views/canvas/scene_widget.h"

namespace ringside::views {

class LogPartitionsView : public SceneWidget {
  Q_OBJECT

 public:
  explicit LogPartitionsView(const Theme& theme, QWidget* parent = nullptr);

  void setScene(const lab::LogScene& scene);

  [[nodiscard]] int itemCount() const override {
    return static_cast<int>(scene_.partitions.size());
  }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString itemName(int item) const override;
  [[nodiscard]] QString itemText(int item) const override;
  [[nodiscard]] QString headline() const override;
  [[nodiscard]] int heightFor(int width) const override;

 protected:
  void paintScene(QPainter& painter) override;

 private:
  void paintHeading(QPainter& painter) const;
  void paintPartition(QPainter& painter, int item) const;

  lab::LogScene scene_;
  std::int64_t highest_ = 0;
};

// Written and not yet read; never negative.
std::int64_t lagOf(const lab::LogPartition& partition);

}  // namespace ringside::views
