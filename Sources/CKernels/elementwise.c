#include "kernels.h"
#include "momentum.h"
#include "vectors.h"

enum { AHEAD = 4, CACHE_LINE = 64 };

WINNOW_INLINE void prefetch(const uint8_t *image, size_t size) {
  for (size_t i = 0; i < size; i += CACHE_LINE) __builtin_prefetch(image + i);
}

WINNOW_VARIANTS
void winnow_gather_pixels(const uint8_t *pixels, const int64_t *indices, size_t rows, size_t size, float scale,
                          float shift, float *restrict out) {
  for (size_t r = 0; r < rows; r++) {
    const uint8_t *image = pixels + (size_t)indices[r] * size;
    float *row = out + r * size;
    /* Random images are not in the cache; ask for one while others are at work. */
    if (r + AHEAD < rows) prefetch(pixels + (size_t)indices[r + AHEAD] * size, size);
    for (size_t i = 0; i < size; i++) row[i] = (float)image[i] * scale + shift;
  }
}

WINNOW_VARIANTS
void winnow_gather_scaled_pixels(const uint8_t *pixels, const int64_t *indices, size_t rows, size_t size,
                                 const float *restrict scales, const float *restrict shifts, float *restrict out) {
  for (size_t r = 0; r < rows; r++) {
    const uint8_t *image = pixels + (size_t)indices[r] * size;
    float *row = out + r * size;
    if (r + AHEAD < rows) prefetch(pixels + (size_t)indices[r + AHEAD] * size, size);
    for (size_t i = 0; i < size; i++) row[i] = (float)image[i] * scales[i] + shifts[i];
  }
}

WINNOW_VARIANTS
void winnow_standardise(const float *restrict in, size_t rows, size_t columns, const double *restrict means,
                        const double *restrict deviations, float *restrict out) {
  for (size_t r = 0; r < rows; r++) {
    const float *from = in + r * columns;
    float *to = out + r * (columns + 1);
    for (size_t c = 0; c < columns; c++) {
      float scaled = (float)(((double)from[c] - means[c]) / deviations[c]);
      to[c] = deviations[c] > 0 ? scaled : 0;
    }
    to[columns] = 1;
  }
}

WINNOW_VARIANTS
void winnow_add_bias(float *restrict values, const float *restrict bias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float *row = values + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] += bias[c];
  }
}

WINNOW_VARIANTS
void winnow_add_bias_rectify(float *restrict values, const float *restrict bias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float *row = values + r * columns;
    for (size_t c = 0; c < columns; c++) {
      float value = row[c] + bias[c];
      row[c] = value > 0 ? value : 0;
    }
  }
}

WINNOW_VARIANTS
void winnow_rectify_backward(float *restrict gradient, const float *restrict activation, size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = activation[i] > 0 ? gradient[i] : 0;
}

WINNOW_VARIANTS
void winnow_add_column_sums(const float *restrict values, size_t rows, size_t columns, float *restrict sums) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = values + r * columns;
    for (size_t c = 0; c < columns; c++) sums[c] += row[c];
  }
}

WINNOW_VARIANTS
void winnow_momentum_update(float *weights, float *velocity, size_t count, float rate, float momentum, float decay) {
  momentum_update(weights, velocity, count, rate, momentum, decay);
}
