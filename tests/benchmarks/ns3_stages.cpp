#include "tests/benchmarks/ns3_stages.h"

#include <ns3/nstime.h>
#include <ns3/object-factory.h>
#include <ns3/simulator.h>

namespace ns3_stages {
namespace {

void stage(Draws* draws, int left) {
  if (left == 0) return;
  ns3::Simulator::Schedule(ns3::TimeStep(static_cast<std::uint64_t>(draws->stageNanos(draws->rng))),
                           &stage, draws, left - 1);
}

void arrive(Draws* draws, int stages) {
  // As a spawned task does, each request begins with an event of its own.
  ns3::Simulator::ScheduleNow(&stage, draws, stages);
  ns3::Simulator::Schedule(
      ns3::TimeStep(static_cast<std::uint64_t>(draws->arrivalNanos(draws->rng))), &arrive, draws,
      stages);
}

}  // namespace

void start(const char* scheduler, int stages, Draws& draws) {
  ns3::Simulator::SetScheduler(ns3::ObjectFactory(scheduler));
  ns3::Simulator::ScheduleNow(&arrive, &draws, stages);
}

std::uint64_t run(double seconds) {
  const std::uint64_t before = ns3::Simulator::GetEventCount();
  ns3::Simulator::Stop(ns3::Seconds(seconds));
  ns3::Simulator::Run();
  return ns3::Simulator::GetEventCount() - before;
}

void end() { ns3::Simulator::Destroy(); }

}  // namespace ns3_stages
