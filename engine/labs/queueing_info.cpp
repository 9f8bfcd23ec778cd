// What the queueing lab is called, its knobs, presets and faults.
#include "engine/labs/queueing_lab.h"

namespace ringside::labs {
namespace {

using lab::ParameterEffect;
using lab::ParameterKind;
using lab::ParameterScale;
using lab::ParameterSpec;
using metrics::Unit;

ParameterSpec spec(const char* key, const char* label, const char* group, const char* help,
                   double initial, double minimum, double maximum,
                   ParameterEffect effect = ParameterEffect::NextRun,
                   ParameterScale scale = ParameterScale::Linear, Unit unit = Unit::None) {
  return {key,     label, group,  help, ParameterKind::Real, unit, initial, minimum,
          maximum, scale, effect, {}};
}

ParameterSpec choice(const char* key, const char* label, const char* group, const char* help,
                     std::vector<std::string> choices) {
  ParameterSpec made = spec(key, label, group, help, 0, 0, 1);
  made.choices = std::move(choices);
  return made;
}

}  // namespace

QueueingKnobs::QueueingKnobs()
    : rho(*this, spec("rho", "Utilisation", "Traffic",
                      "Arrival rate times service time over servers; at 1 and above the queue only "
                      "grows.",
                      0.8, 0.01, 1.5, ParameterEffect::Live)),
      gaps(*this, choice("arrivals", "Arrivals", "Traffic", "How customers follow one another.",
                         {"poisson", "even", "lognormal"})),
      gapCv(*this, spec("arrivals.cv", "Spread of gaps", "Traffic",
                        "Deviation of lognormal gaps over their mean; 1 is as uneven as Poisson.",
                        2, 0.1, 5)),
      service(*this, choice("service", "Service", "Service", "How service times spread.",
                            {"exponential", "fixed", "lognormal", "pareto"})),
      mean(*this, spec("service.mean", "Mean service", "Service", "Mean time that a server takes.",
                       1e6, 1e3, 1e10, ParameterEffect::NextRun, ParameterScale::Logarithmic)),
      serviceCv(*this, spec("service.cv", "Spread of service", "Service",
                            "Deviation of lognormal service over its mean.", 2, 0, 5)),
      alpha(*this, spec("service.alpha", "Tail of service", "Service",
                        "Exponent of Pareto service; at 2 and below its variance is infinite.", 2.5,
                        1.1, 10)),
      servers(*this, spec("servers", "Servers", "Stations", "Servers at each station.", 1, 1, 100,
                          ParameterEffect::NextRun, ParameterScale::Logarithmic, Unit::Count)),
      stations(*this, spec("stations", "Stations", "Stations",
                           "Stations in series; each customer passes them all.", 1, 1, 8,
                           ParameterEffect::NextRun, ParameterScale::Linear, Unit::Count)),
      room(*this, spec("room", "Waiting room", "Stations",
                       "Customers that can wait at a station; 0 makes it a loss system.", 1e6, 0,
                       1e6, ParameterEffect::NextRun, ParameterScale::Linear, Unit::Count)) {}

lab::LabInfo QueueingLab::describe() const {
  lab::LabInfo info;
  info.id = "queueing";
  info.title = "Queues and what theory says of them";
  info.summary =
      "Stations of parallel servers in series, with chosen arrivals and service, beside the closed "
      "forms of queueing theory.";
  info.knobs = knobs_.specs();
  info.presets = {
      {"mm1", "M/M/1", "One server, Poisson arrivals, exponential service.", {}},
      {"mm4", "M/M/4", "Four servers at the same utilisation.", {{"servers", "4"}}},
      {"md1", "M/D/1", "Service that never varies: half the wait.", {{"service", "fixed"}}},
      {"mg1",
       "M/G/1",
       "Lognormal service, twice as spread as its mean.",
       {{"service", "lognormal"}, {"service.cv", "2"}}},
      {"loss", "M/M/10/10", "No room to wait: Erlang's B.", {{"servers", "10"}, {"room", "0"}}},
      {"tandem", "Tandem", "Three M/M/1 stations in series.", {{"stations", "3"}}},
      {"bursty",
       "Bursty",
       "Gaps twice as spread as Poisson's: no exact formula.",
       {{"arrivals", "lognormal"}, {"arrivals.cv", "2"}}}};
  const auto factor = [](double initial) {
    ParameterSpec argument = spec("factor", "Factor", "", "How many times.", initial, 1, 100);
    return std::vector<ParameterSpec>{argument};
  };
  const Duration usual = std::chrono::seconds(1);
  info.faults = {{"slow_servers", "Slow servers", "Service takes longer.", factor(2), usual, ""},
                 {"rush", "Rush", "More customers arrive.", factor(3), usual, "source"}};
  info.usualLength = std::chrono::seconds(60);
  info.usualPace = 0.02;
  return info;
}

}  // namespace ringside::labs
