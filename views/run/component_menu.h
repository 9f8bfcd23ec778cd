// The context menu of a component: run until something next happens to it, or go back to its last.
#pragma once

#include "engine/lab/scene.h"

class QMenu;
class QWidget;

namespace ringside::views {

class RunSession;

// The caller owns the menu. What the run has no name for is left out.
QMenu* makeComponentMenu(RunSession& session, const lab::TopologyNode& node, QWidget* parent);

}  // namespace ringside::views
