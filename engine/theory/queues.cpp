#include "engine/theory/queues.h"

#include <cmath>

#include "engine/base/check.h"

namespace ringside::theory {
namespace {

// The other means from the mean wait, by Little's law.
QueueMeans fromWait(double arrivalRate, double serviceTime, double servers, double wait) {
  QueueMeans means;
  means.utilisation = utilisation(arrivalRate, serviceTime, servers);
  means.wait = wait;
  means.sojourn = wait + serviceTime;
  means.waiting = little(arrivalRate, wait);
  means.present = little(arrivalRate, means.sojourn);
  return means;
}

bool steady(double arrivalRate, double serviceTime, double servers) {
  RINGSIDE_CHECK(arrivalRate >= 0);
  RINGSIDE_CHECK(serviceTime > 0);
  RINGSIDE_CHECK(servers >= 1);
  return utilisation(arrivalRate, serviceTime, servers) < 1;
}

}  // namespace

double erlangB(double load, std::int64_t servers) {
  RINGSIDE_CHECK(load >= 0);
  RINGSIDE_CHECK(servers >= 1);
  if (load == 0) return 0;
  double inverse = 1;  // 1 / B(0).
  for (std::int64_t c = 1; c <= servers; ++c) {
    inverse = 1 + inverse * static_cast<double>(c) / load;
    if (std::isinf(inverse)) return 0;
  }
  return 1 / inverse;
}

double erlangC(double load, std::int64_t servers) {
  const auto c = static_cast<double>(servers);
  if (load >= c) return 1;
  const double b = erlangB(load, servers);
  return b / (1 - load / c * (1 - b));
}

std::optional<QueueMeans> mm1(double arrivalRate, double serviceTime) {
  return mmc(arrivalRate, serviceTime, 1);
}

std::optional<QueueMeans> mmc(double arrivalRate, double serviceTime, std::int64_t servers) {
  const auto c = static_cast<double>(servers);
  if (!steady(arrivalRate, serviceTime, c)) return std::nullopt;
  const double load = arrivalRate * serviceTime;
  const double wait = erlangC(load, servers) * serviceTime / (c - load);
  return fromWait(arrivalRate, serviceTime, c, wait);
}

double mmcWaitBeyond(double arrivalRate, double serviceTime, std::int64_t servers, double t) {
  RINGSIDE_CHECK(t >= 0);
  const auto c = static_cast<double>(servers);
  if (!steady(arrivalRate, serviceTime, c)) return 1;
  const double load = arrivalRate * serviceTime;
  return erlangC(load, servers) * std::exp(-(c - load) * t / serviceTime);
}

std::optional<QueueMeans> mg1(double arrivalRate, double serviceTime, double cv) {
  RINGSIDE_CHECK(cv >= 0);
  if (!steady(arrivalRate, serviceTime, 1)) return std::nullopt;
  const double load = arrivalRate * serviceTime;
  const double wait = load * serviceTime * (1 + cv * cv) / (2 * (1 - load));
  return fromWait(arrivalRate, serviceTime, 1, wait);
}

std::optional<QueueMeans> md1(double arrivalRate, double serviceTime) {
  return mg1(arrivalRate, serviceTime, 0);
}

std::optional<QueueMeans> ggc(double arrivalRate, double serviceTime, std::int64_t servers,
                              double arrivalCv, double serviceCv) {
  RINGSIDE_CHECK(arrivalCv >= 0);
  RINGSIDE_CHECK(serviceCv >= 0);
  const auto c = static_cast<double>(servers);
  if (!steady(arrivalRate, serviceTime, c)) return std::nullopt;
  const double rho = utilisation(arrivalRate, serviceTime, c);
  if (rho == 0) return fromWait(arrivalRate, serviceTime, c, 0);
  const double variability = (arrivalCv * arrivalCv + serviceCv * serviceCv) / 2;
  const double queueing = std::pow(rho, std::sqrt(2 * (c + 1)) - 1) / (c * (1 - rho));
  return fromWait(arrivalRate, serviceTime, c, variability * queueing * serviceTime);
}

}  // namespace ringside::theory
