#include "kernels.h"
#include "vectors.h"

/* Four vectors of partial sums: enough independent chains to hide the latency of a fused multiply-add. */
enum { CHAINS = 4 };

WINNOW_INLINE float dot(const float *a, const float *b, size_t count) {
  lanes sums[CHAINS] = {{0}, {0}, {0}, {0}};
  size_t i = 0;
  for (; i + CHAINS * LANES <= count; i += CHAINS * LANES) {
    for (int k = 0; k < CHAINS; k++) sums[k] = FMA(LOAD(a + i + k * LANES), LOAD(b + i + k * LANES), sums[k]);
  }
  for (int k = 0; i < count; k++, i += LANES) {
    size_t left = count - i < LANES ? count - i : LANES;
    lanes x, y;
    LOAD_PARTIAL(x, a + i, left);
    LOAD_PARTIAL(y, b + i, left);
    sums[k] = FMA(x, y, sums[k]);
  }
  lanes total = (sums[0] + sums[2]) + (sums[1] + sums[3]);
  return sum_of_lanes(&total);
}

WINNOW_VARIANTS
float winnow_dot(const float *a, const float *b, size_t count) { return dot(a, b, count); }

WINNOW_VARIANTS
float winnow_squared_norm(const float *a, size_t count) { return dot(a, a, count); }

WINNOW_VARIANTS
void winnow_row_squared_norms(const float *values, size_t rows, size_t columns, float *norms) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = values + r * columns;
    norms[r] = dot(row, row, columns);
  }
}

WINNOW_VARIANTS
void winnow_row_argmax(const float *values, size_t rows, size_t columns, int32_t *winners) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = values + r * columns;
    size_t winner = 0;
    for (size_t c = 1; c < columns; c++) winner = row[c] > row[winner] ? c : winner;
    winners[r] = (int32_t)winner;
  }
}
