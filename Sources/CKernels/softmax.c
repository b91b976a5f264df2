#include "kernels.h"
#include "vectors.h"

/* eˣ for x ≤ 0 within 2 units in the last place: 2ⁿ · p(r) with r = x − n ln 2 and a Taylor polynomial of degree 7.
   Below −87 the result stays at e⁻⁸⁷ ≈ 1.6e-38. */
WINNOW_INLINE float exponential(float x) {
  const float rounder = 12582912.0f; /* 1.5 · 2²³: adding and subtracting it rounds to an integer. */
  x = x > -87.0f ? x : -87.0f;
  float n = (x * 1.44269504f + rounder) - rounder;
  float r = __builtin_fmaf(n, -0.693359375f, x);
  r = __builtin_fmaf(n, 2.12194440e-4f, r);
  float p = 1.98412698e-4f;
  p = __builtin_fmaf(p, r, 1.38888889e-3f);
  p = __builtin_fmaf(p, r, 8.33333333e-3f);
  p = __builtin_fmaf(p, r, 4.16666667e-2f);
  p = __builtin_fmaf(p, r, 1.66666667e-1f);
  p = __builtin_fmaf(p, r, 0.5f);
  p = __builtin_fmaf(p, r, 1.0f);
  p = __builtin_fmaf(p, r, 1.0f);
  int32_t bits = ((int32_t)n + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

WINNOW_INLINE float largest(const float *row, size_t columns) {
  float top = row[0];
  for (size_t c = 1; c < columns; c++) top = row[c] > top ? row[c] : top;
  return top;
}

/* Sixteen partial sums, element c into sum c mod 16. */
WINNOW_INLINE float sum(const float *row, size_t columns) {
  lanes sums = {0};
  size_t c = 0;
  for (; c + LANES <= columns; c += LANES) sums += LOAD(row + c);
  if (c < columns) {
    lanes rest;
    LOAD_PARTIAL(rest, row + c, columns - c);
    sums += rest;
  }
  return sum_of_lanes(&sums);
}

WINNOW_INLINE void softmax(float *row, size_t columns) {
  float top = largest(row, columns);
  for (size_t c = 0; c < columns; c++) row[c] = exponential(row[c] - top);
  float total = sum(row, columns);
  for (size_t c = 0; c < columns; c++) row[c] /= total;
}

WINNOW_VARIANTS
void winnow_softmax(float *values, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) softmax(values + r * columns, columns);
}

WINNOW_VARIANTS
void winnow_cross_entropy_gradient(float *logits, const int32_t *labels, size_t rows, size_t columns, float smoothing,
                                   float scale) {
  float everywhere = smoothing / (float)columns;
  for (size_t r = 0; r < rows; r++) {
    float *row = logits + r * columns;
    softmax(row, columns);
    for (size_t c = 0; c < columns; c++) {
      float target = c == (size_t)labels[r] ? (1 - smoothing) + everywhere : everywhere;
      row[c] = (row[c] - target) * scale;
    }
  }
}
