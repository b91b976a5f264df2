#include "planes.h"
#include "layout.h"

WINNOW_VARIANTS
void winnow_planes_of_rows(const float *rows, size_t images, size_t height, size_t width, size_t channels,
                           size_t length, float *planes) {
  layout l = {images, height, width, length};
  memset(planes, 0, channels * length * sizeof(float));
  for (size_t i = 0; i < images; i++) {
    for (size_t y = 0; y < height; y++) {
      const float *from = rows + (i * height + y) * width * channels;
      for (size_t c = 0; c < channels; c++) {
        float *to = planes + row_start(l, c, i, y);
        for (size_t x = 0; x < width; x++) to[x] = from[x * channels + c];
      }
    }
  }
}

void winnow_rows_of_planes(const float *planes, size_t images, size_t height, size_t width, size_t channels,
                           size_t length, float *rows) {
  layout l = {images, height, width, length};
  for (size_t i = 0; i < images; i++) {
    for (size_t c = 0; c < channels; c++) {
      for (size_t y = 0; y < height; y++) {
        memcpy(rows + ((i * channels + c) * height + y) * width, planes + row_start(l, c, i, y), width * sizeof(float));
      }
    }
  }
}

void winnow_planes_of_channel_rows(const float *rows, size_t images, size_t height, size_t width, size_t channels,
                                   size_t length, float *planes) {
  layout l = {images, height, width, length};
  memset(planes, 0, channels * length * sizeof(float));
  for (size_t i = 0; i < images; i++) {
    for (size_t c = 0; c < channels; c++) {
      for (size_t y = 0; y < height; y++) {
        memcpy(planes + row_start(l, c, i, y), rows + ((i * channels + c) * height + y) * width, width * sizeof(float));
      }
    }
  }
}

WINNOW_VARIANTS
void winnow_split_planes(const float *planes, size_t images, size_t height, size_t width, size_t channels,
                         size_t length, size_t half_length, float *halves) {
  layout l = {images, height, width, length};
  layout h = half_layout(l, half_length);
  memset(halves, 0, 4 * channels * half_length * sizeof(float));
  for (size_t c = 0; c < channels; c++) {
    for (size_t i = 0; i < images; i++) {
      for (size_t y = 0; y < height; y++) {
        const float *from = planes + row_start(l, c, i, y);
        for (size_t b = 0; b < 2; b++) {
          float *to = halves + row_start(h, (2 * (y % 2) + b) * channels + c, i, y / 2);
          for (size_t x = 0; 2 * x + b < width; x++) to[x] = from[2 * x + b];
        }
      }
    }
  }
}

WINNOW_VARIANTS
void winnow_join_planes(const float *halves, size_t images, size_t height, size_t width, size_t channels,
                        size_t length, size_t half_length, float *planes) {
  layout l = {images, height, width, length};
  layout h = half_layout(l, half_length);
  memset(planes, 0, channels * length * sizeof(float));
  for (size_t c = 0; c < channels; c++) {
    for (size_t i = 0; i < images; i++) {
      for (size_t y = 0; y < height; y++) {
        float *to = planes + row_start(l, c, i, y);
        for (size_t b = 0; b < 2; b++) {
          const float *from = halves + row_start(h, (2 * (y % 2) + b) * channels + c, i, y / 2);
          for (size_t x = 0; 2 * x + b < width; x++) to[2 * x + b] = from[x];
        }
      }
    }
  }
}
