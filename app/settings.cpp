#include "app/settings.h"

#include <algorithm>

namespace ringside::app {
namespace {

const QString kVersion = QStringLiteral("version");
const QString kTheme = QStringLiteral("theme");
const QString kReducedMotion = QStringLiteral("reduced_motion");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kPerspective = QStringLiteral("window/perspective");
const QString kScenario = QStringLiteral("window/scenario");
const QString kTourSeen = QStringLiteral("window/tour_seen");

const QString kHistoryRuns = QStringLiteral("history/runs");
const QString kHistoryMegabytes = QStringLiteral("history/megabytes");
constexpr qint64 kMegabyte = qint64{1} << 20;
constexpr qint64 kMostKept = 100'000;  // Of either.

QString layoutKey(std::size_t perspective) {
  return QStringLiteral("window/layout_%1").arg(perspective);
}

}  // namespace

QStringList themeNames() {
  return {QStringLiteral("system"), QStringLiteral("dark"), QStringLiteral("light"),
          QStringLiteral("contrast")};
}

views::Theme::Mode themeNamed(const QString& name) {
  const auto at = themeNames().indexOf(name);
  return at < 0 ? views::Theme::Mode::System : static_cast<views::Theme::Mode>(at);
}

QString nameOf(views::Theme::Mode mode) { return themeNames().at(static_cast<int>(mode)); }

Settings Settings::load(const QSettings& store) {
  Settings settings;
  settings.theme = themeNamed(store.value(kTheme).toString());
  settings.reducedMotion = store.value(kReducedMotion, false).toBool();
  settings.window.geometry = store.value(kGeometry).toByteArray();
  const int perspective = store.value(kPerspective, 0).toInt();
  settings.window.perspective =
      static_cast<views::Perspective>(std::clamp(perspective, 0, views::kPerspectives - 1));
  settings.window.scenario = store.value(kScenario).toString();
  settings.window.tourSeen = store.value(kTourSeen, false).toBool();
  for (std::size_t i = 0; i < settings.window.layouts.size(); ++i) {
    settings.window.layouts[i] = store.value(layoutKey(i)).toByteArray();
  }
  const store::Limits usual;
  const auto limit = [&store](const QString& key, qint64 otherwise) {
    return std::clamp<qint64>(store.value(key, otherwise).toLongLong(), 1, kMostKept);
  };
  settings.history.runs = limit(kHistoryRuns, usual.runs);
  settings.history.bytes = limit(kHistoryMegabytes, usual.bytes / kMegabyte) * kMegabyte;
  return settings;
}

void Settings::save(QSettings& store) const {
  store.setValue(kVersion, 1);
  store.setValue(kTheme, nameOf(theme));
  store.setValue(kReducedMotion, reducedMotion);
  store.setValue(kGeometry, window.geometry);
  store.setValue(kPerspective, static_cast<int>(window.perspective));
  store.setValue(kScenario, window.scenario);
  store.setValue(kTourSeen, window.tourSeen);
  store.setValue(kHistoryRuns, static_cast<qint64>(history.runs));
  store.setValue(kHistoryMegabytes, static_cast<qint64>(history.bytes / kMegabyte));
  for (std::size_t i = 0; i < window.layouts.size(); ++i) {
    store.setValue(layoutKey(i), window.layouts[i]);
  }
}

}  // namespace ringside::app
