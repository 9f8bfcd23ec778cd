// AtomicFile: a file that appears whole or not at all.
//
// Model     Bytes go to a hidden temporary file in the same folder; commit() flushes it to the disk
//           and renames it over the target. An object destroyed before that removes it again.
// Promise   At every moment the target is absent, the old file, or the complete new one.
// Errors    The first failure is kept (full disk, no permission); later appends do nothing, and
//           commit() reports it, so that writers need not look after every line.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace ringside::exports {

class AtomicFile {
 public:
  explicit AtomicFile(std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void append(std::string_view text);
  Result<Done> commit();

 private:
  void flush();
  void fail(int code);

  std::string path_;
  std::string temporary_;
  std::string buffer_;
  int descriptor_ = -1;
  int error_ = 0;  // errno of the first failure.
};

}  // namespace ringside::exports
