#include "sink.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

/* No strip, tile or table of a picture that people train on is larger. */
static const tmsize_t largest_allocation = 512 << 20;

typedef struct {
  const uint8_t *bytes;
  uint64_t count, place;
  int ran_dry;
  int has_message;
  int warnings;
  char *message;
  size_t room;
} memory;

static tmsize_t supply(thandle_t handle, void *output, tmsize_t count) {
  memory *self = handle;
  uint64_t rest = self->place < self->count ? self->count - self->place : 0;
  if ((uint64_t)count > rest) {
    self->ran_dry = 1;
    count = (tmsize_t)rest;
  }
  memcpy(output, self->bytes + self->place, (size_t)count);
  self->place += (uint64_t)count;
  return count;
}

static tmsize_t refuse(thandle_t handle, void *input, tmsize_t count) {
  (void)handle, (void)input, (void)count;
  return 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  memory *self = handle;
  uint64_t base = whence == SEEK_CUR ? self->place : whence == SEEK_END ? self->count : 0;
  self->place = base + offset;
  if (self->place > self->count) {
    self->ran_dry = 1;
    self->place = self->count;
    return (toff_t)-1;
  }
  return self->place;
}

static int leave(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size_of(thandle_t handle) { return ((memory *)handle)->count; }

static int fail(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)module;
  memory *self = user;
  char words[256];
  vsnprintf(words, sizeof words, format, arguments);
  /* The first is the cause. */
  if (!self->has_message) winnow_say(self->message, self->room, words);
  self->has_message = 1;
  return 1;
}

static int note(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)module, (void)format, (void)arguments;
  ((memory *)user)->warnings++;
  return 1;
}

static TIFF *opened(memory *self, const uint8_t *bytes, size_t count, char *message, size_t room) {
  memset(self, 0, sizeof *self);
  self->bytes = bytes;
  self->count = count;
  self->message = message;
  self->room = room;
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (options == NULL) return NULL;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, largest_allocation);
  TIFFOpenOptionsSetErrorHandlerExtR(options, fail, self);
  TIFFOpenOptionsSetWarningHandlerExtR(options, note, self);
  TIFF *tiff = TIFFClientOpenExt("picture", "rm", self, supply, refuse, seek, leave, size_of, NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  return tiff;
}

static int describe(TIFF *tiff, winnow_image_info *info) {
  uint32_t width = 0, height = 0;
  uint16_t depth = 1, samples = 1, photometric = PHOTOMETRIC_MINISBLACK, orientation = 1, extras = 0;
  uint16_t *meanings = NULL;
  if (!TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width) || !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height)) return 0;
  if (width > 0x7FFFFFFF || height > 0x7FFFFFFF) return 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &depth);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extras, &meanings);
  info->width = (int32_t)width;
  info->height = (int32_t)height;
  info->depth = depth;
  info->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  int has_alpha = extras > 0;
  switch (photometric) {
  case PHOTOMETRIC_MINISBLACK:
  case PHOTOMETRIC_MINISWHITE: info->mode = has_alpha ? WINNOW_MODE_GREY_ALPHA : WINNOW_MODE_GREY; break;
  case PHOTOMETRIC_PALETTE: info->mode = WINNOW_MODE_PALETTE; break;
  case PHOTOMETRIC_SEPARATED: info->mode = WINNOW_MODE_CMYK; break;
  default: info->mode = has_alpha ? WINNOW_MODE_COLOUR_ALPHA : WINNOW_MODE_COLOUR;
  }
  return 1;
}

static int failed(const memory *self) { return self->ran_dry ? WINNOW_IMAGE_TRUNCATED : WINNOW_IMAGE_DAMAGED; }

int winnow_tiff_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room) {
  memset(info, 0, sizeof *info);
  memory self;
  TIFF *tiff = opened(&self, bytes, count, message, room);
  if (tiff == NULL) return failed(&self);
  int status = describe(tiff, info) ? WINNOW_IMAGE_DONE : failed(&self);
  /* Directories can form a long chain; whether there is a second is all that matters. */
  info->frames = TIFFLastDirectory(tiff) ? 1 : 2;
  TIFFClose(tiff);
  return status;
}

int winnow_tiff_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels,
                       uint8_t *output, winnow_image_info *info, char *message, size_t room) {
  memset(info, 0, sizeof *info);
  memory self;
  TIFF *tiff = opened(&self, bytes, count, message, room);
  if (tiff == NULL) return failed(&self);
  if (!describe(tiff, info) || info->width != width || info->height != height) {
    TIFFClose(tiff);
    return failed(&self);
  }
  info->frames = TIFFLastDirectory(tiff) ? 1 : 2;
  self.ran_dry = 0;
  char reason[1024] = "";
  TIFFRGBAImage image;
  if (!TIFFRGBAImageOK(tiff, reason) || !TIFFRGBAImageBegin(&image, tiff, 1, reason)) {
    winnow_say(message, room, reason);
    TIFFClose(tiff);
    return WINNOW_IMAGE_UNSUPPORTED;
  }
  /* As stored: turning is ours, for all formats alike. */
  image.orientation = ORIENTATION_TOPLEFT;
  image.req_orientation = ORIENTATION_TOPLEFT;
  int status = WINNOW_IMAGE_NO_MEMORY;
  int is_grey = info->mode == WINNOW_MODE_GREY || info->mode == WINNOW_MODE_GREY_ALPHA;
  uint32_t profile_size = 0;
  void *profile = NULL;
  if (!TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &profile_size, &profile)) profile = NULL;
  size_t columns = (size_t)width;
  uint32_t *raster = calloc((size_t)height, columns * sizeof *raster);
  uint8_t *row = malloc(columns * 4);
  winnow_sink sink;
  memset(&sink, 0, sizeof sink);
  int kind = is_grey && info->mode == WINNOW_MODE_GREY ? ROW_GREY : ROW_RGBA_PREMULTIPLIED;
  if (raster != NULL && row != NULL &&
      winnow_sink_open(&sink, kind, channels, width, output, profile, profile_size, info)) {
    status = TIFFRGBAImageGet(&image, raster, (uint32_t)width, (uint32_t)height) ? WINNOW_IMAGE_DONE : failed(&self);
    for (int32_t y = 0; status == WINNOW_IMAGE_DONE && y < height; y++) {
      const uint32_t *pixels = raster + (size_t)y * columns;
      for (size_t x = 0; x < columns; x++) {
        if (kind == ROW_GREY) {
          row[x] = (uint8_t)TIFFGetR(pixels[x]);
        } else {
          row[4 * x] = (uint8_t)TIFFGetR(pixels[x]);
          row[4 * x + 1] = (uint8_t)TIFFGetG(pixels[x]);
          row[4 * x + 2] = (uint8_t)TIFFGetB(pixels[x]);
          row[4 * x + 3] = (uint8_t)TIFFGetA(pixels[x]);
        }
      }
      winnow_sink_take(&sink, row);
    }
  }
  info->warnings = self.warnings;
  winnow_sink_close(&sink);
  free(row);
  free(raster);
  TIFFRGBAImageEnd(&image);
  TIFFClose(tiff);
  return status;
}
