#include "neighbours.h"

#include "vectors.h"

enum {
  /* Up to so many, insertion into the kept ones is fastest. */
  FEW = 32,
  /* Columns that are ranked at once. */
  PIECE = 2048,
  BINS = 1024,
};

WINNOW_INLINE void insert(float value, int32_t index, size_t kept, float *best, int32_t *indices) {
  size_t place = kept - 1;
  for (; place > 0 && value > best[place - 1]; place--) {
    best[place] = best[place - 1];
    indices[place] = indices[place - 1];
  }
  best[place] = value;
  indices[place] = index;
}

WINNOW_INLINE void keep_few(const float *row, size_t columns, int32_t first, size_t kept, float *best,
                            int32_t *indices) {
  enum { CHUNK = 8 * LANES };
  for (size_t start = 0; start < columns; start += CHUNK) {
    size_t end = start + CHUNK < columns ? start + CHUNK : columns;
    if (end - start == CHUNK) {
      /* Most chunks hold nothing better than what is kept: one comparison for all their values. */
      lanes most = LOAD(row + start);
      for (int i = 1; i < 8; i++) most = __builtin_elementwise_max(most, LOAD(row + start + i * LANES));
      if (!(__builtin_reduce_max(most) > best[kept - 1])) continue;
    }
    for (size_t c = start; c < end; c++) {
      if (row[c] > best[kept - 1]) insert(row[c], first + (int32_t)c, kept, best, indices);
    }
  }
}

/* The values of one piece that may be kept, in descending order; equal ones in the order of their columns. */
typedef struct {
  float values[PIECE];
  int32_t columns[PIECE];
  size_t count;
} ranking;

/* Monotone in the value, whatever the rounding; all in one bin when the range is not finite. */
WINNOW_INLINE size_t bin_of(float value, float low, float scale) {
  return scale > 0 ? (size_t)((value - low) * scale) : 0;
}

/* Ranks the values above `limit`, or the `kept` largest of them: a count by bins of equal width gives each value its place
   but for those of its own bin, and insertion puts these in order. */
WINNOW_INLINE void rank(const float *row, size_t columns, float limit, size_t kept, ranking *out) {
  float low = __builtin_inff(), high = -__builtin_inff();
  for (size_t c = 0; c < columns; c++) {
    if (!(row[c] > limit)) continue;
    low = row[c] < low ? row[c] : low;
    high = row[c] > high ? row[c] : high;
  }
  out->count = 0;
  if (!(high >= low)) return;
  float scale = (BINS - 1) / (high - low);
  if (!__builtin_isfinite(scale)) scale = 0;
  uint32_t counts[BINS] = {0};
  for (size_t c = 0; c < columns; c++) {
    if (row[c] > limit) counts[bin_of(row[c], low, scale)]++;
  }
  size_t lowest = BINS;
  while (lowest > 0 && out->count < kept) {
    size_t size = counts[--lowest];
    counts[lowest] = (uint32_t)out->count;
    out->count += size;
  }
  for (size_t c = 0; c < columns; c++) {
    if (!(row[c] > limit)) continue;
    size_t bin = bin_of(row[c], low, scale);
    if (bin < lowest) continue;
    size_t place = counts[bin]++;
    out->values[place] = row[c];
    out->columns[place] = (int32_t)c;
  }
  for (size_t i = 1; i < out->count; i++) {
    float value = out->values[i];
    int32_t column = out->columns[i];
    size_t place = i;
    for (; place > 0 && value > out->values[place - 1]; place--) {
      out->values[place] = out->values[place - 1];
      out->columns[place] = out->columns[place - 1];
    }
    out->values[place] = value;
    out->columns[place] = column;
  }
}

/* Merges the ranked values into the kept ones, which win ties: their columns are lower. */
WINNOW_INLINE void merge(const ranking *new, int32_t first, size_t kept, float *best, int32_t *indices) {
  size_t from_best = 0, from_new = 0;
  while (from_best + from_new < kept) {
    int takes_new = from_new < new->count && new->values[from_new] > best[from_best];
    takes_new ? from_new++ : from_best++;
  }
  for (size_t place = kept; from_new > 0; place--) {
    if (from_best > 0 && best[from_best - 1] < new->values[from_new - 1]) {
      from_best--;
      best[place - 1] = best[from_best];
      indices[place - 1] = indices[from_best];
    } else {
      from_new--;
      best[place - 1] = new->values[from_new];
      indices[place - 1] = first + new->columns[from_new];
    }
  }
}

WINNOW_VARIANTS
void winnow_keep_largest(const float *values, size_t rows, size_t columns, int32_t first, size_t kept, float *best,
                         int32_t *indices) {
  if (kept == 0) return;
  for (size_t r = 0; r < rows; r++) {
    const float *row = values + r * columns;
    float *row_best = best + r * kept;
    int32_t *row_indices = indices + r * kept;
    if (kept <= FEW) {
      keep_few(row, columns, first, kept, row_best, row_indices);
      continue;
    }
    for (size_t start = 0; start < columns; start += PIECE) {
      ranking ranked;
      rank(row + start, columns - start < PIECE ? columns - start : PIECE, row_best[kept - 1], kept, &ranked);
      merge(&ranked, first + (int32_t)start, kept, row_best, row_indices);
    }
  }
}
