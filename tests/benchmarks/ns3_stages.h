// ns3_stages: the work of bench_runtime.cpp's tenStages on ns-3's simulator.
//
// Rejected  Including ns-3 in the benchmark itself: its headers are C++17 only.
#pragma once

#include <cstdint>

namespace ns3_stages {

// Draws come from the caller, so that both sides pay for the same ones.
struct Draws {
  void* rng;
  std::int64_t (*stageNanos)(void* rng);
  std::int64_t (*arrivalNanos)(void* rng);
};

// Begins a run with this scheduler. `draws` must outlive it.
void start(const char* scheduler, int stages, Draws& draws);
// Goes on for so long and returns the number of events run.
std::uint64_t run(double seconds);
void end();

}  // namespace ns3_stages
