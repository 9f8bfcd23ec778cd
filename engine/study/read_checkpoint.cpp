#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/study/read_experiment.h"

namespace ringside::study {
namespace {

constexpr double kHuge = 1e300;

Choice readChoice(const JsonNode& node) {
  JsonObject object = node.object();
  Choice choice;
  const JsonNode options = object.required("options");
  for (const JsonNode& option : options.items(2, 6)) {
    choice.options.push_back(option.text());
    const auto& all = choice.options;
    if (std::count(all.begin(), all.end(), all.back()) > 1) {
      option.expected("options that all differ");
    }
  }
  const int last = std::max(1, static_cast<int>(choice.options.size()) - 1);
  choice.answer = object.required("answer").whole(0, last);
  object.finish();
  return choice;
}

Numeric readNumeric(const JsonNode& node) {
  JsonObject object = node.object();
  Numeric numeric;
  const JsonNode answer = object.required("answer");
  numeric.answer = answer.present() ? answer.number(-kHuge, kHuge) : 0;
  const JsonNode tolerance = object.required("tolerance");
  numeric.tolerance = tolerance.number(0, kHuge);
  const JsonNode unit = object.optional("unit");
  if (unit.present()) numeric.unit = unit.text();
  object.finish();
  return numeric;
}

void readRange(JsonObject& object, Predict& predict) {
  const JsonNode low = object.required("low");
  const JsonNode high = object.required("high");
  predict.low = low.present() ? low.number(-kHuge, kHuge) : 0;
  predict.high = high.present() ? high.number(-kHuge, kHuge) : 1;
  predict.logarithmic = object.optional("logarithmic").toggle();
  if (low.present() && high.present() && !(predict.low < predict.high)) {
    high.expected("more than \"low\"");
  }
  if (low.present() && predict.logarithmic && predict.low <= 0) {
    low.expected("more than 0, since the slider is logarithmic");
  }
}

Predict readPredict(const JsonNode& node, const NamedExperiments& named) {
  JsonObject object = node.object();
  Predict predict;
  predict.metric = object.required("metric").text();
  predict.experiment = readExperiment(object.required("experiment"), named);
  predict.base = readOptionalExperiment(object.optional("base"), named);
  readRange(object, predict);
  predict.tolerance = object.required("tolerance").number(0.001, 1);
  const JsonNode unit = object.optional("unit");
  if (unit.present()) predict.unit = unit.text();
  const JsonNode scale = object.optional("unit_scale");
  if (scale.present()) predict.unitScale = scale.number(1e-12, 1e18);
  object.finish();
  return predict;
}

}  // namespace

Checkpoint readCheckpoint(const JsonNode& node, const NamedExperiments& named) {
  JsonObject object = node.object();
  Checkpoint checkpoint;
  checkpoint.id = object.required("id").id();
  checkpoint.prompt = object.required("prompt").markdown();
  const auto kind = object.oneOf({"choice", "numeric", "predict"});
  if (kind == "choice") {
    checkpoint.kind = readChoice(object.required("choice"));
  } else if (kind == "numeric") {
    checkpoint.kind = readNumeric(object.required("numeric"));
  } else if (kind == "predict") {
    checkpoint.kind = readPredict(object.required("predict"), named);
  }
  for (const JsonNode& hint : object.optional("hints").items(0, 5)) {
    checkpoint.hints.push_back(hint.markdown());
  }
  checkpoint.explanation = object.required("explanation").markdown();
  checkpoint.experiment = readOptionalExperiment(object.optional("experiment"), named);
  object.finish();
  return checkpoint;
}

}  // namespace ringside::study
