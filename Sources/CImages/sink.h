#pragma once
#include "images.h"
#include <lcms2.h>

/* What a decoder hands over, row by row. */
enum {
  ROW_GREY = 1,
  ROW_GREY_ALPHA = 2,
  ROW_RGB = 3,
  ROW_RGBA = 4,
  ROW_CMYK = 5,               /* ink: 255 is full */
  ROW_RGBA_PREMULTIPLIED = 6, /* colours are multiplied by alpha already */
};

/* Makes rows of 1 or 3 channels out of rows of any kind. */
typedef struct {
  int kind;
  int channels;
  int32_t width;
  uint8_t *output; /* where the next row goes */
  uint8_t *scratch;
  cmsHTRANSFORM transform;
} winnow_sink;

/* 1, or 0 when memory is short. Sets info->profile. `profile` may be NULL. */
int winnow_sink_open(winnow_sink *sink, int kind, int channels, int32_t width, uint8_t *output, const void *profile,
                     size_t profile_size, winnow_image_info *info);
void winnow_sink_take(winnow_sink *sink, const uint8_t *row);
void winnow_sink_close(winnow_sink *sink);

/* Values of a pixel in a row of this kind. */
int winnow_row_width(int kind);

void winnow_say(char *message, size_t room, const char *words);
