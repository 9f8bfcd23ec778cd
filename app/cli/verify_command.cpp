#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/progress_bar.h"
#include "app/cli/result_table.h"
#include "app/content_folder.h"
#include "engine/export/json.h"
#include "engine/labs/catalog.h"
#include "engine/run/claims.h"
#include "engine/study/load_content.h"

namespace ringside::cli {
namespace {

struct VerifyRequest {
  std::vector<std::string> labs;  // Empty: all.
  bool json = false;
  bool quiet = false;
};

// The scenario with those of its claims that are about the labs asked for.
study::Scenario narrowed(study::Scenario scenario, const std::vector<std::string>& labs) {
  if (labs.empty()) return scenario;
  std::erase_if(scenario.claims, [&labs](const study::Claim& claim) {
    return std::ranges::find(labs, claim.experiment.lab) == labs.end();
  });
  return scenario;
}

std::vector<run::ClaimOutcome> verifyClaims(const std::vector<study::Scenario>& scenarios,
                                            const VerifyRequest& request) {
  std::vector<const study::Scenario*> pointers;
  for (const study::Scenario& scenario : scenarios) {
    if (!scenario.claims.empty()) pointers.push_back(&scenario);
  }
  ProgressBar bar(request.quiet ? Progress::Silent : Progress::Shown);
  return run::verify(pointers, [&bar](int done, int all) {
    bar.show(static_cast<double>(done) / std::max(all, 1),
             fmt::format("{} of {} experiments", done, all));
    return true;
  });
}

int verify(const VerifyRequest& request) {
  for (const std::string& id : request.labs) {
    if (const auto known = labs::make(id); !known) {
      return complain(kBadInput, known.error().message);
    }
  }
  const auto folders = app::scenarioFolders();
  if (folders.empty()) {
    return complain(kBadInput, app::noScenariosText());
  }
  const study::Library library = study::loadScenarios(folders);
  std::vector<study::Scenario> scenarios;
  for (const auto& scenario : library.scenarios) {
    scenarios.push_back(narrowed(scenario, request.labs));
  }
  const auto claims = verifyClaims(scenarios, request);
  std::vector<std::string> errors;
  for (const auto& error : library.errors) errors.push_back(study::describe(error));
  const auto agreeing = std::ranges::count_if(claims, &run::ClaimOutcome::asContentSays);
  if (request.json) {
    print(exports::verifyJson(claims, errors));
  } else if (!request.quiet) {
    print(claimsText(claims));
    print(fmt::format("\n{} claims, {} as the content says\n", claims.size(), agreeing));
  }
  for (const std::string& error : errors) complain(kBadInput, error);
  if (!errors.empty()) return kBadInput;
  return static_cast<std::size_t>(agreeing) == claims.size() ? kDone : kFailed;
}

}  // namespace

void addVerify(CLI::App& app, Chosen& chosen) {
  const auto request = std::make_shared<VerifyRequest>();
  CLI::App* command =
      app.add_subcommand("verify", "Runs the claims and compares with the content.");
  command->add_option("LAB", request->labs, "Only claims about these labs.");
  command->add_flag("--json", request->json, "One JSON object instead of a table.");
  command->add_flag("--quiet", request->quiet, "No table, no progress.");
  command->callback([request, &chosen] { chosen = [request] { return verify(*request); }; });
}

}  // namespace ringside::cli
