/* Convolutional features of small images (patches.c). */
#ifndef WINNOW_PATCHES_H
#define WINNOW_PATCHES_H

#include <stddef.h>
#include <stdint.h>

/* Images are 28 × 28, patches 6 × 6 at every position (23 × 23), filters 64, quadrants 2 × 2 (12 or 11 positions each way). */
enum { WINNOW_IMAGE_SIDE = 28, WINNOW_PATCH_SIDE = 6, WINNOW_FILTERS = 64, WINNOW_QUADRANTS = 4 };

/* out[image, quadrant, filter] = Σ over the positions of the quadrant of
   max(0, bias[filter] + Σ weights[filter, tap] · pixel[tap] / √(variance of the patch + epsilon)).
   Filters must sum to 0, so that a patch's mean does not count. */
void winnow_patch_features(const uint8_t *pixels, size_t images, const float *weights, const float *bias, float epsilon,
                           float *out);

#endif
