#pragma once
#include <stddef.h>
#include <stdint.h>

/* Pictures from bytes, through the system's libraries. Every call returns a status; no library's error leaves a call in any
   other way. Nothing is kept between calls, and any number of threads may call. */

enum {
  WINNOW_IMAGE_DONE = 0,
  WINNOW_IMAGE_DAMAGED = 1,
  WINNOW_IMAGE_TRUNCATED = 2,
  WINNOW_IMAGE_UNSUPPORTED = 3, /* whole, but of a kind that is not read */
  WINNOW_IMAGE_NO_MEMORY = 4,
};

/* The libraries behind all of it. */
enum {
  WINNOW_LIBRARY_JPEG = 1,
  WINNOW_LIBRARY_PNG = 2,
  WINNOW_LIBRARY_WEBP = 3,
  WINNOW_LIBRARY_TIFF = 4,
  WINNOW_LIBRARY_LCMS = 5,
};

/* The name and version of a library that this process runs with, ended by 0. */
void winnow_image_library(int library, char *text, size_t room);

/* What the pixels are in the file. */
enum {
  WINNOW_MODE_GREY = 1,
  WINNOW_MODE_GREY_ALPHA = 2,
  WINNOW_MODE_COLOUR = 3,
  WINNOW_MODE_COLOUR_ALPHA = 4,
  WINNOW_MODE_PALETTE = 5,
  WINNOW_MODE_PALETTE_ALPHA = 6,
  WINNOW_MODE_CMYK = 7,
};

/* What became of the colour profile. */
enum {
  WINNOW_PROFILE_NONE = 0,
  WINNOW_PROFILE_SRGB = 1,      /* nothing to do */
  WINNOW_PROFILE_CONVERTED = 2, /* to sRGB */
  WINNOW_PROFILE_UNUSABLE = 3,  /* damaged, or for other pixels: taken as sRGB */
};

typedef struct {
  int32_t width, height; /* as stored, before any orientation */
  int32_t mode;
  int32_t depth;       /* bits a channel */
  int32_t frames;      /* more than 1 in animations and files of several pages; only the first is decoded */
  int32_t orientation; /* 1 to 8 where the format itself says so (TIFF), else 0 */
  int32_t profile;     /* known after decoding */
  int32_t has_no_end;  /* all pixels are there, the end of the file is not; known after decoding */
  int32_t warnings;    /* what the library complained of and got over; known after decoding */
} winnow_image_info;

/* Reads the header. `message` gets the library's words when the status is not DONE, ended by 0. */
int winnow_jpeg_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room);
int winnow_png_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room);
int winnow_webp_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room);
int winnow_tiff_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room);

/* Decodes into `output`, `height × width × channels` (1 or 3) values of eight bits, rows from the top as stored: alpha over
   white, CMYK as the print it stands for, colours in sRGB. `info` is filled as by inspecting. A file whose header says another
   size than `width` and `height` is DAMAGED. */
int winnow_png_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels, uint8_t *output,
                      winnow_image_info *info, char *message, size_t room);
int winnow_webp_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels,
                       uint8_t *output, winnow_image_info *info, char *message, size_t room);
int winnow_tiff_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels,
                       uint8_t *output, winnow_image_info *info, char *message, size_t room);
/* The output is smaller by `reduction` (1, 2, 4 or 8): ceil(width / reduction) × ceil(height / reduction). */
int winnow_jpeg_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t reduction,
                       int32_t channels, uint8_t *output, winnow_image_info *info, char *message, size_t room);

/* Turns and mirrors `input` (height × width × channels) as EXIF's orientation 1 to 8 says, into `output` of the same size;
   for 5 to 8 that has height and width exchanged. */
void winnow_orient(const uint8_t *input, int32_t height, int32_t width, int32_t channels, int32_t orientation,
                   uint8_t *output);

/* One pass of resampling along rows. Output column x of each row is the sum over i < counts[x] of
   weights[x × stride + i] × input column starts[x] + i, in fixed point with 22 bits, rounded and clipped to 0…255. */
void winnow_resample_rows(const uint8_t *input, int32_t rows, int32_t input_width, int32_t channels,
                          const int32_t *starts, const int32_t *counts, const int32_t *weights, int32_t stride,
                          int32_t output_width, uint8_t *output);
/* The same along columns: output row y is made of input rows. `row_size` is the number of values in a row. */
void winnow_resample_columns(const uint8_t *input, int32_t row_size, const int32_t *starts, const int32_t *counts,
                             const int32_t *weights, int32_t stride, int32_t output_height, uint8_t *output);

/* Writes a picture of 1 or 3 channels as a baseline JPEG of a quality from 1 to 100. The bytes written, 0 when they do not fit
   into `capacity` or memory is short. */
size_t winnow_jpeg_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int32_t quality,
                          uint8_t *output, size_t capacity);
