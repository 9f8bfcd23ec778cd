// TimelineView: the run at a glance: phases, faults, events and checks over virtual time.
//
// Model     Paints a TimelineLog through a TimelineGeometry. Events of one pixel column are one
//           mark of the gravest severity. Severity has a shape as well as a colour.
// Mouse     Pressed on the ruler or the playhead and dragged, the playhead goes where it is let go;
//           a double click on an event goes there.
// Keys      W S zoom, A D pan, Home fit, Left Right previous and next event, comma and full stop
//           the same within its component, Enter select, Shift+Enter go to the selected event,
//           Shift+Left and Shift+Right take the playhead a step back and forth, Space play or
//           pause.
// Threads   GUI thread.
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

#include "engine/lab/frame.h"
#include "engine/run/story.h"
#include "views/run/timeline_geometry.h"
#include "views/run/timeline_log.h"

namespace ringside::views {

class Theme;

class TimelineView : public QWidget {
  Q_OBJECT

 public:
  explicit TimelineView(const Theme& theme, QWidget* parent = nullptr);

  void clear(Duration length);
  void show(const lab::Frame& frame);
  void setStory(const run::Story& story);
  void setPhases(const lab::LabInfo& info, const run::Journal& journal);
  [[nodiscard]] const TimelineLog& log() const { return log_; }
  [[nodiscard]] const TimelineGeometry& geometryOfTime() const { return geometry_; }
  // Index into log().events().
  [[nodiscard]] std::optional<std::size_t> selectedEvent() const { return selected_; }
  void selectEvent(std::size_t index);
  QSize sizeHint() const override { return {640, 88}; }
  QSize minimumSizeHint() const override { return {240, 76}; }
  using QWidget::show;

 Q_SIGNALS:
  void selected(const QString& nodeId);   // Component of the event that was chosen.
  void toggleWanted();                    // Space: play or pause.
  void timeWanted(ringside::Instant at);  // The playhead was put there.
  void eventWanted(quint64 number);       // To just after this event.

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Mark {
    double x = 0;
    std::size_t event = 0;  // The gravest of its column, the first among equals.
    int count = 1;
  };

  [[nodiscard]] std::vector<Mark> marks() const;
  [[nodiscard]] std::optional<std::size_t> eventAt(QPointF position) const;
  [[nodiscard]] QString tipAt(QPointF position) const;
  void stepSelection(int direction, bool sameComponent);
  [[nodiscard]] bool onPlayhead(QPointF position) const;
  bool playheadKey(const QKeyEvent& event);
  void relayout();
  void describe();
  void paintRuler(QPainter& painter) const;
  void paintPhases(QPainter& painter) const;
  void paintFaults(QPainter& painter) const;
  void paintEvents(QPainter& painter) const;
  void paintChecks(QPainter& painter) const;
  void paintStory(QPainter& painter) const;
  void paintPlayhead(QPainter& painter) const;

  const Theme& theme_;
  TimelineLog log_;
  TimelineGeometry geometry_;
  Duration length_ = std::chrono::seconds(1);
  Instant now_{};
  std::optional<std::size_t> selected_;
  std::optional<Instant> dragged_;  // Where the playhead is held.
  run::Story story_;
};

}  // namespace ringside::views
