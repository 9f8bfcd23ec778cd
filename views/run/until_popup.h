// UntilPopup: a small field in which to say how far to run: a time or an event number.
//
// Model     Digits alone are an event number, anything else a duration since the start. What is not
//           ahead of the run is refused in the field, with what is allowed.
#pragma once

#include <QFrame>

#include <variant>

#include "engine/base/result.h"
#include "engine/lab/frame.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace ringside::views {

class RunSession;
class Theme;

using UntilTarget = std::variant<Instant, std::uint64_t>;

// `frame` may be null: nothing has run.
Result<UntilTarget> parseUntil(const QString& text, const lab::Frame* frame, Duration length);

class UntilPopup : public QFrame {
  Q_OBJECT

 public:
  UntilPopup(RunSession& session, const Theme& theme, QWidget* parent);

  void openAbove(QWidget* anchor);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void validate();
  void go();

  RunSession& session_;
  const Theme& theme_;
  QLineEdit* field_;
  QLabel* message_;
  QPushButton* button_;
};

}  // namespace ringside::views
