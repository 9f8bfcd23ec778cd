#include "engine/run/run_impl.h"

namespace ringside::run {

const metrics::Histogram* Run::histogram(std::string_view metric) const {
  if (impl_->world == nullptr) return nullptr;
  const metrics::Distribution* found = impl_->world->recorder().findDistribution(metric);
  return found == nullptr ? nullptr : &found->histogram();
}

}  // namespace ringside::run
