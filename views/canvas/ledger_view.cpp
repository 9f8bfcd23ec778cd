#include "views/canvas/ledger_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "views/canvas/painting.h"
#include "views/charts/figures.h"
#include "views/shell/theme.h"

namespace ringside::views {
namespace {

constexpr double kMargin = 8, kTotal = 40, kRow = 22, kHeading = 24;

QString amount(std::int64_t minorUnits) {
  return figure(static_cast<double>(minorUnits), metrics::Unit::Amount);
}

QString counted(std::int64_t count) {
  return figure(static_cast<double>(count), metrics::Unit::Count);
}

lab::Health healthOf(const lab::LedgerScene::Tally& tally) {
  return tally.count == 0 ? lab::Health::Ok : lab::Health::Down;
}

}  // namespace

LedgerView::LedgerView(const Theme& theme, QWidget* parent)
    : SceneWidget(theme, tr("Ledger"), parent) {}

void LedgerView::setScene(const lab::LedgerScene& scene) {
  scene_ = scene;
  sceneChanged();
}

int LedgerView::itemCount() const { return tallies() + static_cast<int>(scene_.accounts.size()); }

const lab::LedgerAccount& LedgerView::accountOf(int item) const {
  return scene_.accounts[static_cast<std::size_t>(item - tallies())];
}

QRectF LedgerView::itemRect(int item) const {
  const double afterTotal = kMargin + kTotal + 6;
  const double top =
      item < tallies() ? afterTotal + item * kRow : afterTotal + item * kRow + kHeading;
  return {kMargin, top, width() - 2 * kMargin, kRow};
}

QString LedgerView::itemName(int item) const {
  return QString::fromStdString(item < tallies()
                                    ? scene_.tallies[static_cast<std::size_t>(item)].name
                                    : accountOf(item).name);
}

QString LedgerView::itemText(int item) const {
  if (item >= tallies())
    return tr("%1: balance %2").arg(itemName(item), amount(accountOf(item).balance));
  const auto& tally = scene_.tallies[static_cast<std::size_t>(item)];
  const QString text = tr("%1: %2").arg(itemName(item), counted(tally.count));
  if (!tally.mustBeZero) return text;
  return text + (tally.count == 0 ? tr(", as it must be") : tr(", must be 0"));
}

QString LedgerView::headline() const {
  return scene_.total == 0 ? tr("Balances add up to 0, as they must.")
                           : tr("Balances add up to %1 and must be 0.").arg(amount(scene_.total));
}

int LedgerView::heightFor(int) const {
  return static_cast<int>(2 * kMargin + kTotal + 6 + kHeading + itemCount() * kRow);
}

void LedgerView::paintScene(QPainter& painter) {
  paintTotal(painter);
  double widest = 1;
  for (const lab::LedgerAccount& account : scene_.accounts) {
    widest = std::max(widest, std::abs(static_cast<double>(account.balance)));
  }
  for (int i = 0; i < itemCount(); ++i) {
    if (i == picked() || i == hovered()) paintPick(painter, itemRect(i));
    if (i < tallies()) {
      paintTally(painter, i);
    } else {
      paintAccount(painter, i, widest);
    }
  }
  if (scene_.accounts.empty()) return;
  const QRectF first = itemRect(tallies());
  painter.setFont(theme().text(11));
  painter.setPen(theme().tokens().text3);
  paintText(painter, {first.left() + 4, first.top() - kHeading + 2, first.width() - 8, kHeading},
            tr("accounts"));
}

void LedgerView::paintTotal(QPainter& painter) const {
  const Tokens& t = theme().tokens();
  const bool holds = scene_.total == 0;
  const QRectF box(kMargin, kMargin, width() - 2 * kMargin, kTotal);
  painter.setPen(holds ? t.ok : t.error);
  painter.setBrush(holds ? t.okSoft : t.errorSoft);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  theme().paintIcon(painter, {box.left() + 10, box.center().y() - 8, 16, 16},
                    holds ? QStringLiteral("check") : QStringLiteral("cross"),
                    holds ? t.ok : t.error);
  const QString total = holds ? QStringLiteral("0") : amount(scene_.total);
  painter.setFont(theme().figures(15, QFont::DemiBold));
  painter.setPen(t.text);
  const double width = painter.fontMetrics().horizontalAdvance(total) + 12;
  paintText(painter, box.adjusted(0, 0, -10, 0), total, Qt::AlignRight | Qt::AlignVCenter);
  painter.setFont(theme().text(12, QFont::Medium));
  paintText(painter, box.adjusted(34, 0, -width - 8, 0),
            holds ? tr("Balances add up to zero") : tr("Balances must add up to zero"));
}

void LedgerView::paintTally(QPainter& painter, int item) const {
  const Tokens& t = theme().tokens();
  const auto& tally = scene_.tallies[static_cast<std::size_t>(item)];
  const QRectF row = itemRect(item).adjusted(4, 0, -10, 0);
  const bool broken = tally.mustBeZero && tally.count != 0;
  if (tally.mustBeZero) {
    paintHealth(painter, {row.left() + 6, row.center().y() - 5, 10, 10}, healthOf(tally), t);
  }
  painter.setFont(theme().text(12));
  painter.setPen(broken ? t.error : t.text);
  const QString name = tally.mustBeZero ? tr("%1 (must be 0)").arg(itemName(item)) : itemName(item);
  paintText(painter, row.adjusted(24, 0, -96, 0), name);
  painter.setFont(theme().figures(12, QFont::DemiBold));
  paintText(painter, row, counted(tally.count), Qt::AlignRight | Qt::AlignVCenter);
}

void LedgerView::paintAccount(QPainter& painter, int item, double widest) const {
  const Tokens& t = theme().tokens();
  const lab::LedgerAccount& account = accountOf(item);
  const QRectF row = itemRect(item).adjusted(4, 0, -10, 0);
  const double nameWidth = row.width() * 0.36, figureWidth = std::max(92.0, row.width() * 0.26);
  painter.setFont(theme().text(12));
  painter.setPen(t.text);
  paintText(painter, {row.left(), row.top(), nameWidth - 6, row.height()}, itemName(item));
  painter.setFont(theme().figures(12));
  paintText(painter, {row.right() - figureWidth, row.top(), figureWidth, row.height()},
            amount(account.balance), Qt::AlignRight | Qt::AlignVCenter);
  // Owed to the left of the middle, owned to the right.
  const QRectF track(row.left() + nameWidth, row.center().y() - 3,
                     row.width() - nameWidth - figureWidth - 8, 6);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.track);
  painter.drawRoundedRect(track, 3, 3);
  const double half = track.width() / 2;
  const double length = half * static_cast<double>(account.balance) / widest;
  const double middle = track.center().x();
  painter.setBrush(length < 0 ? t.data[1] : t.data[0]);
  painter.drawRect(QRectF(QPointF(std::min(middle, middle + length), track.top()),
                          QPointF(std::max(middle, middle + length), track.bottom())));
  painter.setPen(QPen(t.text2, 1));
  painter.drawLine(QPointF(middle, track.top() - 2), QPointF(middle, track.bottom() + 2));
}

}  // namespace ringside::views
