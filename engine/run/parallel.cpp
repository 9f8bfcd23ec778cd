#include "engine/run/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ringside::run {

void forEachIndex(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  std::exception_ptr error;
  std::size_t errorAt = count;
  const auto labour = [&] {
    while (!failed) {
      const std::size_t i = next++;
      if (i >= count) return;
      try {
        work(i);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (i < errorAt) error = std::current_exception();
        errorAt = std::min(errorAt, i);
        failed = true;
      }
    }
  };
  {
    std::vector<std::jthread> others;
    const auto helpers =
        std::min<std::size_t>(std::max(threads, 1U), std::max<std::size_t>(count, 1)) - 1;
    for (std::size_t i = 0; i < helpers; ++i) others.emplace_back(labour);
    labour();
  }
  if (error) std::rethrow_exception(error);
}

unsigned allCores() { return std::max(std::thread::hardware_concurrency(), 1U); }

}  // namespace ringside::run
