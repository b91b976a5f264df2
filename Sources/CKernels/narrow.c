#include "kernels.h"
#include "vectors.h"

/* A tile of 4 rows × 5 outputs keeps 20 sums in registers and reads 9 vectors for 20 multiply-adds. */
enum { TILE_ROWS = 4, TILE_OUTPUTS = 5 };

/* `rows` and `outputs` are constants at each call, so that the loops over the tile unroll. */
WINNOW_INLINE void forward_tile(const float *in, const float *weights, size_t rows, size_t inputs, size_t outputs,
                                size_t stride, float *out) {
  lanes sums[TILE_ROWS][TILE_OUTPUTS];
  for (size_t r = 0; r < rows; r++) {
    for (size_t o = 0; o < outputs; o++) sums[r][o] = (lanes){0};
  }
  size_t i = 0;
  for (; i + LANES <= inputs; i += LANES) {
    for (size_t o = 0; o < outputs; o++) {
      lanes w = LOAD(weights + o * inputs + i);
      for (size_t r = 0; r < rows; r++) sums[r][o] = FMA(LOAD(in + r * inputs + i), w, sums[r][o]);
    }
  }
  if (i < inputs) {
    for (size_t o = 0; o < outputs; o++) {
      lanes w, x;
      LOAD_PARTIAL(w, weights + o * inputs + i, inputs - i);
      for (size_t r = 0; r < rows; r++) {
        LOAD_PARTIAL(x, in + r * inputs + i, inputs - i);
        sums[r][o] = FMA(x, w, sums[r][o]);
      }
    }
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t o = 0; o < outputs; o++) out[r * stride + o] = sum_of_lanes(&sums[r][o]);
  }
}

WINNOW_VARIANTS
void winnow_narrow_forward(const float *in, const float *weights, size_t rows, size_t inputs, size_t outputs,
                           float *out) {
  for (size_t r = 0; r < rows;) {
    size_t tile_rows = rows - r >= TILE_ROWS ? TILE_ROWS : 1;
    const float *x = in + r * inputs;
    for (size_t o = 0; o < outputs;) {
      size_t tile_outputs = outputs - o >= TILE_OUTPUTS ? TILE_OUTPUTS : 1;
      const float *w = weights + o * inputs;
      float *y = out + r * outputs + o;
      if (tile_rows == TILE_ROWS && tile_outputs == TILE_OUTPUTS) {
        forward_tile(x, w, TILE_ROWS, inputs, TILE_OUTPUTS, outputs, y);
      } else if (tile_rows == TILE_ROWS) {
        forward_tile(x, w, TILE_ROWS, inputs, 1, outputs, y);
      } else if (tile_outputs == TILE_OUTPUTS) {
        forward_tile(x, w, 1, inputs, TILE_OUTPUTS, outputs, y);
      } else {
        forward_tile(x, w, 1, inputs, 1, outputs, y);
      }
      o += tile_outputs;
    }
    r += tile_rows;
  }
}

/* `vectors` of 16 inputs × `outputs` sums stay in registers over all rows; both are constants at each call. */
WINNOW_INLINE void accumulate_tile(const float *gradient, const float *in, size_t rows, size_t inputs, size_t outputs,
                                   size_t stride, size_t vectors, float *accumulated) {
  lanes sums[TILE_OUTPUTS][TILE_ROWS];
  for (size_t o = 0; o < outputs; o++) {
    for (size_t v = 0; v < vectors; v++) sums[o][v] = LOAD(accumulated + o * inputs + v * LANES);
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t o = 0; o < outputs; o++) {
      float g = gradient[r * stride + o];
      lanes broadcast = {g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g};
      for (size_t v = 0; v < vectors; v++) sums[o][v] = FMA(broadcast, LOAD(in + r * inputs + v * LANES), sums[o][v]);
    }
  }
  for (size_t o = 0; o < outputs; o++) {
    for (size_t v = 0; v < vectors; v++) STORE(accumulated + o * inputs + v * LANES, sums[o][v]);
  }
}

/* The inputs that do not fill a vector. */
WINNOW_INLINE void accumulate_rest(const float *gradient, const float *in, size_t rows, size_t inputs, size_t stride,
                                   size_t count, float *accumulated) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < count; i++) {
      accumulated[i] = __builtin_fmaf(gradient[r * stride], in[r * inputs + i], accumulated[i]);
    }
  }
}

/* All inputs of `outputs` (constant) outputs. */
WINNOW_INLINE void accumulate_outputs(const float *gradient, const float *in, size_t rows, size_t inputs,
                                      size_t outputs, size_t stride, float *accumulated) {
  size_t i = 0;
  for (; i + TILE_ROWS * LANES <= inputs; i += TILE_ROWS * LANES) {
    accumulate_tile(gradient, in + i, rows, inputs, outputs, stride, TILE_ROWS, accumulated + i);
  }
  for (; i + LANES <= inputs; i += LANES) {
    accumulate_tile(gradient, in + i, rows, inputs, outputs, stride, 1, accumulated + i);
  }
  for (size_t o = 0; o < outputs; o++) {
    accumulate_rest(gradient + o, in + i, rows, inputs, stride, inputs - i, accumulated + o * inputs + i);
  }
}

WINNOW_VARIANTS
void winnow_narrow_accumulate(const float *gradient, const float *in, size_t rows, size_t inputs, size_t outputs,
                              float *accumulated) {
  size_t o = 0;
  for (; o + TILE_OUTPUTS <= outputs; o += TILE_OUTPUTS) {
    accumulate_outputs(gradient + o, in, rows, inputs, TILE_OUTPUTS, outputs, accumulated + o * inputs);
  }
  for (; o < outputs; o++) {
    accumulate_outputs(gradient + o, in, rows, inputs, 1, outputs, accumulated + o * inputs);
  }
}

/* One vector of inputs of `rows` (constant) rows. */
WINNOW_INLINE void backward_tile(const float *gradient, const float *weights, size_t rows, size_t inputs,
                                 size_t outputs, float *out) {
  lanes sums[TILE_ROWS];
  for (size_t r = 0; r < rows; r++) sums[r] = (lanes){0};
  for (size_t o = 0; o < outputs; o++) {
    lanes w = LOAD(weights + o * inputs);
    for (size_t r = 0; r < rows; r++) {
      float g = gradient[r * outputs + o];
      lanes broadcast = {g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g};
      sums[r] = FMA(broadcast, w, sums[r]);
    }
  }
  for (size_t r = 0; r < rows; r++) STORE(out + r * inputs, sums[r]);
}

/* The inputs of one row that do not fill a vector. */
WINNOW_INLINE void backward_rest(const float *gradient, const float *weights, size_t inputs, size_t outputs,
                                 size_t count, float *out) {
  for (size_t i = 0; i < count; i++) {
    float sum = 0;
    for (size_t o = 0; o < outputs; o++) sum = __builtin_fmaf(gradient[o], weights[o * inputs + i], sum);
    out[i] = sum;
  }
}

WINNOW_VARIANTS
void winnow_narrow_backward(const float *gradient, const float *weights, size_t rows, size_t inputs, size_t outputs,
                            float *out) {
  size_t full = inputs / LANES * LANES;
  for (size_t r = 0; r < rows;) {
    size_t tile_rows = rows - r >= TILE_ROWS ? TILE_ROWS : 1;
    const float *g = gradient + r * outputs;
    float *y = out + r * inputs;
    for (size_t i = 0; i < full; i += LANES) {
      if (tile_rows == TILE_ROWS) {
        backward_tile(g, weights + i, TILE_ROWS, inputs, outputs, y + i);
      } else {
        backward_tile(g, weights + i, 1, inputs, outputs, y + i);
      }
    }
    for (size_t k = 0; k < tile_rows; k++) {
      backward_rest(g + k * outputs, weights + full, inputs, outputs, inputs - full, y + k * inputs + full);
    }
    r += tile_rows;
  }
}
