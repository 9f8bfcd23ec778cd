#include "views/canvas/ring_view.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

QString percent(double ratio) {
  return QString::number(ratio * 100, 'f', 1) + QStringLiteral(" %");
}

}  // namespace

RingView::RingView(const Theme& theme, QWidget* parent)
    : SceneWidget(theme, tr("Hash ring"), parent) {
  motion_.setDuration(kMotionMs);
  motion_.setStartValue(0.0);
  motion_.setEndValue(1.0);
  motion_.setEasingCurve(QEasingCurve::OutCubic);
  connect(&motion_, &QVariantAnimation::valueChanged, this, [this] { update(); });
  connect(&motion_, &QVariantAnimation::finished, this, [this] {
    oldRing_ = changed_ = QPixmap();
    update();
  });
}

void RingView::setScene(const lab::RingScene& scene) {
  const bool another = scene.version != scene_.version;
  const bool first = scene_.points.empty();
  // The sample of keys grows while a run is young; it is drawn anew when it has doubled.
  const bool newKeys =
      scene.keys.size() >= 2 * scene_.keys.size() || scene.keys.size() < scene_.keys.size();
  const lab::RingScene before = another ? std::exchange(scene_, {}) : lab::RingScene{};
  if (another || (newKeys && !scene.keys.empty())) {
    scene_ = scene;
  } else {
    scene_.members = scene.members;
    scene_.movedShare = scene.movedShare;
  }
  layout_ = layOutRing(QSizeF(size()), itemCount());
  if (another && !first) startMotion(before);
  sceneChanged();
}

bool RingView::isMoving() const { return motion_.state() == QAbstractAnimation::Running; }

void RingView::startMotion(const lab::RingScene& before) {
  motion_.stop();
  if (theme().reducedMotion() || !isVisible() || ring_.isNull()) return;
  const std::vector<PixelArc> arcs = changesByPixel(changesBetween(before, scene_), pixels());
  if (arcs.empty()) return;
  oldRing_ = ring_;
  changed_ = blank();
  QPainter painter(&changed_);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  for (const PixelArc& arc : arcs) {
    painter.setBrush(dataColour(theme().tokens(), arc.member));
    paintArc(painter, arc, layout_.band + layout_.ticks, layout_.band - layout_.bandWidth);
  }
  painter.end();
  motion_.start();
}

void RingView::resizeEvent(QResizeEvent* event) {
  motion_.stop();
  oldRing_ = changed_ = QPixmap();
  layout_ = layOutRing(QSizeF(size()), itemCount());
  SceneWidget::resizeEvent(event);
}

int RingView::heightFor(int width) const {
  const int rows = std::max(1, itemCount());
  const RingLayout layout = layOutRing(QSizeF(width, 200), itemCount());
  if (layout.legendBelow) return static_cast<int>(layout.legend.height()) + 140;
  return std::max(160, rows * 18 + 16);
}

int RingView::pixels() const {
  return std::max(64, static_cast<int>(layout_.band * 6.2832 * devicePixelRatioF() / 1.5));
}

RingView::CacheKey RingView::keyNow() const {
  CacheKey key{.version = scene_.version,
               .keys = scene_.keys.size(),
               .size = size(),
               .scale = devicePixelRatioF(),
               .tokens = &theme().tokens()};
  for (const lab::RingMember& member : scene_.members) {
    key.healths = key.healths * 5 + static_cast<std::uint64_t>(member.health) + 1;
  }
  return key;
}

void RingView::ensureCache() {
  const CacheKey key = keyNow();
  if (cached_ == key) return;
  cached_ = key;
  ++cacheBuilds_;
  ring_ = drawRing();
  keys_ = drawKeys();
  memberShown_ = -1;
  pickChanged();
}

void RingView::pickChanged() {
  const int member = hovered() >= 0 ? hovered() : picked();
  if (member == memberShown_) return;
  memberShown_ = member;
  member_ = member >= 0 && member < itemCount() ? drawMember(member) : QPixmap();
}

QRectF RingView::itemRect(int item) const {
  const RingLayout& l = layout_;
  if (!l.legendBelow) {
    return {l.legend.left(), l.legend.top() + item * l.rowHeight, l.legend.width(), l.rowHeight};
  }
  const int columns = std::max(1, static_cast<int>(l.legend.width() / 110));
  const double width = l.legend.width() / columns;
  return {l.legend.left() + (item % columns) * width,
          l.legend.top() + std::floor(item / columns) * l.rowHeight, width, l.rowHeight};
}

int RingView::itemAt(const QPointF& point) const {
  const QPointF way = point - layout_.centre;
  const double radius = std::hypot(way.x(), way.y());
  if (radius > layout_.band + layout_.ticks || radius < layout_.keysInner) {
    return SceneWidget::itemAt(point);
  }
  double turn = std::atan2(way.y(), way.x()) / (2 * std::numbers::pi) + 0.25;
  turn -= std::floor(turn);
  return ownerOf(scene_, static_cast<std::uint64_t>(std::min(turn, 0.9999999999) * 0x1p64));
}

QString RingView::itemName(int item) const {
  return QString::fromStdString(scene_.members[static_cast<std::size_t>(item)].name);
}

QString RingView::itemText(int item) const {
  const lab::RingMember& member = scene_.members[static_cast<std::size_t>(item)];
  return tr("%1, %2, owns %3, carries %4 of the traffic")
      .arg(QString::fromStdString(member.name), wordFor(member.health), percent(member.share),
           percent(member.loadShare));
}

QString RingView::headline() const {
  QString text = tr("%1 members, %2 virtual nodes, largest share %3 times the mean.")
                     .arg(scene_.members.size())
                     .arg(scene_.points.size())
                     .arg(QString::number(maxOverMean(scene_), 'f', 2));
  if (scene_.movedShare > 0) {
    text +=
        QChar(u' ') + tr("%1 of keys moved at the last change.").arg(percent(scene_.movedShare));
  }
  return text;
}

void RingView::paintScene(QPainter& painter) {
  ensureCache();
  if (layout_.band > 20) {
    paintMotion(painter);
    paintCentre(painter);
  }
  for (int i = 0; i < itemCount(); ++i) paintLegendRow(painter, i);
}

void RingView::paintMotion(QPainter& painter) {
  const double part = isMoving() ? motion_.currentValue().toDouble() : 1;
  const double dim = member_.isNull() ? 1 : 0.28;
  if (isMoving() && !oldRing_.isNull()) {
    painter.setOpacity((1 - part) * dim);
    painter.drawPixmap(0, 0, oldRing_);
  }
  painter.setOpacity(part * dim);
  painter.drawPixmap(0, 0, ring_);
  painter.setOpacity(dim);
  painter.drawPixmap(0, 0, keys_);
  painter.setOpacity(1);
  if (!member_.isNull()) painter.drawPixmap(0, 0, member_);
  if (!isMoving() || changed_.isNull()) return;
  // From a little further out, into place; gone when it is there, for the ring has it by then.
  const double scale = 1 + 0.1 * (1 - part);
  painter.save();
  painter.setOpacity(std::min(1.0, 2 * (1 - part)));
  painter.translate(layout_.centre);
  painter.scale(scale, scale);
  painter.translate(-layout_.centre);
  painter.drawPixmap(0, 0, changed_);
  painter.restore();
}

void RingView::paintCentre(QPainter& painter) const {
  const Tokens& t = theme().tokens();
  const double room = layout_.keysInner * 1.7;
  if (room < 46 || scene_.points.empty()) return;
  const double y = layout_.centre.y();
  const QRectF line(layout_.centre.x() - room / 2, y, room, 16);
  const bool moved = scene_.movedShare > 0;
  const bool roomy = room >= 96;
  painter.setFont(theme().figures(roomy ? 20 : 15, QFont::DemiBold));
  painter.setPen(t.text);
  paintText(painter, line.translated(0, roomy ? -22 : -14).adjusted(0, -4, 0, 4),
            QString::number(maxOverMean(scene_), 'f', 2), Qt::AlignCenter);
  painter.setFont(theme().text(11));
  painter.setPen(t.text2);
  paintText(painter, line, roomy ? tr("max / mean share") : tr("max/mean"), Qt::AlignCenter);
  if (!moved) return;
  painter.setPen(isMoving() ? t.accent : t.text2);
  const QString whole = tr("%1 of keys moved").arg(percent(scene_.movedShare));
  const bool fits = painter.fontMetrics().horizontalAdvance(whole) <= room;
  paintText(painter, line.translated(0, 16),
            fits ? whole : tr("%1 moved").arg(percent(scene_.movedShare)), Qt::AlignCenter);
}

void RingView::paintLegendRow(QPainter& painter, int item) const {
  const Tokens& t = theme().tokens();
  const lab::RingMember& member = scene_.members[static_cast<std::size_t>(item)];
  const QRectF row = itemRect(item).adjusted(0, 1, -4, -1);
  if (item == picked() || item == hovered()) paintPick(painter, row.adjusted(-4, 0, 4, 0));
  const bool bar = row.height() >= 22 || layout_.legendBelow == false;
  const double textHeight = bar ? row.height() - 6 : row.height();
  const bool down = member.health == lab::Health::Down;
  const QColor colour = dataColour(t, item);
  const QRectF swatch(row.left(), row.top() + textHeight / 2 - 5, 10, 10);
  painter.setPen(QPen(colour, 1));
  painter.setBrush(down ? hatch(colour) : QBrush(colour));
  painter.drawRoundedRect(swatch, 3, 3);
  QRectF name(row.left() + 16, row.top(), row.width() - 16 - 48, textHeight);
  if (member.health != lab::Health::Ok) {
    paintHealth(painter, {name.right() - 12, name.center().y() - 5, 10, 10}, member.health, t);
    name.setRight(name.right() - 14);
  }
  painter.setFont(theme().text(12, QFont::Medium));
  painter.setPen(down ? t.text3 : t.text);
  paintText(painter, name, QString::fromStdString(member.name));
  painter.setFont(theme().figures(12));
  painter.setPen(t.text2);
  paintText(painter, {row.right() - 50, row.top(), 50, textHeight}, percent(member.share),
            Qt::AlignRight | Qt::AlignVCenter);
  if (!bar) return;
  // Shares are drawn against twice the fair share, so that a fair one ends in the middle.
  const double fair = 2.0 / std::max(1, itemCount());
  const QRectF track(row.left() + 16, row.bottom() - 5, row.width() - 16, 3);
  paintBar(painter, track, member.share / fair, colour, t);
  const double x = track.left() + track.width() * std::clamp(member.loadShare / fair, 0.0, 1.0);
  painter.setPen(QPen(t.text, 1.4));
  if (member.loadShare > 0)
    painter.drawLine(QPointF(x, track.top() - 2), QPointF(x, track.bottom() + 2));
}

}  // namespace ringside::views
