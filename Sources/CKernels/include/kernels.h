/* Vector kernels of Winnow. Every one gives the same bits on every CPU: no contraction, explicit fused
   multiply-adds, and reductions in a fixed order of lanes. Matrices are row-major and dense; the caller checks that the
   arrays are long enough. */
#ifndef WINNOW_KERNELS_H
#define WINNOW_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Elementwise (elementwise.c). */

/* out[r, :] = scale · pixels[indices[r], :] + shift, for `rows` images of `size` pixels each. */
void winnow_gather_pixels(const uint8_t *pixels, const int64_t *indices, size_t rows, size_t size, float scale,
                          float shift, float *out);
/* out[r, i] = scales[i] · pixels[indices[r], i] + shifts[i]. */
void winnow_gather_scaled_pixels(const uint8_t *pixels, const int64_t *indices, size_t rows, size_t size,
                                 const float *scales, const float *shifts, float *out);
/* out[r, c] = (in[r, c] − means[c]) / deviations[c], or 0 where the deviation is 0; then a column of ones. */
void winnow_standardise(const float *in, size_t rows, size_t columns, const double *means, const double *deviations,
                        float *out);
/* values[r, c] += bias[c]. */
void winnow_add_bias(float *values, const float *bias, size_t rows, size_t columns);
/* values[r, c] = max(values[r, c] + bias[c], 0). */
void winnow_add_bias_rectify(float *values, const float *bias, size_t rows, size_t columns);
/* gradient[i] = 0 where activation[i] is not positive. */
void winnow_rectify_backward(float *gradient, const float *activation, size_t count);
/* sums[c] += the sum of values[:, c], rows in order. */
void winnow_add_column_sums(const float *values, size_t rows, size_t columns, float *sums);
/* weights −= rate · velocity; velocity = momentum · velocity + decay · weights (the new ones). */
void winnow_momentum_update(float *weights, float *velocity, size_t count, float rate, float momentum, float decay);

/* Reductions (reductions.c): 64 partial sums, element i into sum i mod 64, then halves onto halves. */

float winnow_dot(const float *a, const float *b, size_t count);
float winnow_squared_norm(const float *a, size_t count);
/* norms[r] = the squared norm of row r. */
void winnow_row_squared_norms(const float *values, size_t rows, size_t columns, float *norms);
/* winners[r] = the first index of the largest value of row r. */
void winnow_row_argmax(const float *values, size_t rows, size_t columns, int32_t *winners);

/* Softmax (softmax.c). */

/* Each row becomes exp(x − max) / sum. */
void winnow_softmax(float *values, size_t rows, size_t columns);
/* Each row of logits becomes (softmax − target) · scale, the target being (1 − smoothing) at the label plus
   smoothing / columns everywhere. */
void winnow_cross_entropy_gradient(float *logits, const int32_t *labels, size_t rows, size_t columns, float smoothing,
                                   float scale);

/* Linear layers with few outputs (narrow.c), for which general matrix multiplication is slow. */

/* out[r, o] = Σᵢ in[r, i] · weights[o, i]: 16 partial sums, element i into sum i mod 16, then halves onto halves. */
void winnow_narrow_forward(const float *in, const float *weights, size_t rows, size_t inputs, size_t outputs,
                           float *out);
/* accumulated[o, i] += Σᵣ gradient[r, o] · in[r, i], rows in order. */
void winnow_narrow_accumulate(const float *gradient, const float *in, size_t rows, size_t inputs, size_t outputs,
                              float *accumulated);
/* out[r, i] = Σₒ gradient[r, o] · weights[o, i], outputs in order. */
void winnow_narrow_backward(const float *gradient, const float *weights, size_t rows, size_t inputs, size_t outputs,
                            float *out);

/* Products of matrices (multiply.c). */

/* c = op(a) · op(b), m × k by k × n: one chain of fused multiply-adds in the order of k, or sums of 128 of them, added up
   in order, where a is transposed. */
void winnow_multiply(const float *a, int transposed_a, const float *b, int transposed_b, float *c, size_t m, size_t n,
                     size_t k);

/* c += aᵀ · b, k × m by k × n: sums of 128 products are added up in order, so that many terms may come in parts of a multiple
   of 128. */
void winnow_add_product(const float *a, const float *b, float *c, size_t m, size_t n, size_t k);

/* Linear layers of any width (multiply.c): each result is one chain of fused multiply-adds, in the order of the sum. */

/* out[r, o] = Σᵢ in[r, i] · weights[o, i]. */
void winnow_wide_forward(const float *in, const float *weights, size_t rows, size_t inputs, size_t outputs, float *out);
/* out[r, i] = Σₒ gradient[r, o] · weights[o, i]. */
void winnow_wide_backward(const float *gradient, const float *weights, size_t rows, size_t inputs, size_t outputs,
                          float *out);
/* velocity[o, i] += Σᵣ gradient[r, o] · in[r, i], in sums of 128 rows, then winnow_momentum_update of the weights. */
void winnow_wide_step(const float *gradient, const float *in, size_t rows, size_t inputs, size_t outputs,
                      float *weights, float *velocity, float rate, float momentum, float decay);

/* How well chosen points cover all points (coverage.c). */

/* Σ max(similarities[row, c] − covered[c], 0), the differences rounded to float and added as doubles: column c into partial
   sum c mod 8, then halves onto halves. */
double winnow_coverage_gain(const float *similarities, size_t row, size_t columns, const float *covered);
/* covered[c] = max(covered[c], similarities[row, c]). */
void winnow_cover(const float *similarities, size_t row, size_t columns, float *covered);

/* Images as floats (images.c). */

/* out[r, c] = Σₖ weights[k] · padded[starts[k] + r · stride + c], each product rounded, added up in order. */
void winnow_sum_of_shifts(const float *padded, size_t stride, const int64_t *starts, const float *weights,
                          size_t shifts, size_t rows, size_t columns, float *out);
/* out[i · stride] = 255 · values[i], cut off to 0…255 and rounded, halves up. */
void winnow_round_levels(const float *values, size_t count, size_t stride, uint8_t *out);

#endif
