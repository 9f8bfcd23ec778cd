#include "engine/metrics/event_log.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "engine/base/check.h"

namespace ringside::metrics {
namespace {

// Never inside a character: UTF-8 bytes after the first of one are 10xxxxxx.
void cut(std::string& text) {
  if (text.size() > EventLog::kLongestText) {
    std::size_t length = EventLog::kLongestText;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    text.resize(length);
  }
  if (text.capacity() > EventLog::kLongestText) text.shrink_to_fit();
}

std::size_t textBytesOf(const LoggedEvent& event) {
  return event.component.capacity() + event.text.capacity();
}

}  // namespace

EventLog::EventLog(std::size_t capacity) : capacity_(capacity) { RINGSIDE_CHECK(capacity > 0); }

void EventLog::record(LoggedEvent event) {
  if (events_.size() == capacity_) {
    textBytes_ -= textBytesOf(events_.front());
    events_.pop_front();
    ++dropped_;
  }
  cut(event.component);
  cut(event.text);
  events_.push_back(std::move(event));
  textBytes_ += textBytesOf(events_.back());
}

std::vector<LoggedEvent> EventLog::tail(std::size_t count) const {
  std::vector<LoggedEvent> newest;
  const std::size_t taken = std::min(count, events_.size());
  newest.reserve(taken);
  for (std::size_t i = events_.size() - taken; i < events_.size(); ++i) {
    newest.push_back(events_[i]);
  }
  return newest;
}

std::size_t EventLog::bytes() const {
  return sizeof(*this) + events_.capacity() * sizeof(LoggedEvent) + textBytes_;
}

std::size_t EventLog::maxBytes() const {
  // The buffer is a power of two.
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(capacity_, 8));
  return sizeof(*this) + slots * sizeof(LoggedEvent) + capacity_ * 2 * kLongestText;
}

}  // namespace ringside::metrics
