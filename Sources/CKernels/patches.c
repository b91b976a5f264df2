#include "patches.h"

#include <math.h>

#include "vectors.h"

enum {
  PATCH = WINNOW_PATCH_SIDE,
  AREA = PATCH * PATCH,
  GROUP = 4,
  GROUPS = WINNOW_FILTERS / GROUP,
};

/* One side of an image: its pixels, the positions of patches, those of the first half, and the vectors that a half takes. */
typedef struct {
  size_t side, positions, first, vectors;
} extent;

static extent extent_of(size_t side) {
  const size_t positions = side - PATCH + 1, first = (positions + 1) / 2;
  return (extent){side, positions, first, (first + LANES - 1) / LANES};
}

/* Positions in one half. */
WINNOW_INLINE size_t half_size(extent e, size_t half) { return half ? e.positions - e.first : e.first; }

/* Floats between the scales of two rows of positions. */
WINNOW_INLINE size_t scale_stride(extent across) { return 2 * across.vectors * LANES; }

size_t winnow_patch_scratch(size_t height, size_t width, size_t channels) {
  const extent down = extent_of(height), across = extent_of(width);
  /* Planes, of which the last vector of the last row reads beyond the end; scales; sums and squares of rows of taps. */
  return height * width * channels + across.vectors * LANES + PATCH + down.positions * scale_stride(across) +
         2 * height * across.positions;
}

/* scales[y, half, position in the half] = 1 / √(variance of the patch + epsilon), from exact integer sums; 0 outside. */
WINNOW_INLINE void patch_scales(const uint8_t *image, extent down, extent across, size_t channels, float epsilon,
                                int32_t *sums, int32_t *squares, float *scales) {
  for (size_t y = 0; y < down.side; y++) {
    const uint8_t *row = image + y * across.side * channels;
    for (size_t x = 0; x < across.positions; x++) {
      int32_t sum = 0, square = 0;
      for (size_t d = x * channels; d < (x + PATCH) * channels; d++) {
        sum += row[d];
        square += row[d] * row[d];
      }
      sums[y * across.positions + x] = sum;
      squares[y * across.positions + x] = square;
    }
  }
  const int32_t taps = (int32_t)(AREA * channels);
  memset(scales, 0, down.positions * scale_stride(across) * sizeof(float));
  for (size_t y = 0; y < down.positions; y++) {
    float *row = scales + y * scale_stride(across);
    for (size_t x = 0; x < across.positions; x++) {
      int32_t sum = 0, square = 0;
      for (size_t d = 0; d < PATCH; d++) {
        sum += sums[(y + d) * across.positions + x];
        square += squares[(y + d) * across.positions + x];
      }
      float variance = (float)(taps * square - sum * sum) / (float)(taps * taps);
      row[x < across.first ? x : x - across.first + across.vectors * LANES] = 1.0f / sqrtf(variance + epsilon);
    }
  }
}

/* One group of filters over one vector of columns, pooled over the upper and the lower rows. `columns` is the plane's first
   pixel of the vector, `weights` holds the group's filters tap by tap. */
WINNOW_INLINE void convolve(const float *columns, extent down, extent across, size_t channels, const float *scales,
                            const float *weights, const float *bias, lanes pooled[2][GROUP]) {
  for (size_t y = 0; y < down.positions; y++) {
    lanes sums[GROUP] = {{0}};
    for (size_t c = 0; c < channels; c++) {
      for (size_t dy = 0; dy < PATCH; dy++) {
        const float *row = columns + (c * down.side + y + dy) * across.side;
        const float *tap = weights + (c * PATCH + dy) * PATCH * GROUP;
        for (int dx = 0; dx < PATCH; dx++) {
          const lanes pixels = LOAD(row + dx);
          for (int f = 0; f < GROUP; f++) sums[f] = FMA(pixels, (lanes){0} + tap[dx * GROUP + f], sums[f]);
        }
      }
    }
    const lanes scale = LOAD(scales + y * scale_stride(across));
    for (int f = 0; f < GROUP; f++) {
      lanes response = FMA(sums[f], scale, (lanes){0} + bias[f]);
      pooled[y >= down.first][f] += __builtin_elementwise_max(response, (lanes){0});
    }
  }
}

WINNOW_INLINE float sum_of_first(const lanes *vector, size_t count) {
  float sum = 0;
  for (size_t i = 0; i < count; i++) sum += (*vector)[i];
  return sum;
}

/* Features of one image. */
WINNOW_INLINE void image_features(const float *planes, extent down, extent across, size_t channels, const float *scales,
                                  const float *taps, const float *bias, float *out) {
  for (size_t g = 0; g < GROUPS; g++) {
    for (size_t half = 0; half < 2; half++) {
      for (size_t v = 0; v < across.vectors; v++) {
        const size_t start = v * LANES, size = half_size(across, half);
        if (start >= size) break;
        lanes pooled[2][GROUP] = {{{0}}};
        convolve(planes + half * across.first + start, down, across, channels,
                 scales + (half * across.vectors + v) * LANES, taps + g * AREA * channels * GROUP, bias + g * GROUP, pooled);
        const size_t count = size - start < LANES ? size - start : LANES;
        for (size_t q = 0; q < 2; q++) {
          float *row = out + (q * 2 + half) * WINNOW_FILTERS + g * GROUP;
          for (int f = 0; f < GROUP; f++) row[f] = (v ? row[f] : 0) + sum_of_first(&pooled[q][f], count);
        }
      }
    }
  }
}

WINNOW_VARIANTS
void winnow_patch_features(const uint8_t *pixels, size_t images, size_t height, size_t width, size_t channels,
                           const float *weights, const float *bias, float epsilon, float *scratch, float *out) {
  const extent down = extent_of(height), across = extent_of(width);
  const size_t plane = height * width, size = plane * channels, count = AREA * channels;
  float taps[WINNOW_FILTERS * AREA * 3];
  for (size_t f = 0; f < WINNOW_FILTERS; f++) {
    for (size_t t = 0; t < count; t++) taps[(f / GROUP * count + t) * GROUP + f % GROUP] = weights[f * count + t];
  }
  float *planes = scratch, *scales = planes + size + across.vectors * LANES + PATCH;
  int32_t *sums = (int32_t *)(scales + down.positions * scale_stride(across));
  memset(scratch, 0, (size_t)(scales - scratch) * sizeof(float));
  for (size_t i = 0; i < images; i++) {
    const uint8_t *bytes = pixels + i * size;
    for (size_t p = 0; p < plane; p++) {
      for (size_t c = 0; c < channels; c++) planes[c * plane + p] = bytes[p * channels + c];
    }
    patch_scales(bytes, down, across, channels, epsilon, sums, sums + height * across.positions, scales);
    float *features = out + i * WINNOW_QUADRANTS * WINNOW_FILTERS;
    if (channels == 1) {
      image_features(planes, down, across, 1, scales, taps, bias, features);
    } else {
      image_features(planes, down, across, channels, scales, taps, bias, features);
    }
  }
}
