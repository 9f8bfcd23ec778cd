// Milliseconds of GUI thread that a frame costs each painted view, at the limits of TARGETS.md.
//
// Run with QT_QPA_PLATFORM=offscreen. Each iteration hands over a new frame and paints the widget
// at the size it has in a window of 1600 x 1000.
#include <QApplication>
#include <QPixmap>

#include <benchmark/benchmark.h>

#include "tests/support/sample_frame.h"
#include "views/canvas/internals_view.h"
#include "views/canvas/ring_view.h"
#include "views/canvas/topology_items.h"
#include "views/canvas/topology_view.h"
#include "views/charts/chart_strip.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

void paint(QWidget& widget, QPixmap& onto) { widget.render(&onto); }

void ringOfTenThousandPoints(benchmark::State& state) {
  const Theme theme;
  RingView view(theme);
  view.resize(420, 420);
  lab::RingScene scene = test::bigRing(10, 1'000, 100'000);
  QPixmap onto(view.size());
  view.setScene(scene);
  view.show();
  paint(view, onto);
  for (auto iteration : state) {
    scene.members[0].loadShare += 1e-6;
    view.setScene(scene);
    paint(view, onto);
  }
}

// What a change of the ring costs once: pictures of points, owners and keys.
void ringRebuild(benchmark::State& state) {
  const Theme theme;
  RingView view(theme);
  view.resize(420, 420);
  lab::RingScene scene = test::bigRing(10, 1'000, 100'000);
  QPixmap onto(view.size());
  for (auto iteration : state) {
    ++scene.version;
    view.setScene(scene);
    paint(view, onto);
  }
}

void topologyOf64NodesAnd2000Dots(benchmark::State& state) {
  const Theme theme;
  TopologyView view(theme);
  view.resize(640, 380);
  view.show();
  // In flight until the wires together carry the dots asked for, or can carry no more.
  lab::TopologyScene scene = test::manyNodes(64, 4, 2'000);
  int dots = 0;
  for (double inFlight = 20; dots < 2'000 && inFlight < 1e9; inFlight *= 1.5) {
    for (lab::TopologyEdge& edge : scene.edges) edge.inFlight = inFlight;
    view.setTopology({});
    view.setTopology(scene);
    dots = 0;
    for (const EdgeItem* edge : view.edges()) dots += edge->dots();
  }
  QPixmap onto(view.size());
  for (auto iteration : state) {
    scene.nodes[0].ratePerSec += 1;
    view.setTopology(scene);
    view.advanceMotion(0.016, 0.01);
    paint(view, onto);
  }
  state.counters["dots"] = dots;
}

void topologyOfThePaymentGateway(benchmark::State& state) {
  const Theme theme;
  TopologyView view(theme);
  view.resize(640, 340);
  view.show();
  const lab::FramePtr frame = test::sampleFrame(test::SampleState::ShardKilled);
  QPixmap onto(view.size());
  for (auto iteration : state) {
    view.setTopology(frame->topology);
    view.advanceMotion(0.016, 0.01);
    paint(view, onto);
  }
}

// As in the window: every 16 ms a frame comes in, one chart is brought up to date and painted.
void chartStripATick(benchmark::State& state) {
  const Theme theme;
  ChartStrip strip(theme);
  strip.resize(1027, 240);
  strip.setFrame(test::sampleFrame(test::SampleState::ShardKilled));
  strip.show();
  strip.flush();
  lab::FramePtr frames[8];
  for (int i = 0; i < 8; ++i) frames[i] = test::sampleFrame(test::SampleState::ShardKilled, 7, i);
  QPixmap onto(strip.size() / 2);
  qint64 now = 1'000'000;
  std::size_t next = 0;
  for (auto iteration : state) {
    strip.setFrame(frames[next]);
    strip.updateNext(now += ChartStrip::kTickMs);
    // One card repaints a tick; they are of one size, so a turn about them is the mean.
    strip.childAt(strip.width() * static_cast<int>(next % 4) / 4 + 100, 150)->render(&onto);
    next = (next + 1) % 8;
  }
}

void chartStripAllAtOnce(benchmark::State& state) {
  const Theme theme;
  ChartStrip strip(theme);
  strip.resize(1027, 240);
  strip.setFrame(test::sampleFrame(test::SampleState::ShardKilled));
  strip.show();
  QPixmap onto(strip.size());
  int tick = 0;
  for (auto iteration : state) {
    state.PauseTiming();
    const lab::FramePtr frame = test::sampleFrame(test::SampleState::ShardKilled, 7, ++tick % 8);
    state.ResumeTiming();
    strip.setFrame(frame);
    strip.flush();
    paint(strip, onto);
  }
}

BENCHMARK(ringOfTenThousandPoints)->Unit(benchmark::kMillisecond);
BENCHMARK(ringRebuild)->Unit(benchmark::kMillisecond);
BENCHMARK(topologyOf64NodesAnd2000Dots)->Unit(benchmark::kMillisecond);
BENCHMARK(topologyOfThePaymentGateway)->Unit(benchmark::kMillisecond);
BENCHMARK(chartStripATick)->Unit(benchmark::kMillisecond);
BENCHMARK(chartStripAllAtOnce)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ringside::views

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
