// Theme: the tokens and fonts in force, and the word that they changed.
//
// Model     One object owned by the application and passed to whoever paints. setMode() puts the
//           palette and the style sheet on the application, then emits changed().
// Threads   GUI thread.
// Cost      A change costs about 80 ms for the whole window; painters drop their caches on it.
#pragma once

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>

#include "views/shell/tokens.h"

class QPainter;
class QRectF;

namespace ringside::views {

class Theme : public QObject {
  Q_OBJECT

 public:
  enum class Mode { System, Dark, Light, HighContrast };
  Q_ENUM(Mode)

  explicit Theme(QObject* parent = nullptr);

  void setMode(Mode mode);
  [[nodiscard]] Mode mode() const { return mode_; }
  [[nodiscard]] const Tokens& tokens() const { return *tokens_; }

  // Motion is off when this is set; painters then jump to the end state.
  void setReducedMotion(bool reduced);
  [[nodiscard]] bool reducedMotion() const { return reducedMotion_; }

  // Pixel sizes: 20 time, 15 heading, 13 body, 12 secondary, 11 canvas labels.
  [[nodiscard]] QFont text(int pixelSize, QFont::Weight weight = QFont::Normal) const;
  [[nodiscard]] QFont figures(int pixelSize,
                              QFont::Weight weight = QFont::Normal) const;  // Tabular.
  [[nodiscard]] QFont code(int pixelSize) const;

  // A 16 px stroke icon from :/icons, tinted by token and following state (or always in `tint`).
  [[nodiscard]] QIcon icon(const QString& name, const QColor& tint = {}) const;
  // The same for painters; `rect` is square.
  void paintIcon(QPainter& painter, const QRectF& rect, const QString& name,
                 const QColor& colour) const;

 Q_SIGNALS:
  void changed();

 private:
  Mode mode_ = Mode::Dark;
  const Tokens* tokens_ = &darkTokens();
  bool reducedMotion_ = false;
  bool systemIsDark_ = true;  // As the palette was before any theme; Qt 6.4 tells no other way.
};

}  // namespace ringside::views
