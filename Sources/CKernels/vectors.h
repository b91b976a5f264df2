/* What the kernels share: the variants per CPU, and vectors of 16 lanes. */
#ifndef WINNOW_VECTORS_H
#define WINNOW_VECTORS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define WINNOW_VARIANTS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WINNOW_VARIANTS
#endif
#define WINNOW_INLINE static inline __attribute__((always_inline))

enum { LANES = 16 };
/* Aligned as a float, so that it can be read anywhere. */
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t integer_lanes __attribute__((vector_size(64), aligned(4)));

/* The macro, not a function: vectors in a signature would tie it to one instruction set. */
#define LOAD(pointer) (*(const lanes *)(pointer))
#define STORE(pointer, vector) (*(lanes *)(pointer) = (vector))
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)

/* Reads `count` < 16 values and fills the rest with zero. */
#define LOAD_PARTIAL(vector, pointer, count)                                                                           \
  do {                                                                                                                 \
    (vector) = (lanes){0};                                                                                             \
    memcpy(&(vector), (pointer), (count) * sizeof(float));                                                             \
  } while (0)

/* Adds up 16 lanes, halves onto halves. */
WINNOW_INLINE float sum_of_lanes(const lanes *vector) {
  lanes s = *vector;
  for (int half = LANES / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; i++) s[i] += s[i + half];
  }
  return s[0];
}

#endif
