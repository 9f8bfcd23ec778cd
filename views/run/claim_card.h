// ClaimCard: one claim or check with its verdict, as shape, colour and word.
#pragma once

#include <QWidget>

#include "engine/run/claims.h"

class QLabel;
class QPushButton;

namespace ringside::views {

class Pill;
class Theme;

class ClaimCard : public QWidget {
  Q_OBJECT

 public:
  // `id` shows before the text where it is not empty.
  ClaimCard(const QString& id, const QString& statement, const Theme& theme,
            QWidget* parent = nullptr);

  void showVerdict(lab::Verdict verdict, const QString& figures, const QString& evidence);
  // Whether the verdict is the one the content expects: said only where there is a verdict.
  void showExpectation(bool asContentSays);
  QPushButton* addLoadButton();
  [[nodiscard]] lab::Verdict verdict() const { return verdict_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void name();

  const Theme& theme_;
  Pill* pill_;
  QLabel* text_;
  QLabel* figures_;
  QLabel* expectation_;
  QLabel* evidence_;
  lab::Verdict verdict_ = lab::Verdict::NotReached;
};

}  // namespace ringside::views
