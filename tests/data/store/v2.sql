PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE run(
  runId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, runName TEXT NOT NULL,
  simtimeExp INTEGER NOT NULL);
INSERT INTO run VALUES(1,'payment-gateway-1-00000000000003e9',-9);
INSERT INTO run VALUES(2,'payment-gateway-2-00000000000003ea',-9);
CREATE TABLE runAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
INSERT INTO runAttr VALUES(1,1,'configname','common');
INSERT INTO runAttr VALUES(2,1,'experiment','payment-gateway');
INSERT INTO runAttr VALUES(3,1,'network','payment-gateway');
INSERT INTO runAttr VALUES(4,1,'seedset','1');
INSERT INTO runAttr VALUES(5,1,'fingerprint','00000000000003e9');
INSERT INTO runAttr VALUES(6,1,'simtime','1000000000');
INSERT INTO runAttr VALUES(7,1,'events','4321');
INSERT INTO runAttr VALUES(8,1,'engine_version','0.1.0');
INSERT INTO runAttr VALUES(9,2,'configname','common');
INSERT INTO runAttr VALUES(10,2,'experiment','payment-gateway');
INSERT INTO runAttr VALUES(11,2,'network','payment-gateway');
INSERT INTO runAttr VALUES(12,2,'seedset','2');
INSERT INTO runAttr VALUES(13,2,'fingerprint','00000000000003ea');
INSERT INTO runAttr VALUES(14,2,'simtime','1000000000');
INSERT INTO runAttr VALUES(15,2,'events','4321');
INSERT INTO runAttr VALUES(16,2,'engine_version','0.1.0');
CREATE TABLE runItervar(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  itervarName TEXT NOT NULL, itervarValue TEXT NOT NULL);
INSERT INTO runItervar VALUES(1,1,'bank.latency','50000000');
INSERT INTO runItervar VALUES(2,2,'bank.latency','50000000');
CREATE TABLE runConfig(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  configKey TEXT NOT NULL, configValue TEXT NOT NULL, configOrder INTEGER NOT NULL);
CREATE TABLE scalar(
  scalarId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, scalarName TEXT NOT NULL, scalarValue REAL);
INSERT INTO scalar VALUES(1,1,'breaker','state{method=card,bank="a"}',NULL);
INSERT INTO scalar VALUES(2,1,'breaker','state{method=card,bank="a"}:max',1e999);
INSERT INTO scalar VALUES(3,2,'breaker','state{method=card,bank="a"}',NULL);
INSERT INTO scalar VALUES(4,2,'breaker','state{method=card,bank="a"}:max',1e999);
CREATE TABLE scalarAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  scalarId INTEGER NOT NULL REFERENCES scalar(scalarId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
CREATE TABLE parameter(
  paramId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, paramName TEXT NOT NULL, paramValue TEXT NOT NULL);
INSERT INTO parameter VALUES(1,1,'bank','latency','50000000');
INSERT INTO parameter VALUES(2,2,'bank','latency','50000000');
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
INSERT INTO statistic VALUES(1,1,'payment','latency',1,0,1234,96500000.0,NULL,119081000000.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO statistic VALUES(2,2,'payment','latency',1,0,1234,96500000.0,NULL,119081000000.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE statisticAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  statId INTEGER NOT NULL REFERENCES statistic(statId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
INSERT INTO statisticAttr VALUES(1,1,'unit','ns');
INSERT INTO statisticAttr VALUES(2,2,'unit','ns');
CREATE TABLE histogramBin(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  statId INTEGER NOT NULL REFERENCES statistic(statId) ON DELETE CASCADE,
  lowerEdge NUMERIC NOT NULL, binValue NUMERIC NOT NULL);
INSERT INTO histogramBin VALUES(1,1,-1e999,0);
INSERT INTO histogramBin VALUES(2,1,0,617);
INSERT INTO histogramBin VALUES(3,1,90000001,604);
INSERT INTO histogramBin VALUES(4,1,143000001,13);
INSERT INTO histogramBin VALUES(5,1,144000001,0);
INSERT INTO histogramBin VALUES(6,2,-1e999,0);
INSERT INTO histogramBin VALUES(7,2,0,617);
INSERT INTO histogramBin VALUES(8,2,90000001,604);
INSERT INTO histogramBin VALUES(9,2,143000001,13);
INSERT INTO histogramBin VALUES(10,2,144000001,0);
CREATE TABLE vector(
  vectorId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  moduleName TEXT NOT NULL, vectorName TEXT NOT NULL, vectorCount INTEGER, vectorMin REAL,
  vectorMax REAL, vectorSum REAL, vectorSumSqr REAL, startEventNum INTEGER, endEventNum INTEGER,
  startSimtimeRaw INTEGER, endSimtimeRaw INTEGER);
INSERT INTO vector VALUES(1,1,'queues','shard-1:min',2,0.0,2.0,2.0,4.0,0,0,0,1000000);
INSERT INTO vector VALUES(2,1,'queues','shard-1:max',2,0.0,7.0,7.0,49.0,0,0,0,1000000);
INSERT INTO vector VALUES(3,1,'queues','shard-2:min',2,1.0,3.0,4.0,10.0,0,0,1000000,2000000);
INSERT INTO vector VALUES(4,1,'queues','shard-2:max',2,1.0,3.5,4.5,13.25,0,0,1000000,2000000);
INSERT INTO vector VALUES(5,2,'queues','shard-1:min',2,0.0,2.0,2.0,4.0,0,0,0,1000000);
INSERT INTO vector VALUES(6,2,'queues','shard-1:max',2,0.0,7.0,7.0,49.0,0,0,0,1000000);
INSERT INTO vector VALUES(7,2,'queues','shard-2:min',2,1.0,3.0,4.0,10.0,0,0,1000000,2000000);
INSERT INTO vector VALUES(8,2,'queues','shard-2:max',2,1.0,3.5,4.5,13.25,0,0,1000000,2000000);
CREATE TABLE vectorAttr(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  vectorId INTEGER NOT NULL REFERENCES vector(vectorId) ON DELETE CASCADE,
  attrName TEXT NOT NULL, attrValue TEXT NOT NULL);
INSERT INTO vectorAttr VALUES(1,1,'title','Queue depth');
INSERT INTO vectorAttr VALUES(2,1,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(3,2,'title','Queue depth');
INSERT INTO vectorAttr VALUES(4,2,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(5,3,'title','Queue depth');
INSERT INTO vectorAttr VALUES(6,3,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(7,4,'title','Queue depth');
INSERT INTO vectorAttr VALUES(8,4,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(9,5,'title','Queue depth');
INSERT INTO vectorAttr VALUES(10,5,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(11,6,'title','Queue depth');
INSERT INTO vectorAttr VALUES(12,6,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(13,7,'title','Queue depth');
INSERT INTO vectorAttr VALUES(14,7,'interpolationmode','sample-hold');
INSERT INTO vectorAttr VALUES(15,8,'title','Queue depth');
INSERT INTO vectorAttr VALUES(16,8,'interpolationmode','sample-hold');
CREATE TABLE vectorData(
  vectorId INTEGER NOT NULL REFERENCES vector(vectorId) ON DELETE CASCADE,
  eventNumber INTEGER NOT NULL, simtimeRaw INTEGER NOT NULL, value REAL);
INSERT INTO vectorData VALUES(1,0,0,0.0);
INSERT INTO vectorData VALUES(1,0,1000000,2.0);
INSERT INTO vectorData VALUES(2,0,0,0.0);
INSERT INTO vectorData VALUES(2,0,1000000,7.0);
INSERT INTO vectorData VALUES(3,0,1000000,1.0);
INSERT INTO vectorData VALUES(3,0,2000000,3.0);
INSERT INTO vectorData VALUES(4,0,1000000,1.0);
INSERT INTO vectorData VALUES(4,0,2000000,3.5);
INSERT INTO vectorData VALUES(5,0,0,0.0);
INSERT INTO vectorData VALUES(5,0,1000000,2.0);
INSERT INTO vectorData VALUES(6,0,0,0.0);
INSERT INTO vectorData VALUES(6,0,1000000,7.0);
INSERT INTO vectorData VALUES(7,0,1000000,1.0);
INSERT INTO vectorData VALUES(7,0,2000000,3.0);
INSERT INTO vectorData VALUES(8,0,1000000,1.0);
INSERT INTO vectorData VALUES(8,0,2000000,3.5);
CREATE TABLE event(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  simtimeRaw INTEGER NOT NULL, eventNumber INTEGER NOT NULL, component TEXT NOT NULL,
  severity TEXT NOT NULL, text TEXT NOT NULL);
INSERT INTO event VALUES(1,1,200000001,800,'shard-1','bad','shard 2: up -> down');
INSERT INTO event VALUES(2,1,500000002,900,'bank','good','=cmd()');
INSERT INTO event VALUES(3,2,200000001,800,'shard-1','bad','shard 2: up -> down');
INSERT INTO event VALUES(4,2,500000002,900,'bank','good','=cmd()');
CREATE TABLE fault(
  rowId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  faultId INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  fromSimtimeRaw INTEGER NOT NULL, toSimtimeRaw INTEGER NOT NULL);
INSERT INTO fault VALUES(1,1,1,'kill_shard','Kill shard 2',200000000,500000000);
INSERT INTO fault VALUES(2,1,2,'kill_shard','Kill shard 3',900000000,9223372036854775807);
INSERT INTO fault VALUES(3,2,1,'kill_shard','Kill shard 2',200000000,500000000);
INSERT INTO fault VALUES(4,2,2,'kill_shard','Kill shard 3',900000000,9223372036854775807);
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
INSERT INTO checkResult VALUES(1,1,'money','Money is conserved.','holds','sum 0');
INSERT INTO checkResult VALUES(2,2,'money','Money is conserved.','holds','sum 0');
CREATE TABLE trace(
  traceId INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  requestId INTEGER NOT NULL, slowest INTEGER NOT NULL, sampled INTEGER NOT NULL,
  label TEXT NOT NULL, outcome TEXT NOT NULL,
  startSimtimeRaw INTEGER NOT NULL, endSimtimeRaw INTEGER NOT NULL);
INSERT INTO trace VALUES(1,1,7,1,1,'payment 7, "card"','approved',1000,9500);
INSERT INTO trace VALUES(2,1,8,0,1,'payment 8','timed out',2000,9000);
INSERT INTO trace VALUES(3,2,7,1,1,'payment 7, "card"','approved',1000,9500);
INSERT INTO trace VALUES(4,2,8,0,1,'payment 8','timed out',2000,9000);
CREATE TABLE traceStep(
  traceId INTEGER NOT NULL REFERENCES trace(traceId) ON DELETE CASCADE,
  stepOrder INTEGER NOT NULL, name TEXT NOT NULL, component TEXT NOT NULL,
  startSimtimeRaw INTEGER NOT NULL, waitRaw INTEGER NOT NULL, serviceRaw INTEGER NOT NULL);
INSERT INTO traceStep VALUES(1,0,'validate','service',1000,0,500);
INSERT INTO traceStep VALUES(1,1,'write','shard-1',1500,2000,6000);
INSERT INTO traceStep VALUES(2,0,'write','shard-1',2000,1,6999);
INSERT INTO traceStep VALUES(3,0,'validate','service',1000,0,500);
INSERT INTO traceStep VALUES(3,1,'write','shard-1',1500,2000,6000);
INSERT INTO traceStep VALUES(4,0,'write','shard-1',2000,1,6999);
CREATE TABLE kept(
  runId INTEGER PRIMARY KEY NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  keptAtMs INTEGER NOT NULL, lab TEXT NOT NULL, title TEXT NOT NULL, preset TEXT NOT NULL,
  seed TEXT NOT NULL, lengthRaw INTEGER NOT NULL, state TEXT NOT NULL, error TEXT NOT NULL,
  fingerprint TEXT NOT NULL, events INTEGER NOT NULL, simtimeRaw INTEGER NOT NULL,
  settings TEXT NOT NULL, holds INTEGER NOT NULL, fails INTEGER NOT NULL, remark TEXT NOT NULL DEFAULT '');
INSERT INTO kept VALUES(1,1795000000001,'payment-gateway','Payment gateway','common','1',0,'finished','','00000000000003e9',4321,1000000000,'3 acts',1,0,'');
INSERT INTO kept VALUES(2,1795000000002,'payment-gateway','Payment gateway','common','2',0,'finished','','00000000000003ea',4321,1000000000,'3 acts',1,0,'kept by version 2');
CREATE TABLE planKnob(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  knobOrder INTEGER NOT NULL, knob TEXT NOT NULL, value REAL NOT NULL);
CREATE TABLE planFault(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  faultOrder INTEGER NOT NULL, atRaw INTEGER NOT NULL, name TEXT NOT NULL,
  durationRaw INTEGER NOT NULL, PRIMARY KEY(runId, faultOrder));
CREATE TABLE planFaultArgument(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  faultOrder INTEGER NOT NULL, argumentOrder INTEGER NOT NULL, argument TEXT NOT NULL,
  value REAL NOT NULL);
CREATE TABLE journal(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  entryOrder INTEGER NOT NULL, atRaw INTEGER NOT NULL, afterEvent INTEGER NOT NULL,
  act TEXT NOT NULL, name TEXT NOT NULL, value REAL, faultId INTEGER, durationRaw INTEGER,
  PRIMARY KEY(runId, entryOrder));
INSERT INTO journal VALUES(1,0,5,3,'knob','bank.latency',60000000.0,NULL,NULL);
INSERT INTO journal VALUES(1,1,6,4,'inject','kill_shard',NULL,1,9223372036854775807);
INSERT INTO journal VALUES(1,2,7,5,'lift','',NULL,1,NULL);
INSERT INTO journal VALUES(2,0,5,3,'knob','bank.latency',60000000.0,NULL,NULL);
INSERT INTO journal VALUES(2,1,6,4,'inject','kill_shard',NULL,1,9223372036854775807);
INSERT INTO journal VALUES(2,2,7,5,'lift','',NULL,1,NULL);
CREATE TABLE journalArgument(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  entryOrder INTEGER NOT NULL, argumentOrder INTEGER NOT NULL, argument TEXT NOT NULL,
  value REAL NOT NULL);
INSERT INTO journalArgument VALUES(1,1,0,'shard',2.0);
INSERT INTO journalArgument VALUES(2,1,0,'shard',2.0);
CREATE TABLE arrivals(
  runId INTEGER PRIMARY KEY NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  name TEXT NOT NULL, badRows INTEGER NOT NULL, firstBadRow TEXT NOT NULL, rows BLOB NOT NULL);
CREATE TABLE tag(
  runId INTEGER NOT NULL REFERENCES run(runId) ON DELETE CASCADE,
  name TEXT NOT NULL, PRIMARY KEY(runId, name)) WITHOUT ROWID;
INSERT INTO tag VALUES(2,'exam');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('run',2);
INSERT INTO sqlite_sequence VALUES('runAttr',16);
INSERT INTO sqlite_sequence VALUES('runItervar',2);
INSERT INTO sqlite_sequence VALUES('parameter',2);
INSERT INTO sqlite_sequence VALUES('statistic',2);
INSERT INTO sqlite_sequence VALUES('statisticAttr',2);
INSERT INTO sqlite_sequence VALUES('histogramBin',10);
INSERT INTO sqlite_sequence VALUES('scalar',4);
INSERT INTO sqlite_sequence VALUES('vector',8);
INSERT INTO sqlite_sequence VALUES('vectorAttr',16);
INSERT INTO sqlite_sequence VALUES('event',4);
INSERT INTO sqlite_sequence VALUES('fault',4);
INSERT INTO sqlite_sequence VALUES('checkResult',2);
INSERT INTO sqlite_sequence VALUES('trace',4);
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
CREATE INDEX planKnobOfRun ON planKnob(runId);
CREATE INDEX planFaultArgumentOfRun ON planFaultArgument(runId);
CREATE INDEX journalArgumentOfRun ON journalArgument(runId);
CREATE INDEX runsOfTag ON tag(name);
COMMIT;
