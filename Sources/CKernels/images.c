#include "kernels.h"
#include "vectors.h"

WINNOW_VARIANTS
void winnow_sum_of_shifts(const float *padded, size_t stride, const int64_t *starts, const float *weights,
                          size_t shifts, size_t rows, size_t columns, float *restrict out) {
  for (size_t r = 0; r < rows; r++) {
    float *row = out + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] = 0;
    for (size_t k = 0; k < shifts; k++) {
      const float *from = padded + starts[k] + r * stride;
      float weight = weights[k];
      for (size_t c = 0; c < columns; c++) row[c] += weight * from[c];
    }
  }
}

WINNOW_VARIANTS
void winnow_round_levels(const float *values, size_t count, size_t stride, uint8_t *restrict out) {
  for (size_t i = 0; i < count; i++) {
    /* Not a number is black. */
    float level = (values[i] > 0 ? values[i] < 1 ? values[i] : 1 : 0) * 255;
    int32_t whole = (int32_t)level;
    out[i * stride] = (uint8_t)(whole + (level - (float)whole >= 0.5f));
  }
}
