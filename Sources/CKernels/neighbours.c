#include "neighbours.h"

#include "vectors.h"

WINNOW_INLINE void insert(float value, int32_t index, size_t kept, float *best, int32_t *indices) {
  size_t place = kept - 1;
  for (; place > 0 && value > best[place - 1]; place--) {
    best[place] = best[place - 1];
    indices[place] = indices[place - 1];
  }
  best[place] = value;
  indices[place] = index;
}

WINNOW_VARIANTS
void winnow_keep_largest(const float *values, size_t rows, size_t columns, int32_t first, size_t kept, float *best,
                         int32_t *indices) {
  enum { CHUNK = 8 * LANES };
  for (size_t r = 0; r < rows; r++) {
    const float *row = values + r * columns;
    float *row_best = best + r * kept;
    int32_t *row_indices = indices + r * kept;
    for (size_t start = 0; start < columns; start += CHUNK) {
      size_t end = start + CHUNK < columns ? start + CHUNK : columns;
      if (end - start == CHUNK) {
        /* Most chunks hold nothing better than what is kept: one comparison for all their values. */
        lanes most = LOAD(row + start);
        for (int i = 1; i < 8; i++) most = __builtin_elementwise_max(most, LOAD(row + start + i * LANES));
        if (!(__builtin_reduce_max(most) > row_best[kept - 1])) continue;
      }
      for (size_t c = start; c < end; c++) {
        if (row[c] > row_best[kept - 1]) insert(row[c], first + (int32_t)c, kept, row_best, row_indices);
      }
    }
  }
}
