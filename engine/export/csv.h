// Csv: a run as comma-separated tables, one function a file.
//
// Model     RFC 4180 with LF, a header row, '.' as decimal point whatever the locale. Every row of
//           every table begins with run_id,seed,lab,engine_version, so that files of many runs can
//           be put under one another. Times are whole nanoseconds of virtual time. A cell stays
//           empty where a value does not apply; not a number is empty as well.
//   series.csv       t_ns,series,labels,value          Long form: a row for each value. `series` is
//                    the chart's id; labels are "line=shard-2;stat=min;unit=ns". A point of a chart
//                    covers a column of time: its stat=min and stat=max rows are the least and the
//                    greatest value in it.
//   series_wide.csv  t_ns, then for each line "chart/line min" and "chart/line max".
//   percentiles.csv  chart,unit,percentile,value,count
//   metrics.csv      name,kind,unit,count,rate,value,mean,stddev,min,max,p50,p90,p95,p99,p999
//   events.csv       t_ns,event,component,severity,text
//   traces.csv       trace,picked,label,outcome,start_ns,end_ns, and for each step of the request
//                    a row with step,component,step_start_ns,wait_ns,service_ns
// Promise   Text that a spreadsheet would take for a formula (= + - @ in front) gets a ' in front.
// Limits    Tables hold what a Frame holds: series thinned to 512 points a line, the last 200
//           events, 64 requests. Metrics are exact.
#pragma once

#include <string>

#include "engine/export/run_record.h"

namespace ringside::exports {

std::string seriesCsv(const RunRecord& record);
std::string seriesWideCsv(const RunRecord& record);
std::string percentilesCsv(const RunRecord& record);
std::string metricsCsv(const RunRecord& record);
std::string eventsCsv(const RunRecord& record);
std::string tracesCsv(const RunRecord& record);

}  // namespace ringside::exports
