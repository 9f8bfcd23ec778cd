#include "engine/export/sqlite_run.h"

namespace ringside::exports {
namespace {

constexpr char kSchema[] = R"sql(
CREATE TABLE run(
  runId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, runName TEXT NOT NULL,
  simtimeExp INTEGER NOT NULL);
CREATE TABLE runAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
CREATE TABLE runItervar(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  itervarName TEXT NOT NULL, itervarValue TEXT NOT NULL);
CREATE TABLE runConfig(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  configKey TEXT NOT NULL, configValue TEXT NOT NULL, configOrder INTEGER NOT NULL);
CREATE TABLE scalar(
  scalarId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, scalarName TEXT NOT NULL, scalarValue REAL);
CREATE TABLE scalarAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  scalarId INTEGER NOT NULL REFERENCES scalar(scalarId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
CREATE TABLE parameter(
  paramId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, paramName TEXT NOT NULL, paramValue TEXT NOT NULL);
CREATE TABLE parameterAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  paramId INTEGER NOT NULL REFERENCES parameter(paramId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
CREATE TABLE statistic(
  statId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, statName TEXT NOT NULL,
  isHistogram INTEGER NOT NULL, isWeighted INTEGER NOT NULL, statCount INTEGER NOT NULL,
  statMean REAL, statStddev REAL, statSum REAL, statSqrsum REAL, statMin REAL, statMax REAL,
  statWeights REAL, statWeightedSum REAL, statSqrSumWeights REAL, statWeightedSqrSum REAL);
CREATE TABLE statisticAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  statId INTEGER NOT NULL REFERENCES statistic(statId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
CREATE TABLE histogramBin(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  statId INTEGER NOT NULL REFERENCES statistic(statId) ON DELETE CASCADE,
  lowerEdge NUMERIC NOT NULL, binValue NUMERIC NOT NULL);
CREATE TABLE vector(
  vectorId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, vectorName TEXT NOT NULL, vectorCount INTEGER, vectorMin REAL,
  vectorMax REAL, vectorSum REAL, vectorSumSqr REAL, startEventNum INTEGER, endEventNum INTEGER,
  startSimtimeRaw INTEGER, endSimtimeRaw INTEGER);
CREATE TABLE vectorAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  vectorId INTEGER NOT NULL REFERENCES vector(vectorId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
CREATE TABLE vectorData(
  vectorId INTEGER NOT NULL REFERENCES vector(vectorId) ON DELETE CASCADE,
  eventNumber INTEGER NOT NULL, simtimeRaw INTEGER NOT NULL, value REAL);
CREATE TABLE event(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  simtimeRaw INTEGER NOT NULL, eventNumber INTEGER NOT NULL, component TEXT NOT NULL,
  severity TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE fault(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  faultId INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  fromSimtimeRaw INTEGER NOT NULL, toSimtimeRaw INTEGER NOT NULL);
CREATE TABLE claim(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  scenario TEXT NOT NULL, claimId TEXT NOT NULL, text TEXT NOT NULL, metric TEXT NOT NULL,
  expected TEXT NOT NULL, measured REAL, measuredText TEXT NOT NULL, verdict TEXT NOT NULL,
  asContentSays INTEGER NOT NULL);
CREATE TABLE checkResult(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  checkId TEXT NOT NULL, text TEXT NOT NULL, verdict TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE TABLE trace(
  traceId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  requestId INTEGER NOT NULL, slowest INTEGER NOT NULL, sampled INTEGER NOT NULL,
  label TEXT NOT NULL, outcome TEXT NOT NULL,
  startSimtimeRaw INTEGER NOT NULL, endSimtimeRaw INTEGER NOT NULL);
CREATE TABLE traceStep(
  traceId INTEGER NOT NULL REFERENCES trace(traceId) ON DELETE CASCADE,
  stepOrder INTEGER NOT NULL, name TEXT NOT NULL, component TEXT NOT NULL,
  startSimtimeRaw INTEGER NOT NULL, waitRaw INTEGER NOT NULL, serviceRaw INTEGER NOT NULL);
CREATE INDEX runAttrOfRun ON runAttr(runId);
CREATE INDEX runItervarOfRun ON runItervar(runId);
CREATE INDEX runConfigOfRun ON runConfig(runId);
CREATE INDEX scalarOfRun ON scalar(runId);
CREATE INDEX scalarAttrOfScalar ON scalarAttr(scalarId);
CREATE INDEX parameterOfRun ON parameter(runId);
CREATE INDEX parameterAttrOfParameter ON parameterAttr(paramId);
CREATE INDEX statisticOfRun ON statistic(runId);
CREATE INDEX statisticAttrOfStatistic ON statisticAttr(statId);
CREATE INDEX histogramBinOfStatistic ON histogramBin(statId);
CREATE INDEX vectorOfRun ON vector(runId);
CREATE INDEX vectorAttrOfVector ON vectorAttr(vectorId);
CREATE INDEX vectorDataOfVector ON vectorData(vectorId);
CREATE INDEX eventOfRun ON event(runId);
CREATE INDEX faultOfRun ON fault(runId);
CREATE INDEX claimOfRun ON claim(runId);
CREATE INDEX checkResultOfRun ON checkResult(runId);
CREATE INDEX traceOfRun ON trace(runId);
CREATE INDEX traceStepOfTrace ON traceStep(traceId);
)sql";

}  // namespace

const char* resultSchema() { return kSchema; }

}  // namespace ringside::exports
