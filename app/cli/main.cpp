#include <CLI/Error.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fmt/format.h>

#include "app/cli/command.h"

namespace ringside::cli {
namespace {

// What could have stood where something unexpected was.
std::string allowedIn(const CLI::App& app) {
  std::string names;
  const auto add = [&names](const std::string& name) {
    names += (names.empty() ? "" : ", ") + name;
  };
  for (const CLI::App* command : app.get_subcommands({})) add(command->get_name());
  if (!names.empty()) return names;
  for (const CLI::Option* option : app.get_options()) add(option->get_name());
  return names;
}

// The command that was being read when parsing stopped, or the program itself.
const CLI::App& innermost(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : *parsed.front();
}

int refuse(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = innermost(app);
  const std::string where = &at == &app ? "" : at.get_name() + ": ";
  const auto extras = at.remaining();
  const std::string what =
      extras.empty() ? std::string(error.what()) : fmt::format("unexpected '{}'", extras.front());
  return complain(kBadInput, fmt::format("{}{}; allowed: {}", where, what, allowedIn(at)));
}

int runProgram(int count, char** words) {
  CLI::App app("Runs Ringside's labs from the command line.", "ringside-cli");
  app.set_version_flag("--version", "ringside-cli " RINGSIDE_VERSION);
  app.require_subcommand(1);
  Chosen chosen;
  addLabs(app, chosen);
  addDescribe(app, chosen);
  addRun(app, chosen);
  addCompare(app, chosen);
  addSweep(app, chosen);
  addRuns(app, chosen);
  addVerify(app, chosen);
  try {
    app.parse(count, words);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return refuse(app, error);
  }
  const int status = chosen();
  // A full disk or a closed pipe must not pass for a result.
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  return complain(kFailed, "standard output cannot be written");
}

}  // namespace

int complain(int status, std::string_view message) {
  std::string line(message);
  std::ranges::replace(line, '\n', ' ');
  fmt::print(stderr, "ringside-cli: {}\n", line);
  return status;
}

void remark(std::string_view message) { fmt::print(stderr, "{}\n", message); }

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);  // Before any remark on stderr.
}

}  // namespace ringside::cli

int main(int count, char** words) {
  try {
    return ringside::cli::runProgram(count, words);
  } catch (const std::exception& error) {
    return ringside::cli::complain(ringside::cli::kFailed, error.what());
  }
}
