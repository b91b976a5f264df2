#include "patches.h"

#include <math.h>

#include "vectors.h"

enum {
  SIDE = WINNOW_IMAGE_SIDE,
  PATCH = WINNOW_PATCH_SIDE,
  TAPS = PATCH * PATCH,
  POSITIONS = SIDE - PATCH + 1,
  /* Positions of the upper and left quadrants: a row of positions is two vectors, which start at 0 and at 12. */
  FIRST = (POSITIONS + 1) / 2,
  GROUP = 4,
  GROUPS = WINNOW_FILTERS / GROUP,
  /* The last vector of the last row reads beyond the image. */
  PADDED = SIDE * SIDE + LANES,
};

/* scales[y, half, lane] = 1 / √(variance of the patch at row y, column 12 · half + lane, + epsilon), from exact integer
   sums; 0 outside. */
WINNOW_INLINE void patch_scales(const uint8_t *image, float epsilon, float *scales) {
  int32_t sums[SIDE][POSITIONS], squares[SIDE][POSITIONS];
  for (int y = 0; y < SIDE; y++) {
    const uint8_t *row = image + y * SIDE;
    for (int x = 0; x < POSITIONS; x++) {
      int32_t sum = 0, square = 0;
      for (int d = 0; d < PATCH; d++) {
        sum += row[x + d];
        square += row[x + d] * row[x + d];
      }
      sums[y][x] = sum;
      squares[y][x] = square;
    }
  }
  memset(scales, 0, POSITIONS * 2 * LANES * sizeof(float));
  for (int y = 0; y < POSITIONS; y++) {
    float row[POSITIONS];
    for (int x = 0; x < POSITIONS; x++) {
      int32_t sum = 0, square = 0;
      for (int d = 0; d < PATCH; d++) {
        sum += sums[y + d][x];
        square += squares[y + d][x];
      }
      float variance = (float)(TAPS * square - sum * sum) / (float)(TAPS * TAPS);
      row[x] = 1.0f / sqrtf(variance + epsilon);
    }
    memcpy(scales + y * 2 * LANES, row, FIRST * sizeof(float));
    memcpy(scales + y * 2 * LANES + LANES, row + FIRST, (POSITIONS - FIRST) * sizeof(float));
  }
}

/* One group of filters over one half of the image's columns, pooled over the upper and the lower rows. `weights` holds
   the group's filters tap by tap. */
WINNOW_INLINE void convolve(const float *image, const float *scales, const float *weights, const float *bias, int half,
                            lanes pooled[2][GROUP]) {
  for (int y = 0; y < POSITIONS; y++) {
    lanes sums[GROUP] = {{0}};
    for (int dy = 0; dy < PATCH; dy++) {
      for (int dx = 0; dx < PATCH; dx++) {
        const lanes pixels = LOAD(image + (y + dy) * SIDE + half * FIRST + dx);
        const float *tap = weights + (dy * PATCH + dx) * GROUP;
        for (int f = 0; f < GROUP; f++) sums[f] = FMA(pixels, (lanes){0} + tap[f], sums[f]);
      }
    }
    const lanes scale = LOAD(scales + (y * 2 + half) * LANES);
    for (int f = 0; f < GROUP; f++) {
      lanes response = FMA(sums[f], scale, (lanes){0} + bias[f]);
      pooled[y >= FIRST][f] += __builtin_elementwise_max(response, (lanes){0});
    }
  }
}

WINNOW_INLINE float sum_of_first(const lanes *vector, int count) {
  float sum = 0;
  for (int i = 0; i < count; i++) sum += (*vector)[i];
  return sum;
}

WINNOW_VARIANTS
void winnow_patch_features(const uint8_t *pixels, size_t images, const float *weights, const float *bias, float epsilon,
                           float *out) {
  float taps[GROUPS][TAPS][GROUP];
  for (int f = 0; f < WINNOW_FILTERS; f++) {
    for (int t = 0; t < TAPS; t++) taps[f / GROUP][t][f % GROUP] = weights[f * TAPS + t];
  }
  for (size_t i = 0; i < images; i++) {
    const uint8_t *bytes = pixels + i * SIDE * SIDE;
    float image[PADDED] = {0}, scales[POSITIONS * 2 * LANES];
    for (int p = 0; p < SIDE * SIDE; p++) image[p] = bytes[p];
    patch_scales(bytes, epsilon, scales);
    for (int g = 0; g < GROUPS; g++) {
      for (int half = 0; half < 2; half++) {
        lanes pooled[2][GROUP] = {{{0}}};
        convolve(image, scales, &taps[g][0][0], bias + g * GROUP, half, pooled);
        for (int q = 0; q < 2; q++) {
          float *row = out + (i * WINNOW_QUADRANTS + q * 2 + half) * WINNOW_FILTERS + g * GROUP;
          for (int f = 0; f < GROUP; f++) row[f] = sum_of_first(&pooled[q][f], half ? POSITIONS - FIRST : FIRST);
        }
      }
    }
  }
}
