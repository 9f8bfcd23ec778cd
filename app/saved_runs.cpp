#include "app/saved_runs.h"

#include "views/run/run_session.h"

namespace ringside::app {

Result<Done> saveRun(const views::RunSession& session, const QString& path) {
  const lab::FramePtr& frame = session.frame();
  if (frame == nullptr) return Error{"There is no run to save yet."};
  exports::SavedRun saved;
  saved.plan = session.plan();
  saved.arrivalsFile = session.arrivalsFile().toStdString();
  saved.story = session.story();
  saved.breakpoints = session.breakpoints();
  saved.saved = {frame->events, frame->now};
  saved.fingerprint = frame->fingerprint;
  return exports::writeSavedRun(path.toStdString(), saved, session.info());
}

Result<exports::SavedRun> openRun(views::RunSession& session, const QString& path) {
  auto saved = exports::readSavedRun(path.toStdString());
  if (!saved) return saved;
  session.setBreakpoints({});
  if (!session.open(saved->plan, saved->story, saved->saved)) {
    return Error{path.toStdString() + ": the run cannot be built"};
  }
  session.setArrivalsFile(QString::fromStdString(saved->arrivalsFile));
  session.setBreakpoints(saved->breakpoints);
  return saved;
}

}  // namespace ringside::app
