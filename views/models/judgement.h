// Judgement: whether an answer to a checkpoint is right, and what was typed.
//
// Model     Pure functions on content values; the widgets only show what they say.
#pragma once

#include <QString>

#include "engine/base/result.h"
#include "engine/study/content.h"

namespace ringside::views {

// Reads "96", "99.99", "1e6", "1,000,000", "1.5M", "250 k", with or without `unit` behind it. The
// error is a sentence for under the field.
Result<double> readNumber(const QString& text, const QString& unit);

[[nodiscard]] bool isRight(const study::Numeric& numeric, double given);
// `measured` in the unit shown; right within the relative tolerance of the measured value.
[[nodiscard]] bool isRight(const study::Predict& predict, double predicted, double measured);

// The shortest way to write a number for a person: "96", "0.25", "1,000,000", "1.2e+12".
QString numberText(double value);

// Slider places 0 to kSliderSteps over the range of a prediction, and back.
inline constexpr int kSliderSteps = 1000;
[[nodiscard]] double valueAt(const study::Predict& predict, int place);
[[nodiscard]] int placeOf(const study::Predict& predict, double value);

// Plain words of CommonMark: for labels, search and accessible names.
QString plainText(const QString& markdown);

}  // namespace ringside::views
