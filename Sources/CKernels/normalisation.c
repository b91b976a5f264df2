#include "planes.h"
#include "vectors.h"

enum { POSITIONS = 2048 };

#define BROADCAST(x) ((lanes){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x})

/* The sum of `term`, an expression of the position p, over all positions. */
#define SUM_OF(total, length, term)                                                                                    \
  do {                                                                                                                 \
    (total) = 0;                                                                                                       \
    for (size_t start = 0; start < (length); start += POSITIONS) {                                                     \
      size_t end = (length) - start < POSITIONS ? (length) : start + POSITIONS;                                        \
      lanes sum = {0};                                                                                                 \
      for (size_t p = start; p < end; p += LANES) sum += (term);                                                       \
      (total) += (double)sum_of_lanes(&sum);                                                                           \
    }                                                                                                                  \
  } while (0)

WINNOW_VARIANTS
void winnow_plane_sums(const float *planes, size_t channels, size_t length, double *sums) {
  for (size_t c = 0; c < channels; c++) {
    const float *plane = planes + c * length;
    SUM_OF(sums[c], length, LOAD(plane + p));
  }
}

WINNOW_VARIANTS
void winnow_plane_deviations(const float *planes, const float *mask, const float *means, size_t channels,
                             size_t length, double *sums) {
  for (size_t c = 0; c < channels; c++) {
    const float *plane = planes + c * length;
    lanes mean = BROADCAST(means[c]);
    SUM_OF(sums[c], length, LOAD(mask + p) * (LOAD(plane + p) - mean) * (LOAD(plane + p) - mean));
  }
}

WINNOW_VARIANTS
void winnow_plane_products(const float *a, const float *b, size_t channels, size_t length, double *sums) {
  for (size_t c = 0; c < channels; c++) {
    const float *left = a + c * length, *right = b + c * length;
    SUM_OF(sums[c], length, LOAD(left + p) * LOAD(right + p));
  }
}

WINNOW_VARIANTS
void winnow_plane_scale(const float *planes, const float *mask, const float *scales, const float *shifts, int rectify,
                        size_t channels, size_t length, float *out) {
  for (size_t c = 0; c < channels; c++) {
    lanes scale = BROADCAST(scales[c]), shift = BROADCAST(shifts[c]);
    for (size_t p = 0; p < length; p += LANES) {
      lanes value = scale * LOAD(planes + c * length + p) + shift;
      if (rectify) value = (lanes)((integer_lanes)value & (integer_lanes)(value > 0.0f));
      STORE(out + c * length + p, LOAD(mask + p) * value);
    }
  }
}

WINNOW_VARIANTS
void winnow_plane_combine(const float *a, const float *b, const float *mask, const float *first, const float *second,
                          const float *third, int rectify, size_t channels, size_t length, float *out) {
  for (size_t c = 0; c < channels; c++) {
    lanes x = BROADCAST(first[c]), y = BROADCAST(second[c]), z = BROADCAST(third[c]);
    for (size_t p = 0; p < length; p += LANES) {
      lanes value = x * LOAD(a + c * length + p) + y * LOAD(b + c * length + p) + z;
      if (rectify) value = (lanes)((integer_lanes)value & (integer_lanes)(value > 0.0f));
      STORE(out + c * length + p, LOAD(mask + p) * value);
    }
  }
}
