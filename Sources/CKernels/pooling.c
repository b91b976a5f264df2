#include "planes.h"
#include "layout.h"

/* That of the pooled images: half the size, rounded down. */
WINNOW_INLINE layout pooled_layout(layout l, size_t length) {
  return (layout){l.images, l.height / 2, l.width / 2, length};
}

WINNOW_VARIANTS
void winnow_pool(const float *planes, size_t images, size_t height, size_t width, size_t channels, size_t length,
                 size_t half_length, float *pooled) {
  layout l = {images, height, width, length};
  layout h = pooled_layout(l, half_length);
  memset(pooled, 0, channels * half_length * sizeof(float));
  for (size_t c = 0; c < channels; c++) {
    for (size_t i = 0; i < images; i++) {
      for (size_t y = 0; y < h.height; y++) {
        const float *above = planes + row_start(l, c, i, 2 * y), *below = above + width + 1;
        float *to = pooled + row_start(h, c, i, y);
        for (size_t x = 0; x < h.width; x++) {
          float a = above[2 * x], b = above[2 * x + 1], d = below[2 * x], e = below[2 * x + 1];
          float top = b > a ? b : a, bottom = e > d ? e : d;
          to[x] = bottom > top ? bottom : top;
        }
      }
    }
  }
}

WINNOW_VARIANTS
void winnow_pool_backward(const float *gradient, const float *planes, size_t images, size_t height, size_t width,
                          size_t channels, size_t length, size_t half_length, float *out) {
  layout l = {images, height, width, length};
  layout h = pooled_layout(l, half_length);
  memset(out, 0, channels * length * sizeof(float));
  for (size_t c = 0; c < channels; c++) {
    for (size_t i = 0; i < images; i++) {
      for (size_t y = 0; y < h.height; y++) {
        size_t start = row_start(l, c, i, 2 * y);
        const float *above = planes + start, *below = above + width + 1;
        float *restrict to_above = out + start;
        float *restrict to_below = to_above + width + 1;
        const float *from = gradient + row_start(h, c, i, y);
        for (size_t x = 0; x < h.width; x++) {
          float a = above[2 * x], b = above[2 * x + 1], d = below[2 * x], e = below[2 * x + 1];
          float top = b > a ? b : a, bottom = e > d ? e : d;
          float g = from[x], up = bottom > top ? 0 : g, down = bottom > top ? g : 0;
          to_above[2 * x] = b > a ? 0 : up;
          to_above[2 * x + 1] = b > a ? up : 0;
          to_below[2 * x] = e > d ? 0 : down;
          to_below[2 * x + 1] = e > d ? down : 0;
        }
      }
    }
  }
}

void winnow_average(const float *planes, size_t images, size_t height, size_t width, size_t channels, size_t length,
                    float *rows) {
  layout l = {images, height, width, length};
  for (size_t i = 0; i < images; i++) {
    for (size_t c = 0; c < channels; c++) {
      float sum = 0;
      for (size_t y = 0; y < height; y++) {
        const float *from = planes + row_start(l, c, i, y);
        for (size_t x = 0; x < width; x++) sum += from[x];
      }
      rows[i * channels + c] = sum / (float)(height * width);
    }
  }
}

void winnow_average_backward(const float *gradient, size_t images, size_t height, size_t width, size_t channels,
                             size_t length, float *planes) {
  layout l = {images, height, width, length};
  memset(planes, 0, channels * length * sizeof(float));
  for (size_t c = 0; c < channels; c++) {
    for (size_t i = 0; i < images; i++) {
      float share = gradient[i * channels + c] / (float)(height * width);
      for (size_t y = 0; y < height; y++) {
        float *to = planes + row_start(l, c, i, y);
        for (size_t x = 0; x < width; x++) to[x] = share;
      }
    }
  }
}
