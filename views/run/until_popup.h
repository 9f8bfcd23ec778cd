// UntilPopup: a small field in which to say how far to run: a time, an event number or a condition.
//
// Model     Digits alone are an event number, what has a parenthesis or a comparator a condition,
//           anything else a duration since the start. What is not ahead of the run is refused in
//           the field, with what is allowed; conditions are completed from what the lab declares.
#pragma once

#include <variant>

#include "engine/base/result.h"
#include "engine/lab/frame.h"
#include "engine/run/condition.h"
#include "views/run/popup_card.h"

class QLabel;
class QPushButton;

namespace ringside::views {

class ConditionField;
class RunSession;

using UntilTarget = std::variant<Instant, std::uint64_t, run::Condition>;

// `frame` may be null: nothing has run. `names` may be null: no conditions.
Result<UntilTarget> parseUntil(const QString& text, const lab::Frame* frame, Duration length,
                               const run::ConditionNames* names = nullptr);

class UntilPopup : public PopupCard {
  Q_OBJECT

 public:
  UntilPopup(RunSession& session, const Theme& theme, QWidget* parent);

  void openAbove(QWidget* anchor);

 private:
  void validate();
  void go();
  [[nodiscard]] Result<UntilTarget> target() const;

  RunSession& session_;
  ConditionField* field_;
  QLabel* message_;
  QPushButton* button_;
};

}  // namespace ringside::views
