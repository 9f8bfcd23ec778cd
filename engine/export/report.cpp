#include "engine/export/report.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "engine/export/report_tables.h"
#include "engine/export/svg_chart.h"

namespace ringside::exports {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ink:#445163;--text:#131B26;--grid:#D9DFE7;--paper:#FFFFFF;
--ok:#007A58;--bad:#C03A12}
@media (prefers-color-scheme:dark){:root{--ink:#A9B6C6;--text:#E8EDF4;--grid:#252F3C;
--paper:#151B23;--ok:#3CCB9A;--bad:#FF7A5C}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--paper);max-width:68rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.8rem 0 .5rem}
p.sub{color:var(--ink);margin:.2rem 0}pre{white-space:pre-wrap;font:inherit}
table{border-collapse:collapse;width:100%;font-size:.87rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--grid);
vertical-align:top;overflow-wrap:anywhere}
th{color:var(--ink);font-weight:600}.n{text-align:right}
.holds{color:var(--ok);font-weight:600}.fails{color:var(--bad);font-weight:600}
code{font:.87rem ui-monospace,monospace;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(24rem,1fr));gap:1rem}
figure{margin:0}figcaption{font-weight:600;margin-bottom:.2rem}svg{width:100%;height:auto}
@media print{body{margin:0;max-width:none}figure,tr{break-inside:avoid}}
)css";

std::string questionPart(const RunRecord& record) {
  std::string html;
  for (const Question& question : record.questions) {
    html += fmt::format("<h2>Question: {}</h2>\n<pre>{}</pre>\n", xmlText(question.title),
                        xmlText(question.text));
  }
  return html;
}

std::string headPart(const RunRecord& record) {
  const lab::Frame& frame = record.frame;
  std::string html = fmt::format("<h1>{}</h1>\n", xmlText(record.info.title));
  if (!record.info.summary.empty()) {
    html += fmt::format("<p class=\"sub\">{}</p>\n", xmlText(record.info.summary));
  }
  if (frame.state == lab::RunState::Failed) {
    html += fmt::format("<p class=\"fails\">The run failed: {}</p>\n", xmlText(frame.note));
  }
  return html;
}

std::string chartsPart(const RunRecord& record, const ChartPicture& picture) {
  if (record.frame.charts.empty()) return "";
  std::string html = "<h2>Charts</h2>\n<div class=\"charts\">\n";
  for (const lab::Chart& chart : record.frame.charts) {
    html += fmt::format("<figure><figcaption>{}</figcaption>\n{}</figure>\n", xmlText(chart.title),
                        picture(chart));
  }
  return html + "</div>\n";
}

std::string body(const RunRecord& record, const ChartPicture& picture) {
  return headPart(record) + runTable(record) + questionPart(record) + claimsTable(record) +
         settingsTable(record) + actsTable(record) + chartsPart(record, picture) +
         metricsTable(record) +
         fmt::format("<p class=\"sub\">Again: <code>{}</code></p>\n", xmlText(commandOf(record)));
}

std::string page(const RunRecord& record, std::string_view style, std::string_view inside) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      xmlText(fmt::format("{}, seed {}", record.info.title, record.plan.seed)), style, inside);
}

// A word of a POSIX shell.
std::string shellWord(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=/:+,%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string reportHtml(const RunRecord& record) {
  return page(record, kStyle, body(record, [&record](const lab::Chart& chart) {
                return svgChart(chart, record.frame);
              }));
}

std::string printableReport(const RunRecord& record, const ChartPicture& picture) {
  return page(record,
              "h1{font-size:18pt}h2{font-size:13pt}.fails{color:#C03A12}.holds{color:#007A58}",
              body(record, picture));
}

std::string commandOf(const RunRecord& record) {
  const run::RunPlan& plan = record.plan;
  std::string command = "ringside-cli run " + shellWord(plan.labId);
  if (!plan.preset.empty()) command += " --preset " + shellWord(plan.preset);
  for (const lab::ParameterValue& knob : plan.knobs) {
    const auto spec = std::ranges::find(record.info.knobs, knob.key, &lab::ParameterSpec::key);
    const std::string value = spec == record.info.knobs.end() ? fmt::format("{}", knob.value)
                                                              : lab::format(*spec, knob.value);
    command += " --set " + shellWord(knob.key + "=" + value);
  }
  command += fmt::format(" --seed {}", plan.seed);
  if (plan.length > Duration::zero()) command += " --for " + lab::formatDuration(plan.length);
  for (const lab::ScheduledFault& fault : plan.faults) {
    command += " --fault " + shellWord(lab::formatFault(record.info.faults, fault));
  }
  if (plan.arrivals) command += " --arrivals " + shellWord(plan.arrivals->name);
  return command;
}

}  // namespace ringside::exports
