// CliProcess: calls the built ringside-cli as a stranger would, and keeps what it said.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

namespace ringside::cli {

struct Said {
  int status = -1;
  QString out;
  QString error;

  // The one object on stdout; empty where there is anything else.
  [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
};

// `content` stands in for the shipped scenarios where it is not empty, `data` for a person's own
// folder.
inline Said call(const QStringList& words, const QString& content = {},
                 const QString& data = QStringLiteral("nowhere")) {
  QProcess process;
  auto environment = QProcessEnvironment::systemEnvironment();
  if (!content.isEmpty()) environment.insert("RINGSIDE_CONTENT", content);
  environment.insert("XDG_DATA_HOME", data);
  process.setProcessEnvironment(environment);
  process.start(RINGSIDE_CLI, words);
  process.closeWriteChannel();
  process.waitForFinished(200'000);
  const bool ended = process.exitStatus() == QProcess::NormalExit;
  return {ended ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

// A lab with few payments, since tests are about the command line.
inline QStringList fewPayments(const QStringList& more = {}) {
  return QStringList{"run", "payment-gateway", "--set", "tps=2k"} + more;
}

inline QStringList smallRun(const QStringList& more = {}) {
  return fewPayments({"--for", "50ms"}) + more;
}

}  // namespace ringside::cli
