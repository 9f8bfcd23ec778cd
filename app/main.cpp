// ringside: the window. ringside-cli does without one.
#include <QApplication>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>

#include "app/application.h"

namespace {

using ringside::app::Options;

constexpr int kBadUsage = 2;

std::optional<QSize> sizeOf(const std::string& text) {
  int width = 0;
  int height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2) return std::nullopt;
  if (width < 1180 || height < 720 || width > 16384 || height > 16384) return std::nullopt;
  return QSize(width, height);
}

int complain(const std::string& sentence) {
  std::fprintf(stderr, "ringside: %s\n", sentence.c_str());
  return kBadUsage;
}

struct Words {
  std::string run, scenario, theme, screenshot, size, settings;
};

int start(const Words& words, int argc, char** argv) {
  Options options;
  if (!words.size.empty()) {
    const auto size = sizeOf(words.size);
    if (!size) return complain("--size '" + words.size + "': give 1180x720 or more, as 1600x1000");
    options.size = *size;
  }
  options.scenario = QString::fromStdString(words.scenario);
  options.run = QString::fromStdString(words.run);
  options.theme = QString::fromStdString(words.theme);
  options.screenshot = QString::fromStdString(words.screenshot);
  options.settingsFile = QString::fromStdString(words.settings);
  const QApplication application(argc, argv);
  const auto made = ringside::app::Application::make(options);
  if (!made) return complain(made.error().message);
  return (*made)->run();
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication::setApplicationName(QStringLiteral("ringside"));
  QCoreApplication::setApplicationVersion(QStringLiteral(RINGSIDE_VERSION));
  CLI::App cli("Ringside: a study desk for system-design interviews.", "ringside");
  Words words;
  cli.add_option("RUN", words.run, "A saved run (.ringside) to open");
  cli.add_option("--scenario", words.scenario, "Scenario to open, by its id");
  cli.add_option("--theme", words.theme, "Look of this session")
      ->check(CLI::IsMember({"system", "dark", "light", "contrast"}));
  cli.add_option("--screenshot", words.screenshot, "Write a picture of the window and end");
  cli.add_option("--size", words.size, "Size of the window, as 1600x1000");
  cli.add_option("--settings", words.settings, "Settings file instead of the usual one");
  cli.set_version_flag("--version", RINGSIDE_VERSION);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return cli.exit(asked);
  } catch (const CLI::ParseError& error) {
    return complain(error.what());
  }
  return start(words, argc, argv);
}
