#include "kernels.h"
#include "momentum.h"
#include "panel.h"

/* The matrices are cut so that what is used again stays close: a panel of B (DEPTH × PANEL) in the first-level cache, a
   block of A (BLOCK × DEPTH) in the second, a tile of C (TILE_ROWS × some vectors) in registers. Each value of C is one
   chain of fused multiply-adds in the order of k, so that the sizes of tiles and blocks change no bit. */
enum { TILE_ROWS = 6, DEPTH = 128, BLOCK = 384 };

/* One term of the sums of a tile. */
WINNOW_INLINE void multiply_add(view a, size_t k, const float *panel, lanes sums[TILE_ROWS][PANEL_VECTORS], size_t rows,
                                size_t vectors) {
  lanes b[PANEL_VECTORS];
  for (size_t v = 0; v < vectors; v++) b[v] = LOAD(panel + k * PANEL + v * LANES);
  for (size_t r = 0; r < rows; r++) {
    float x = a.values[r * a.row + k * a.column];
    lanes broadcast = {x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
    for (size_t v = 0; v < vectors; v++) sums[r][v] = FMA(broadcast, b[v], sums[r][v]);
  }
}

/* c += a · panel for `rows` × `vectors` (both constants at each call), or c = a · panel. */
WINNOW_INLINE void tile(view a, const float *panel, size_t depth, float *c, size_t stride, int accumulate, size_t rows,
                        size_t vectors) {
  lanes sums[TILE_ROWS][PANEL_VECTORS];
  for (size_t r = 0; r < rows; r++) {
    for (size_t v = 0; v < vectors; v++) sums[r][v] = accumulate ? LOAD(c + r * stride + v * LANES) : (lanes){0};
  }
  for (size_t k = 0; k < depth; k++) multiply_add(a, k, panel, sums, rows, vectors);
  for (size_t r = 0; r < rows; r++) {
    for (size_t v = 0; v < vectors; v++) STORE(c + r * stride + v * LANES, sums[r][v]);
  }
}

/* The tiles of one row of tiles: as wide as the registers of the variant allow (`widest`, a constant). */
WINNOW_INLINE void tiles(view a, const float *panel, size_t depth, float *c, size_t stride, int accumulate, size_t rows,
                         size_t vectors, size_t widest) {
  size_t v = 0;
  for (; v + widest <= vectors; v += widest) {
    tile(a, panel + v * LANES, depth, c + v * LANES, stride, accumulate, rows, widest);
  }
  for (; v < vectors; v++) tile(a, panel + v * LANES, depth, c + v * LANES, stride, accumulate, rows, 1);
}

/* `rows` of C against one panel, all vectors full. */
WINNOW_INLINE void full_rows(view a, const float *panel, size_t depth, float *c, size_t stride, int accumulate,
                             size_t rows, size_t vectors, size_t widest) {
  size_t r = 0;
  for (; r + TILE_ROWS <= rows; r += TILE_ROWS) {
    tiles(part(a, r, 0), panel, depth, c + r * stride, stride, accumulate, TILE_ROWS, vectors, widest);
  }
  for (; r + 2 <= rows; r += 2) {
    tiles(part(a, r, 0), panel, depth, c + r * stride, stride, accumulate, 2, vectors, widest);
  }
  if (r < rows) tiles(part(a, r, 0), panel, depth, c + r * stride, stride, accumulate, 1, vectors, widest);
}

/* The same where the last vector is not full: through a small copy of C. */
WINNOW_INLINE void ragged_rows(view a, const float *panel, size_t depth, float *c, size_t stride, int accumulate,
                               size_t rows, size_t width, size_t widest) {
  float copy[TILE_ROWS * PANEL];
  memset(copy, 0, sizeof copy);
  for (size_t r = 0; r < rows; r += TILE_ROWS) {
    size_t count = smaller(rows - r, TILE_ROWS);
    for (size_t i = 0; accumulate && i < count; i++) {
      memcpy(copy + i * PANEL, c + (r + i) * stride, width * sizeof(float));
    }
    full_rows(part(a, r, 0), panel, depth, copy, PANEL, accumulate, count, (width + LANES - 1) / LANES, widest);
    for (size_t i = 0; i < count; i++) memcpy(c + (r + i) * stride, copy + i * PANEL, width * sizeof(float));
  }
}

/* A gradient: C is the velocity, and the update of the weights, if there are any, follows once the sum is complete. */
typedef struct {
  float *weights, *velocity;
  size_t stride;
  float rate, momentum, decay;
  int complete;
} gradient_target;

WINNOW_INLINE gradient_target target_part(gradient_target whole, size_t row, size_t column) {
  if (whole.weights) whole.weights += row * whole.stride + column;
  whole.velocity += row * whole.stride + column;
  return whole;
}

/* Asks for a row of the target: they lie too far apart for the processor to guess. */
WINNOW_INLINE void prefetch_row(gradient_target target, size_t row, size_t vectors) {
  for (size_t v = 0; v < vectors; v++) {
    size_t at = row * target.stride + v * LANES;
    __builtin_prefetch(target.velocity + at, 1);
    if (target.complete) __builtin_prefetch(target.weights + at, 1);
  }
}

/* velocity += a · panel, and the update, for `rows` × `vectors` (both constants at each call). */
WINNOW_INLINE void gradient_tile(view a, const float *panel, size_t depth, gradient_target target, size_t rows,
                                 size_t vectors) {
  lanes sums[TILE_ROWS][PANEL_VECTORS];
  for (size_t r = 0; r < rows; r++) {
    for (size_t v = 0; v < vectors; v++) sums[r][v] = (lanes){0};
  }
  for (size_t k = 0; k < depth; k++) {
    if (k < rows) prefetch_row(target, k, vectors);
    multiply_add(a, k, panel, sums, rows, vectors);
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t v = 0; v < vectors; v++) {
      size_t at = r * target.stride + v * LANES;
      lanes velocity = LOAD(target.velocity + at) + sums[r][v];
      if (target.complete) {
        lanes weight = LOAD(target.weights + at) - target.rate * velocity;
        STORE(target.weights + at, weight);
        velocity = target.momentum * velocity + target.decay * weight;
      }
      STORE(target.velocity + at, velocity);
    }
  }
}

/* `rows` (a constant) of the target against one panel. */
WINNOW_INLINE void gradient_tiles(view a, const float *panel, size_t depth, gradient_target target, size_t rows,
                                  size_t vectors, size_t widest) {
  size_t v = 0;
  for (; v + widest <= vectors; v += widest) {
    gradient_tile(a, panel + v * LANES, depth, target_part(target, 0, v * LANES), rows, widest);
  }
  for (; v < vectors; v++) {
    gradient_tile(a, panel + v * LANES, depth, target_part(target, 0, v * LANES), rows, 1);
  }
}

/* All rows of the target against one panel, all vectors full. */
WINNOW_INLINE void gradient_rows(view a, const float *panel, size_t depth, gradient_target target, size_t rows,
                                 size_t vectors, size_t widest) {
  size_t r = 0;
  for (; r + TILE_ROWS <= rows; r += TILE_ROWS) {
    gradient_tiles(part(a, r, 0), panel, depth, target_part(target, r, 0), TILE_ROWS, vectors, widest);
  }
  for (; r + 2 <= rows; r += 2) {
    gradient_tiles(part(a, r, 0), panel, depth, target_part(target, r, 0), 2, vectors, widest);
  }
  if (r < rows) gradient_tiles(part(a, r, 0), panel, depth, target_part(target, r, 0), 1, vectors, widest);
}

/* The same where the last vector is not full: through a small copy of the sums. */
WINNOW_INLINE void ragged_gradient_rows(view a, const float *panel, size_t depth, gradient_target target, size_t rows,
                                        size_t width, size_t widest) {
  float sums[TILE_ROWS * PANEL];
  for (size_t r = 0; r < rows; r += TILE_ROWS) {
    size_t count = smaller(rows - r, TILE_ROWS);
    full_rows(part(a, r, 0), panel, depth, sums, PANEL, 0, count, (width + LANES - 1) / LANES, widest);
    for (size_t i = 0; i < count; i++) {
      gradient_target row = target_part(target, r + i, 0);
      for (size_t j = 0; j < width; j++) row.velocity[j] += sums[i * PANEL + j];
      if (row.complete) momentum_update(row.weights, row.velocity, width, row.rate, row.momentum, row.decay);
    }
  }
}

/* How deep to cut k: even cuts of at most DEPTH, in whole vectors. */
WINNOW_INLINE size_t depth_of_cuts(size_t k) {
  size_t cuts = (k + DEPTH - 1) / DEPTH;
  if (cuts == 0) return DEPTH;
  return ((k + cuts - 1) / cuts + LANES - 1) / LANES * LANES;
}

/* c = a · b, by rows of A. */
WINNOW_INLINE void multiply(view a, view b, float *c, size_t m, size_t n, size_t k, size_t widest) {
  float panel[DEPTH * PANEL] __attribute__((aligned(64)));
  size_t cut = depth_of_cuts(k);
  a.column = 1; /* Tells the compiler, once the calls are inlined. */
  for (size_t i = 0; i < m; i += BLOCK) {
    size_t rows = smaller(m - i, BLOCK);
    for (size_t p = 0; p < k; p += cut) {
      size_t depth = smaller(k - p, cut);
      for (size_t j = 0; j < n; j += PANEL) {
        size_t width = smaller(n - j, PANEL);
        pack_panel(part(b, p, j), depth, width, panel);
        float *to = c + i * n + j;
        if (width % LANES == 0) {
          full_rows(part(a, i, p), panel, depth, to, n, p > 0, rows, width / LANES, widest);
        } else {
          ragged_rows(part(a, i, p), panel, depth, to, n, p > 0, rows, width, widest);
        }
      }
    }
  }
}

/* velocity += a · b for a transposed A, in parts of at most DEPTH terms, and the update with the last part. */
WINNOW_INLINE void accumulate(view a, view b, gradient_target target, size_t m, size_t n, size_t k, size_t widest) {
  float panel[DEPTH * PANEL] __attribute__((aligned(64)));
  a.row = 1; /* Tells the compiler, once the calls are inlined. */
  for (size_t p = 0; p < k; p += DEPTH) {
    size_t depth = smaller(k - p, DEPTH);
    target.complete = target.weights && p + depth == k;
    for (size_t j = 0; j < n; j += PANEL) {
      size_t width = smaller(n - j, PANEL);
      pack_panel(part(b, p, j), depth, width, panel);
      if (width % LANES == 0) {
        gradient_rows(part(a, 0, p), panel, depth, target_part(target, 0, j), m, width / LANES, widest);
      } else {
        ragged_gradient_rows(part(a, 0, p), panel, depth, target_part(target, 0, j), m, width, widest);
      }
    }
  }
}

/* The variants differ in the width of a tile: as many registers as there are hold its sums. */
#if defined(__x86_64__)

/* Left to itself, the compiler prefers vectors of half the width on this architecture. */
#define V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define V3 __attribute__((target("arch=x86-64-v3")))

V4 static void multiply_v4(view a, view b, float *c, size_t m, size_t n, size_t k) {
  multiply(a, b, c, m, n, k, PANEL_VECTORS);
}

V4 static void accumulate_v4(view a, view b, gradient_target target, size_t m, size_t n, size_t k) {
  accumulate(a, b, target, m, n, k, PANEL_VECTORS);
}

V3 static void multiply_v3(view a, view b, float *c, size_t m, size_t n, size_t k) { multiply(a, b, c, m, n, k, 1); }

V3 static void accumulate_v3(view a, view b, gradient_target target, size_t m, size_t n, size_t k) {
  accumulate(a, b, target, m, n, k, 1);
}

#define DISPATCH(function, ...)                                                                                        \
  do {                                                                                                                 \
    if (__builtin_cpu_supports("x86-64-v4")) return function##_v4(__VA_ARGS__);                                        \
    if (__builtin_cpu_supports("x86-64-v3")) return function##_v3(__VA_ARGS__);                                        \
    return function(__VA_ARGS__, 1);                                                                                   \
  } while (0)

#else

#define DISPATCH(function, ...) function(__VA_ARGS__, 1)

#endif

void winnow_multiply(const float *a, int transposed_a, const float *b, int transposed_b, float *c, size_t m, size_t n,
                     size_t k) {
  view right = transposed_b ? (view){b, 1, k} : (view){b, n, 1};
  if (k == 0 || transposed_a) memset(c, 0, m * n * sizeof(float));
  if (!transposed_a) {
    view left = {a, k, 1};
    DISPATCH(multiply, left, right, c, m, n, k);
  } else {
    view left = {a, 1, m};
    gradient_target target = {.velocity = c, .stride = n};
    DISPATCH(accumulate, left, right, target, m, n, k);
  }
}

void winnow_add_product(const float *a, const float *b, float *c, size_t m, size_t n, size_t k) {
  view left = {a, 1, m}, right = {b, n, 1};
  gradient_target target = {.velocity = c, .stride = n};
  DISPATCH(accumulate, left, right, target, m, n, k);
}

void winnow_wide_forward(const float *in, const float *weights, size_t rows, size_t inputs, size_t outputs,
                         float *out) {
  view a = {in, inputs, 1}, b = {weights, 1, inputs};
  DISPATCH(multiply, a, b, out, rows, outputs, inputs);
}

void winnow_wide_backward(const float *gradient, const float *weights, size_t rows, size_t inputs, size_t outputs,
                          float *out) {
  view a = {gradient, outputs, 1}, b = {weights, inputs, 1};
  DISPATCH(multiply, a, b, out, rows, inputs, outputs);
}

void winnow_wide_step(const float *gradient, const float *in, size_t rows, size_t inputs, size_t outputs,
                      float *weights, float *velocity, float rate, float momentum, float decay) {
  view a = {gradient, 1, outputs}, b = {in, inputs, 1};
  gradient_target target = {weights, velocity, inputs, rate, momentum, decay, 0};
  DISPATCH(accumulate, a, b, target, outputs, inputs, rows);
}
