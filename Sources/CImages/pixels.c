#include "images.h"
#include <string.h>

void winnow_orient(const uint8_t *input, int32_t height, int32_t width, int32_t channels, int32_t orientation,
                   uint8_t *output) {
  int is_exchanged = orientation >= 5;
  int flips_rows = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  int flips_columns = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  size_t rows = (size_t)(is_exchanged ? width : height), columns = (size_t)(is_exchanged ? height : width);
  size_t pixel = (size_t)channels;
  for (size_t y = 0; y < rows; y++) {
    size_t b = flips_rows ? rows - 1 - y : y;
    for (size_t x = 0; x < columns; x++) {
      size_t a = flips_columns ? columns - 1 - x : x;
      size_t source = is_exchanged ? a * (size_t)width + b : b * (size_t)width + a;
      memcpy(output, input + source * pixel, pixel);
      output += pixel;
    }
  }
}

enum { PRECISION = 22 };

static inline uint8_t rounded(int32_t sum) {
  int32_t value = sum >> PRECISION;
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

void winnow_resample_rows(const uint8_t *input, int32_t rows, int32_t input_width, int32_t channels,
                          const int32_t *starts, const int32_t *counts, const int32_t *weights, int32_t stride,
                          int32_t output_width, uint8_t *output) {
  size_t row_size = (size_t)input_width * (size_t)channels;
  for (int32_t y = 0; y < rows; y++) {
    const uint8_t *row = input + (size_t)y * row_size;
    for (int32_t x = 0; x < output_width; x++) {
      const int32_t *weight = weights + (size_t)x * (size_t)stride;
      const uint8_t *pixel = row + (size_t)starts[x] * (size_t)channels;
      if (channels == 3) {
        int32_t red = 1 << (PRECISION - 1), green = red, blue = red;
        for (int32_t i = 0; i < counts[x]; i++) {
          red += pixel[3 * i] * weight[i];
          green += pixel[3 * i + 1] * weight[i];
          blue += pixel[3 * i + 2] * weight[i];
        }
        *output++ = rounded(red);
        *output++ = rounded(green);
        *output++ = rounded(blue);
      } else {
        for (int32_t c = 0; c < channels; c++) {
          int32_t sum = 1 << (PRECISION - 1);
          for (int32_t i = 0; i < counts[x]; i++) sum += pixel[i * channels + c] * weight[i];
          *output++ = rounded(sum);
        }
      }
    }
  }
}

void winnow_resample_columns(const uint8_t *input, int32_t row_size, const int32_t *starts, const int32_t *counts,
                             const int32_t *weights, int32_t stride, int32_t output_height, uint8_t *output) {
  size_t size = (size_t)row_size;
  for (int32_t y = 0; y < output_height; y++) {
    const int32_t *weight = weights + (size_t)y * (size_t)stride;
    const uint8_t *column = input + (size_t)starts[y] * size;
    for (size_t x = 0; x < size; x++) {
      int32_t sum = 1 << (PRECISION - 1);
      for (int32_t i = 0; i < counts[y]; i++) sum += column[(size_t)i * size + x] * weight[i];
      *output++ = rounded(sum);
    }
  }
}
