// ring_geometry: who owns which part of a hash circle, in pixels, and what a change moved.
//
// Model     A key belongs to the first point at or after its hash, going round at the top. The
//           circle starts at twelve o'clock and runs clockwise. What is drawn is cut into pixels of
//           its edge, so that the cost of a picture follows its size and not the number of points.
// Promise   Shares add up to 1. A change lists an arc only where the owner's name differs.
// Threads   None; pure functions.
// Cost      O(points + pixels); changes O(points of both).
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <vector>

#include "engine/lab/scene.h"

namespace ringside::views {

struct RingLayout {
  QPointF centre;
  double band = 0;       // Outer radius of the band of owners; 0 when there is no room.
  double bandWidth = 0;  // Inwards from there.
  double ticks = 0;      // Length of a point's tick, outwards.
  double keysInner = 0;  // Radii between which keys lie.
  double keysOuter = 0;
  QRectF legend;
  double rowHeight = 0;
  bool legendBelow = false;
};

RingLayout layOutRing(QSizeF size, int members);

// Part of the circle, from 0 at the top clockwise to 1.
constexpr double turnOf(std::uint64_t hash) { return static_cast<double>(hash) * 0x1p-64; }
QPointF onCircle(QPointF centre, double radius, double turn);

// Index of the member that owns `hash`; -1 on a ring without points.
int ownerOf(const lab::RingScene& scene, std::uint64_t hash);
std::vector<double> sharesOf(const lab::RingScene& scene);

// A run of neighbouring pixels on the edge with one owner, or one thing to say.
struct PixelArc {
  int first = 0;
  int count = 0;
  int member = -1;
};

// The owner at the middle of each of `pixels` equal parts, neighbours joined.
std::vector<PixelArc> ownersByPixel(const lab::RingScene& scene, int pixels);
// At most one tick a pixel.
std::vector<PixelArc> ticksByPixel(const lab::RingScene& scene, int pixels);

struct RingChange {
  std::uint64_t from = 0;  // The arc (from, to].
  std::uint64_t to = 0;
  int member = -1;  // New owner, an index into the later scene's members.
};

// The arcs whose owner, by name, is another one after the change.
std::vector<RingChange> changesBetween(const lab::RingScene& before, const lab::RingScene& after);
double shareOf(const std::vector<RingChange>& changes);
// The changed arcs by pixel: those whose middle changed, and the shorter ones at one pixel each.
std::vector<PixelArc> changesByPixel(const std::vector<RingChange>& changes, int pixels);

// Largest share over the mean share of the members that own any; 0 without one.
double maxOverMean(const lab::RingScene& scene);

}  // namespace ringside::views
