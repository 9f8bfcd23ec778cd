// RunStatus: the line at the foot of the window.
//
// Model     Paused: the next event, its actor and how far off it is. Running: events a second,
//           virtual per wall, samples kept and dropped. Right: how the run is driven, its
//           fingerprint (a click copies it) and the frames shown a second.
// Threads   GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "engine/lab/frame.h"

class QLabel;
class QToolButton;

namespace ringside::views {

class ElidedLabel;
class RunSession;
class Theme;

// The left text for a frame, shown and tested apart from the widget.
QString statusText(const lab::Frame& frame);

class RunStatus : public QWidget {
  Q_OBJECT

 public:
  RunStatus(RunSession& session, const Theme& theme, QWidget* parent = nullptr);

 Q_SIGNALS:
  void copied(const QString& fingerprint);

 private:
  void take(const lab::Frame& frame);
  void countFrame(lab::RunState state);
  void copyFingerprint();
  void forget();

  RunSession& session_;
  const Theme& theme_;
  ElidedLabel* left_;
  QLabel* mode_;
  QToolButton* fingerprint_;
  QLabel* fps_;
  QElapsedTimer second_;
  int frames_ = 0;
};

}  // namespace ringside::views
