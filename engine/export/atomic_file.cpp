#include "engine/export/atomic_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace ringside::exports {
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;

// Hidden, and different for two programs that export to the same folder at once.
std::string temporaryFor(const std::string& path) {
  const std::filesystem::path target(path);
  const auto name = fmt::format(".{}.{}.part", target.filename().string(), ::getpid());
  return (target.parent_path() / name).string();
}

}  // namespace

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)), temporary_(temporaryFor(path_)) {
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail(errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::append(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) flush();
}

Result<Done> AtomicFile::commit() {
  flush();
  if (error_ == 0 && ::fsync(descriptor_) != 0) fail(errno);
  // A disk may first say that it is full when the file is closed.
  if (error_ == 0 && ::close(std::exchange(descriptor_, -1)) != 0) fail(errno);
  if (error_ == 0 && std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  if (error_ == 0) return Done{};
  if (descriptor_ < 0) ::unlink(temporary_.c_str());
  return Error{
      fmt::format("{}: cannot be written: {}", path_, std::generic_category().message(error_))};
}

void AtomicFile::flush() {
  std::string_view rest = buffer_;
  while (error_ == 0 && !rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
  buffer_.clear();
}

void AtomicFile::fail(int code) {
  if (error_ == 0) error_ = code;
}

}  // namespace ringside::exports
