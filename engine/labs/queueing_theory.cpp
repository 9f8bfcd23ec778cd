// What theory says of the queueing lab's stations, and where it may say it.
#include <cmath>
#include <limits>

#include "engine/labs/queueing_lab.h"
#include "engine/theory/queues.h"

namespace ringside::labs {
namespace {

using lab::TheoryReading;
using theory::assume;
using theory::Assumptions;

constexpr double kUnlimited = 1e6;  // A waiting room that no steady queue fills.

std::optional<double> inNanos(const std::optional<theory::QueueMeans>& means) {
  if (!means) return std::nullopt;
  return means->wait * 1e9;
}

}  // namespace

double QueueingLab::arrivalRate() const {
  return knobs_.rho * static_cast<double>(std::int64_t{knobs_.servers}) /
         toSeconds(Duration(knobs_.mean));
}

double QueueingLab::serviceCv() const {
  switch (knobs_.service) {
    case ServiceLaw::Exponential:
      return 1;
    case ServiceLaw::Fixed:
      return 0;
    case ServiceLaw::Lognormal:
      return knobs_.serviceCv;
    case ServiceLaw::Pareto:
      if (knobs_.alpha <= 2) return std::numeric_limits<double>::infinity();
      return 1 / std::sqrt(knobs_.alpha * (knobs_.alpha - 2));
  }
  return 1;
}

double QueueingLab::gapCv() const {
  switch (knobs_.gaps) {
    case GapLaw::Poisson:
      return 1;
    case GapLaw::Even:
      return 0;
    case GapLaw::Lognormal:
      return knobs_.gapCv;
  }
  return 1;
}

// What every formula of a steady queue takes for granted.
Assumptions QueueingLab::common(std::size_t) const {
  return {assume("Fewer arrivals than the servers can take", knobs_.rho < 1,
                 "the utilisation is 1 or more, so nothing settles"),
          assume("Room for all who wait", knobs_.room.value() >= kUnlimited,
                 "the waiting room is bounded"),
          assume("The same knobs all along, and no fault", !disturbed_,
                 "a knob was turned or a fault struck during the run")};
}

// Burke: what leaves an M/M/c station is Poisson again.
theory::Assumption QueueingLab::poisson(std::size_t station) const {
  if (knobs_.gaps != GapLaw::Poisson) {
    return assume("Poisson arrivals", false, "arrivals are not Poisson");
  }
  return assume("Poisson arrivals", station == 0 || knobs_.service == ServiceLaw::Exponential,
                "what leaves a station whose service is not exponential is not Poisson");
}

TheoryReading QueueingLab::erlang(std::size_t station) const {
  Assumptions assumptions = common(station);
  assumptions.push_back(poisson(station));
  assumptions.push_back(assume("Exponential service", knobs_.service == ServiceLaw::Exponential,
                               "service is not exponential"));
  return {inNanos(theory::mmc(arrivalRate(), toSeconds(Duration(knobs_.mean)), knobs_.servers)),
          std::move(assumptions)};
}

TheoryReading QueueingLab::pollaczek(std::size_t station) const {
  Assumptions assumptions = common(station);
  assumptions.push_back(poisson(station));
  assumptions.push_back(assume("One server", knobs_.servers == 1, "there are several servers"));
  const double cv = serviceCv();
  assumptions.push_back(assume("Service of finite variance", std::isfinite(cv),
                               "the variance of service is infinite, and so is the mean wait"));
  if (!std::isfinite(cv)) return {std::nullopt, std::move(assumptions)};
  return {inNanos(theory::mg1(arrivalRate(), toSeconds(Duration(knobs_.mean)), cv)),
          std::move(assumptions)};
}

TheoryReading QueueingLab::approximation(std::size_t station) const {
  Assumptions assumptions = common(station);
  assumptions.push_back(assume("Gaps of known spread", station == 0,
                               "the gaps of what leaves a station are not known"));
  assumptions.push_back(assume("Heavy traffic: utilisation of 0.7 or more", knobs_.rho >= 0.7,
                               "traffic is too light for the approximation"));
  const double cv = serviceCv();
  assumptions.push_back(
      assume("Service of finite variance", std::isfinite(cv), "its variance is infinite"));
  if (!std::isfinite(cv)) return {std::nullopt, std::move(assumptions)};
  return {inNanos(theory::ggc(arrivalRate(), toSeconds(Duration(knobs_.mean)), knobs_.servers,
                              gapCv(), cv)),
          std::move(assumptions)};
}

// Erlang's B holds for service of any law.
TheoryReading QueueingLab::loss() const {
  const double load = knobs_.rho * static_cast<double>(std::int64_t{knobs_.servers});
  return {theory::erlangB(load, knobs_.servers),
          {assume("Nobody can wait", knobs_.room == 0, "there is a waiting room"), poisson(0),
           assume("The same knobs all along, and no fault", !disturbed_,
                  "a knob was turned or a fault struck during the run")}};
}

void QueueingLab::declareTheory(lab::World& world) {
  using lab::Statistic;
  const std::string c = std::to_string(std::int64_t{knobs_.servers});
  for (std::size_t i = 0; i < stations_.size(); ++i) {
    const std::string& name = stations_[i]->name;
    world.theory({name + ".utilisation", "Utilisation law", "U = rate * service / servers",
                  name + ".utilisation", Statistic::Mean, "", [this, i] {
                    return TheoryReading{knobs_.rho.value(), common(i)};
                  }});
    world.theory({name + ".mmc", "M/M/" + c + (c == "1" ? "" : " (Erlang C)"),
                  "W = C(c, a) * s / (c - a)", name + ".wait", Statistic::Mean, "wait",
                  [this, i] { return erlang(i); }});
    world.theory({name + ".mg1",
                  knobs_.service == ServiceLaw::Fixed ? "M/D/1" : "M/G/1 (Pollaczek-Khinchine)",
                  "W = rho * s * (1 + cv^2) / (2 (1 - rho))", name + ".wait", Statistic::Mean,
                  "wait", [this, i] { return pollaczek(i); }});
    world.theory({name + ".ggc", "G/G/" + c + " (Sakasegawa, approximate)",
                  "W = (ca^2 + cs^2) / 2 * rho^(sqrt(2(c+1)) - 1) / (c (1 - rho)) * s",
                  name + ".wait", Statistic::Mean, "", [this, i] { return approximation(i); }});
  }
  world.theory({"station-1.loss", "Erlang B", "B(c, a)", "station-1.loss", Statistic::Value, "",
                [this] { return loss(); }});
  world.theory(
      {"little", "Little's law", "L = rate * time", "present", Statistic::Mean, "", [this, &world] {
         const double seconds = toSeconds(world.now());
         if (!(seconds > 0)) return TheoryReading{};
         const double rate = static_cast<double>(served_->total()) / seconds;
         const double time = sojourn_->histogram().mean() * 1e-9;
         return TheoryReading{
             theory::little(rate, time),
             {assume("Those still here are few beside those served",
                     audit_.served >= 100 * static_cast<std::uint64_t>(audit_.present + 1),
                     "too few have left yet"),
              assume("Nobody is turned away", audit_.lost == 0,
                     "those turned away stay no time, and are not counted")}};
       }});
}

}  // namespace ringside::labs
