/* Kernels over planes: the layout in which convolutions are sums of shifted rows.

   The images of a batch lie one after the other in each plane (one plane a channel), an image as `height` rows of `width`
   values and a zero, then a row of zeros. So whatever lies beside an image is zero, from whichever side it is asked for. A
   plane has `length` values, a multiple of 16; what lies behind the last image is zero. Before the first plane and behind the
   last, at least a row, two values and a vector can be read. */
#ifndef WINNOW_PLANES_H
#define WINNOW_PLANES_H

#include <stddef.h>
#include <stdint.h>

/* Sums of taps (taps.c). `length` is a multiple of 16. */

/* out[o · length + p] = mask[p] · (bias[o] + Σₖ weights[o, k] · in[taps[k] + p]): one chain of fused multiply-adds in the order
   of k. Where `rectify` is set, negative sums become 0. */
void winnow_tap_sums(const float *in, const int64_t *taps, size_t tap_count, const float *weights, size_t outputs,
                     const float *bias, int rectify, const float *mask, size_t length, float *out);
/* accumulated[o, k] += Σₚ gradient[o · length + p] · in[taps[k] + p], in sums of 2,048 positions: position p into partial sum
   p mod 16, then halves onto halves. */
void winnow_tap_gradient(const float *gradient, size_t outputs, const float *in, const int64_t *taps, size_t tap_count,
                         size_t length, float *accumulated);

/* Between layouts (planes.c). */

/* One row a sample, its values by height, width and channel, into planes, and zeros between them. */
void winnow_planes_of_rows(const float *rows, size_t images, size_t height, size_t width, size_t channels,
                           size_t length, float *planes);
/* Planes into one row a sample, its values by channel, height and width. */
void winnow_rows_of_planes(const float *planes, size_t images, size_t height, size_t width, size_t channels,
                           size_t length, float *rows);
/* The other way, with zeros between images. */
void winnow_planes_of_channel_rows(const float *rows, size_t images, size_t height, size_t width, size_t channels,
                                   size_t length, float *planes);
/* Every second value of every second row: plane (2 a + b) channels + c of `halves` holds rows a, a + 2, … and columns b,
   b + 2, … of plane c, as images of half the size, rounded up. */
void winnow_split_planes(const float *planes, size_t images, size_t height, size_t width, size_t channels,
                         size_t length, size_t half_length, float *halves);
/* The inverse. */
void winnow_join_planes(const float *halves, size_t images, size_t height, size_t width, size_t channels,
                        size_t length, size_t half_length, float *planes);

/* Pooling (pooling.c): windows of 2 × 2 from the first row and column, without an odd rest. */

void winnow_pool(const float *planes, size_t images, size_t height, size_t width, size_t channels, size_t length,
                 size_t half_length, float *pooled);
/* The gradient of each window goes to its first largest value, by rows. */
void winnow_pool_backward(const float *gradient, const float *planes, size_t images, size_t height, size_t width,
                          size_t channels, size_t length, size_t half_length, float *out);
/* rows[i, c] = the sum of image i in plane c, divided by height · width. */
void winnow_average(const float *planes, size_t images, size_t height, size_t width, size_t channels, size_t length,
                    float *rows);
void winnow_average_backward(const float *gradient, size_t images, size_t height, size_t width, size_t channels,
                             size_t length, float *planes);

/* Normalisation (normalisation.c). Sums are of 2,048 positions as above, added up in double precision. */

/* The sum of each plane. */
void winnow_plane_sums(const float *planes, size_t channels, size_t length, double *sums);
/* The sums of mask[p] · (planes[c, p] − means[c])². */
void winnow_plane_deviations(const float *planes, const float *mask, const float *means, size_t channels,
                             size_t length, double *sums);
/* out[c, p] = mask[p] · (scales[c] · planes[c, p] + shifts[c]). Where `rectify` is set, negative values become 0. */
void winnow_plane_scale(const float *planes, const float *mask, const float *scales, const float *shifts, int rectify,
                        size_t channels, size_t length, float *out);
/* The sums of a[c, p] · b[c, p]. */
void winnow_plane_products(const float *a, const float *b, size_t channels, size_t length, double *sums);
/* out[c, p] = mask[p] · (first[c] · a[c, p] + second[c] · b[c, p] + third[c]), rectified likewise. */
void winnow_plane_combine(const float *a, const float *b, const float *mask, const float *first, const float *second,
                          const float *third, int rectify, size_t channels, size_t length, float *out);

#endif
