#include "kernels.h"
#include "vectors.h"

enum { SUMS = 8 };

WINNOW_VARIANTS
double winnow_coverage_gain(const float *similarities, size_t row, size_t columns, const float *covered) {
  const float *own = similarities + row * columns;
  double sums[SUMS] = {0};
  size_t c = 0;
  for (; c + SUMS <= columns; c += SUMS) {
    for (size_t k = 0; k < SUMS; k++) {
      float gain = own[c + k] - covered[c + k];
      sums[k] += gain > 0 ? gain : 0;
    }
  }
  for (size_t k = 0; c + k < columns; k++) {
    float gain = own[c + k] - covered[c + k];
    sums[k] += gain > 0 ? gain : 0;
  }
  for (size_t half = SUMS / 2; half > 0; half /= 2) {
    for (size_t k = 0; k < half; k++) sums[k] += sums[k + half];
  }
  return sums[0];
}

WINNOW_VARIANTS
void winnow_cover(const float *similarities, size_t row, size_t columns, float *covered) {
  const float *own = similarities + row * columns;
  for (size_t c = 0; c < columns; c++) covered[c] = own[c] > covered[c] ? own[c] : covered[c];
}
