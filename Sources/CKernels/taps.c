#include "planes.h"
#include "vectors.h"

/* A tile of sums: outputs × vectors of positions. With 32 registers of 16 lanes 6 × 4, with 16 registers of 8 lanes 6 × 1. */
enum { SUM_OUTPUTS = 6, SUM_VECTORS = 4 };
/* A tile of a gradient: outputs × taps, 3 × 9 or 2 × 3. */
enum { GRADIENT_OUTPUTS = 3, GRADIENT_TAPS = 9 };
/* So many positions of all planes stay in the second-level cache while every tile reads them. */
enum { POSITIONS = 2048 };

typedef struct {
  const float *in;
  const int64_t *taps;
  size_t tap_count;
} tapped;

typedef struct {
  const float *weights, *bias, *mask;
  int rectify;
} finish;

/* `outputs` × `vectors` (both constants at each call) at position p. */
WINNOW_INLINE void sum_tile(tapped x, finish f, size_t p, size_t length, float *out, size_t outputs, size_t vectors) {
  lanes sums[SUM_OUTPUTS][SUM_VECTORS];
  for (size_t o = 0; o < outputs; o++) {
    for (size_t v = 0; v < vectors; v++) sums[o][v] = (lanes){0};
  }
  for (size_t k = 0; k < x.tap_count; k++) {
    const float *at = x.in + x.taps[k] + p;
    lanes values[SUM_VECTORS];
    for (size_t v = 0; v < vectors; v++) values[v] = LOAD(at + v * LANES);
    for (size_t o = 0; o < outputs; o++) {
      float w = f.weights[o * x.tap_count + k];
      lanes broadcast = {w, w, w, w, w, w, w, w, w, w, w, w, w, w, w, w};
      for (size_t v = 0; v < vectors; v++) sums[o][v] = FMA(broadcast, values[v], sums[o][v]);
    }
  }
  for (size_t o = 0; o < outputs; o++) {
    for (size_t v = 0; v < vectors; v++) {
      lanes sum = sums[o][v];
      if (f.bias) sum += f.bias[o];
      if (f.rectify) sum = (lanes)((integer_lanes)sum & (integer_lanes)(sum > 0.0f));
      STORE(out + o * length + p + v * LANES, sum * LOAD(f.mask + p + v * LANES));
    }
  }
}

/* The vectors of one tile of `outputs` (a constant) outputs. */
WINNOW_INLINE void sum_vectors(tapped x, finish f, size_t p, size_t length, float *out, size_t outputs, size_t vectors,
                               size_t widest) {
  size_t v = 0;
  for (; v + widest <= vectors; v += widest) sum_tile(x, f, p + v * LANES, length, out, outputs, widest);
  for (; v < vectors; v++) sum_tile(x, f, p + v * LANES, length, out, outputs, 1);
}

/* How many of `left` outputs the next tile takes, where `tiles` tiles are left: as even a share as can be. */
WINNOW_INLINE size_t share(size_t left, size_t tiles) { return (left + tiles - 1) / tiles; }

WINNOW_INLINE void sums(tapped x, finish f, size_t outputs, size_t length, float *out, size_t widest) {
  for (size_t p = 0; p < length; p += SUM_VECTORS * LANES) {
    size_t vectors = (length - p) / LANES < SUM_VECTORS ? (length - p) / LANES : SUM_VECTORS;
    size_t tiles = (outputs + SUM_OUTPUTS - 1) / SUM_OUTPUTS;
    for (size_t o = 0; o < outputs; tiles--) {
      size_t count = share(outputs - o, tiles);
      finish own = f;
      own.weights += o * x.tap_count;
      if (f.bias) own.bias += o;
      float *to = out + o * length;
      switch (count) {
        case 6: sum_vectors(x, own, p, length, to, 6, vectors, widest); break;
        case 5: sum_vectors(x, own, p, length, to, 5, vectors, widest); break;
        case 4: sum_vectors(x, own, p, length, to, 4, vectors, widest); break;
        case 3: sum_vectors(x, own, p, length, to, 3, vectors, widest); break;
        case 2: sum_vectors(x, own, p, length, to, 2, vectors, widest); break;
        default: sum_vectors(x, own, p, length, to, 1, vectors, widest);
      }
      o += count;
    }
  }
}

/* `outputs` × `taps` (both constants at each call) over `vectors` vectors of positions from p on. */
WINNOW_INLINE void gradient_tile(const float *gradient, size_t length, tapped x, size_t p, size_t vectors,
                                 float *accumulated, size_t outputs, size_t taps) {
  lanes sums[GRADIENT_OUTPUTS][GRADIENT_TAPS];
  const float *at[GRADIENT_TAPS];
  for (size_t k = 0; k < taps; k++) {
    at[k] = x.in + x.taps[k] + p;
    for (size_t o = 0; o < outputs; o++) sums[o][k] = (lanes){0};
  }
  for (size_t v = 0; v < vectors; v++) {
    lanes values[GRADIENT_OUTPUTS];
    for (size_t o = 0; o < outputs; o++) values[o] = LOAD(gradient + o * length + p + v * LANES);
    for (size_t k = 0; k < taps; k++) {
      lanes tap = LOAD(at[k] + v * LANES);
      for (size_t o = 0; o < outputs; o++) sums[o][k] = FMA(values[o], tap, sums[o][k]);
    }
  }
  for (size_t o = 0; o < outputs; o++) {
    for (size_t k = 0; k < taps; k++) accumulated[o * x.tap_count + k] += sum_of_lanes(&sums[o][k]);
  }
}

/* All taps of `outputs` (a constant) outputs. */
WINNOW_INLINE void gradient_taps(const float *gradient, size_t length, tapped x, size_t p, size_t vectors,
                                 float *accumulated, size_t outputs, size_t widest) {
  size_t k = 0;
  for (; k + widest <= x.tap_count; k += widest) {
    tapped own = {x.in, x.taps + k, x.tap_count};
    gradient_tile(gradient, length, own, p, vectors, accumulated + k, outputs, widest);
  }
  for (; k < x.tap_count; k++) {
    tapped own = {x.in, x.taps + k, x.tap_count};
    gradient_tile(gradient, length, own, p, vectors, accumulated + k, outputs, 1);
  }
}

WINNOW_INLINE void gradients(const float *gradient, size_t outputs, tapped x, size_t length, float *accumulated,
                             size_t most_outputs, size_t widest) {
  for (size_t p = 0; p < length; p += POSITIONS) {
    size_t vectors = (length - p < POSITIONS ? length - p : POSITIONS) / LANES;
    size_t tiles = (outputs + most_outputs - 1) / most_outputs;
    for (size_t o = 0; o < outputs; tiles--) {
      size_t count = share(outputs - o, tiles);
      const float *from = gradient + o * length;
      float *to = accumulated + o * x.tap_count;
      switch (count) {
        case 3: gradient_taps(from, length, x, p, vectors, to, 3, widest); break;
        case 2: gradient_taps(from, length, x, p, vectors, to, 2, widest); break;
        default: gradient_taps(from, length, x, p, vectors, to, 1, widest);
      }
      o += count;
    }
  }
}

#if defined(__x86_64__)

#define V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define V3 __attribute__((target("arch=x86-64-v3")))

V4 static void sums_v4(tapped x, finish f, size_t outputs, size_t length, float *out) {
  sums(x, f, outputs, length, out, SUM_VECTORS);
}
V3 static void sums_v3(tapped x, finish f, size_t outputs, size_t length, float *out) {
  sums(x, f, outputs, length, out, 1);
}
V4 static void gradients_v4(const float *gradient, size_t outputs, tapped x, size_t length, float *accumulated) {
  gradients(gradient, outputs, x, length, accumulated, GRADIENT_OUTPUTS, GRADIENT_TAPS);
}
V3 static void gradients_v3(const float *gradient, size_t outputs, tapped x, size_t length, float *accumulated) {
  gradients(gradient, outputs, x, length, accumulated, 2, 3);
}

#define VARIANT(v4, v3, plain)                                                                                         \
  do {                                                                                                                 \
    if (__builtin_cpu_supports("x86-64-v4")) return v4;                                                                \
    if (__builtin_cpu_supports("x86-64-v3")) return v3;                                                                \
    return plain;                                                                                                      \
  } while (0)

#else

#define VARIANT(v4, v3, plain) return plain

#endif

void winnow_tap_sums(const float *in, const int64_t *taps, size_t tap_count, const float *weights, size_t outputs,
                     const float *bias, int rectify, const float *mask, size_t length, float *out) {
  tapped x = {in, taps, tap_count};
  finish f = {weights, bias, mask, rectify};
  VARIANT(sums_v4(x, f, outputs, length, out), sums_v3(x, f, outputs, length, out), sums(x, f, outputs, length, out, 1));
}

void winnow_tap_gradient(const float *gradient, size_t outputs, const float *in, const int64_t *taps, size_t tap_count,
                         size_t length, float *accumulated) {
  tapped x = {in, taps, tap_count};
  VARIANT(gradients_v4(gradient, outputs, x, length, accumulated), gradients_v3(gradient, outputs, x, length, accumulated),
          gradients(gradient, outputs, x, length, accumulated, 2, 3));
}
