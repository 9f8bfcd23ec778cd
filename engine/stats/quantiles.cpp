#include "engine/stats/quantiles.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "engine/base/check.h"

namespace ringside::stats {
namespace {

namespace math = boost::math;
// Without promotion to long double, which is another type on another machine.
using Policy = math::policies::policy<math::policies::promote_double<false>>;

void checkProbability(double probability) {
  RINGSIDE_CHECK(probability > 0);
  RINGSIDE_CHECK(probability < 1);
}

}  // namespace

double normalQuantile(double probability) {
  checkProbability(probability);
  return math::quantile(math::normal_distribution<double, Policy>(), probability);
}

double studentQuantile(double probability, double freedom) {
  checkProbability(probability);
  RINGSIDE_CHECK(freedom > 0);
  return math::quantile(math::students_t_distribution<double, Policy>(freedom), probability);
}

double binomialAtMost(std::int64_t successes, std::int64_t trials, double probability) {
  RINGSIDE_CHECK(trials >= 1);
  RINGSIDE_CHECK(probability >= 0);
  RINGSIDE_CHECK(probability <= 1);
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  const math::binomial_distribution<double, Policy> law(static_cast<double>(trials), probability);
  return math::cdf(law, static_cast<double>(successes));
}

}  // namespace ringside::stats
