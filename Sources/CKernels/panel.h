/* Views of matrices, and the panels into which the right-hand matrix of a product is copied. */
#ifndef WINNOW_PANEL_H
#define WINNOW_PANEL_H

#include "vectors.h"

enum { PANEL_VECTORS = 4, PANEL = PANEL_VECTORS * LANES };

/* A matrix that is read: value (r, c) is at values[r · row + c · column]. One of the two strides is 1. */
typedef struct {
  const float *values;
  size_t row, column;
} view;

WINNOW_INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

WINNOW_INLINE view part(view whole, size_t row, size_t column) {
  return (view){whole.values + row * whole.row + column * whole.column, whole.row, whole.column};
}

#define MIX(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

/* to[j · PANEL + i] = from[i · stride + j] for 16 × 16 values: pairs, fours, eights, halves. */
WINNOW_INLINE void transpose(const float *from, size_t stride, float *to) {
  lanes a[LANES], b[LANES];
  for (size_t i = 0; i < LANES; i++) a[i] = LOAD(from + i * stride);
  for (size_t i = 0; i < 8; i++) {
    b[2 * i] = MIX(a[2 * i], a[2 * i + 1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    b[2 * i + 1] = MIX(a[2 * i], a[2 * i + 1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  }
  for (size_t i = 0; i < 16; i += 4) {
    a[i] = MIX(b[i], b[i + 2], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    a[i + 1] = MIX(b[i], b[i + 2], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    a[i + 2] = MIX(b[i + 1], b[i + 3], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    a[i + 3] = MIX(b[i + 1], b[i + 3], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  for (size_t i = 0; i < 4; i++) {
    b[i] = MIX(a[i], a[4 + i], 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
    b[4 + i] = MIX(a[i], a[4 + i], 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    b[8 + i] = MIX(a[8 + i], a[12 + i], 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
    b[12 + i] = MIX(a[8 + i], a[12 + i], 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  for (size_t i = 0; i < 8; i++) {
    STORE(to + i * PANEL, MIX(b[i], b[8 + i], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
    STORE(to + (8 + i) * PANEL, MIX(b[i], b[8 + i], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
  }
}

WINNOW_INLINE void copy_row(const float *from, size_t count, float *to) {
  if (count != PANEL) {
    memcpy(to, from, count * sizeof(float));
    return;
  }
  for (size_t v = 0; v < PANEL; v += LANES) STORE(to + v, LOAD(from + v));
}

/* panel[k · PANEL + j] = b(k, j), zero from `width` to the end of the last vector. */
WINNOW_INLINE void pack_panel(view b, size_t depth, size_t width, float *panel) {
  if (width < PANEL) memset(panel, 0, depth * PANEL * sizeof(float));
  if (b.column == 1) {
    for (size_t k = 0; k < depth; k++) copy_row(b.values + k * b.row, width, panel + k * PANEL);
    return;
  }
  for (size_t j = 0; j < width; j += LANES) {
    for (size_t k = 0; k < depth; k += LANES) {
      view corner = part(b, k, j);
      if (j + LANES <= width && k + LANES <= depth) {
        transpose(corner.values, b.column, panel + k * PANEL + j);
        continue;
      }
      for (size_t i = 0; i < smaller(LANES, depth - k); i++) {
        for (size_t l = 0; l < smaller(LANES, width - j); l++) {
          panel[(k + i) * PANEL + j + l] = corner.values[i * b.row + l * b.column];
        }
      }
    }
  }
}

#endif
