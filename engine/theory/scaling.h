// Scaling: what more workers bring, by the universal scalability law.
//
// Model     C(N) = N / (1 + alpha (N - 1) + beta N (N - 1)): alpha is the part that is serial
//           (contention), beta what each pair of workers costs in keeping up with each other
//           (coherency). beta 0 is Amdahl's law; both 0 is linear.
// Source    Gunther, "Guerrilla Capacity Planning", chapters 4 to 6.
#pragma once

#include <optional>
#include <span>

#include "engine/base/result.h"

namespace ringside::theory {

struct Usl {
  double alpha = 0;
  double beta = 0;
  double single = 1;  // Throughput of one worker.

  // REQUIRES: workers >= 0.
  [[nodiscard]] double throughput(double workers) const;
  // Workers beyond which throughput falls; empty where it never does.
  [[nodiscard]] std::optional<double> peak() const;
};

struct ScalingPoint {
  double workers = 1;
  double throughput = 0;
};

// The law through measured points by least squares of N / X(N), a quadratic in N - 1 that is linear
// in its coefficients. Needs three different numbers of workers, all > 0, as the throughputs.
// Coefficients that come out negative are set to 0 and the rest fitted again.
[[nodiscard]] Result<Usl> fitUsl(std::span<const ScalingPoint> points);

}  // namespace ringside::theory
