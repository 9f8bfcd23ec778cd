#include "engine/run/resident_bytes.h"

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace ringside::run {

std::size_t residentBytes() {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen("/proc/self/statm", "re"));
  std::size_t all = 0;
  std::size_t resident = 0;
  if (file == nullptr || std::fscanf(file.get(), "%zu %zu", &all, &resident) != 2) return 0;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace ringside::run
