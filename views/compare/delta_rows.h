// deltaRows: a comparison's differences as rows of a table, the sure ones drawn strong.
#pragma once

#include <QStringList>

#include <vector>

#include "engine/run/compare.h"
#include "views/run/rows_model.h"

namespace ringside::views {

QStringList deltaHeaders();
// Statistics that are the same in every replication are left out.
std::vector<Row> deltaRows(const std::vector<run::Delta>& deltas);

}  // namespace ringside::views
