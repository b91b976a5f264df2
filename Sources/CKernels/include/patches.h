/* Convolutional features of small images (patches.c). */
#ifndef WINNOW_PATCHES_H
#define WINNOW_PATCHES_H

#include <stddef.h>
#include <stdint.h>

/* Patches are 6 × 6 pixels of all channels, at every position; filters 64; quadrants 2 × 2, the upper and the left ones one
   position larger where the number of positions is odd. */
enum { WINNOW_PATCH_SIDE = 6, WINNOW_FILTERS = 64, WINNOW_QUADRANTS = 4 };

/* How many floats winnow_patch_features needs to work in. */
size_t winnow_patch_scratch(size_t height, size_t width, size_t channels);

/* out[image, quadrant, filter] = Σ over the positions of the quadrant of
   max(0, bias[filter] + Σ weights[filter, tap] · pixel[tap] / √(variance of the patch + epsilon)).
   Pixels are row by row, the channels of a pixel together; taps are channel by channel, then row by row. Height and width
   are at least 6, channels at most 3 (sums of squares are 32-bit integers). Filters must sum to 0, so that a patch's mean
   does not count. */
void winnow_patch_features(const uint8_t *pixels, size_t images, size_t height, size_t width, size_t channels,
                           const float *weights, const float *bias, float epsilon, float *scratch, float *out);

#endif
