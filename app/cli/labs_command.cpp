#include "app/cli/command.h"
#include "app/cli/text_table.h"
#include "engine/export/json.h"
#include "engine/labs/catalog.h"

namespace ringside::cli {
namespace {

int listLabs(bool json) {
  std::vector<lab::LabInfo> infos;
  for (const std::string_view id : labs::ids()) {
    const auto made = labs::make(id);
    if (!made) return complain(kFailed, made.error().message);
    infos.push_back((*made)->describe());
  }
  if (json) {
    print(exports::labsJson(infos));
    return kDone;
  }
  TextTable table({"LAB", "TITLE", "SUMMARY"}, Align::Left);
  for (const lab::LabInfo& info : infos) table.add({info.id, info.title, info.summary});
  print(table.text());
  return kDone;
}

}  // namespace

void addLabs(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("labs", "Lists the labs there are.");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "One JSON object instead of a table.");
  command->callback([json, &chosen] { chosen = [json] { return listLabs(*json); }; });
}

}  // namespace ringside::cli
