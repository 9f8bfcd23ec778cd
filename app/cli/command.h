// Command: the words of ringside-cli, one file each, and what they share.
//
// Model     add...() declares a command with its options and leaves in `chosen` what to do when it
//           was the one typed. What it does returns the exit status.
// Promise   stdout carries results alone; complaints are one line on stderr that says what, where
//           and what is allowed.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace ringside::cli {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;    // The run, a check or a verdict failed.
inline constexpr int kBadInput = 2;  // Usage, or a file, knob, fault... that cannot be.

using Chosen = std::function<int()>;

void addLabs(CLI::App& app, Chosen& chosen);
void addDescribe(CLI::App& app, Chosen& chosen);
void addRun(CLI::App& app, Chosen& chosen);
void addCompare(CLI::App& app, Chosen& chosen);
void addSweep(CLI::App& app, Chosen& chosen);
void addRuns(CLI::App& app, Chosen& chosen);
void addVerify(CLI::App& app, Chosen& chosen);

// "ringside-cli: MESSAGE" on stderr, as one line; returns `status`.
int complain(int status, std::string_view message);
// A remark on stderr that is no error, such as where files went.
void remark(std::string_view message);
void print(std::string_view text);  // On stdout.

}  // namespace ringside::cli
