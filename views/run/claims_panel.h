// ClaimsPanel: what the scenario claims, what this run must hold, and where either fails.
//
// Model     Claims come from the scenario and get their outcomes from verification or from a run
//           that is the claim's own experiment. Checks come with every frame. A failed run shows
//           its error on top, with what to do.
// Threads   GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/claims.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ringside::views {

class ClaimCard;
class EmptyState;
class RunSession;
class Theme;

class ClaimsPanel : public QWidget {
  Q_OBJECT

 public:
  ClaimsPanel(RunSession& session, const Theme& theme, QWidget* parent = nullptr);

  // Forgets outcomes; empty when no scenario is open.
  void setScenario(std::optional<study::Scenario> scenario);
  void showOutcomes(const std::vector<run::ClaimOutcome>& outcomes);
  // While experiments are run for verifyAll(); the error is shown in place, empty: none.
  void setVerifying(int done, int inAll);
  void endVerifying(const QString& error);
  // "2 of 5 hold" for the card's subtitle.
  [[nodiscard]] QString summary() const;

 Q_SIGNALS:
  void loadExperiment(const QString& claimId);
  void verifyAll();
  void summaryChanged(const QString& summary);

 private:
  QWidget* makeFailure();
  void makeClaims(QVBoxLayout* column);
  void rebuildClaims();
  void refresh();
  void refreshChecks(const lab::Frame& frame);
  void placeChecks(bool first);
  void showFirst(const std::vector<run::ClaimOutcome>& outcomes);
  void copyReport();
  void judgeRun();

  RunSession& session_;
  const Theme& theme_;
  std::optional<study::Scenario> scenario_;
  QWidget* failure_ = nullptr;
  QLabel* failureText_ = nullptr;
  EmptyState* noClaims_ = nullptr;
  QPushButton* verify_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* verifyNote_ = nullptr;
  QWidget* claimList_ = nullptr;
  QScrollArea* scroll_ = nullptr;
  QWidget* checkBlock_ = nullptr;
  QWidget* checkList_ = nullptr;
  std::map<std::string, ClaimCard*> claims_;
  std::map<std::string, ClaimCard*> checks_;
};

}  // namespace ringside::views
