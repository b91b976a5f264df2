#include "sink.h"
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count, taken;
  int status;
  int warnings;
  char *message;
  size_t room;
  jmp_buf back;
  uint8_t *pixels;
  png_bytep *rows;
  winnow_sink sink;
} reader;

static void fail(png_structp png, png_const_charp words) {
  reader *self = png_get_error_ptr(png);
  winnow_say(self->message, self->room, words);
  if (self->status == WINNOW_IMAGE_DONE)
    self->status = strstr(words, "ut of memory") != NULL ? WINNOW_IMAGE_NO_MEMORY : WINNOW_IMAGE_DAMAGED;
  longjmp(self->back, 1);
}

static void note(png_structp png, png_const_charp words) {
  (void)words;
  ((reader *)png_get_error_ptr(png))->warnings++;
}

static void supply(png_structp png, png_bytep output, size_t count) {
  reader *self = png_get_io_ptr(png);
  if (count > self->count - self->taken) {
    self->status = WINNOW_IMAGE_TRUNCATED;
    png_error(png, "the file ends inside the picture");
  }
  memcpy(output, self->bytes + self->taken, count);
  self->taken += count;
}

static void begin(reader *self, const uint8_t *bytes, size_t count, winnow_image_info *info) {
  self->bytes = bytes;
  self->count = count;
  self->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, fail, note);
  if (self->png != NULL) self->info = png_create_info_struct(self->png);
  if (self->info == NULL) {
    self->status = WINNOW_IMAGE_NO_MEMORY;
    longjmp(self->back, 1);
  }
  png_set_read_fn(self->png, self, supply);
  /* How many pixels are allowed is decided by the caller, before decoding. */
  png_set_user_limits(self->png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_set_chunk_malloc_max(self->png, 4u << 20);
  png_set_chunk_cache_max(self->png, 128);
  png_read_info(self->png, self->info);
  info->width = (int32_t)png_get_image_width(self->png, self->info);
  info->height = (int32_t)png_get_image_height(self->png, self->info);
  info->depth = png_get_bit_depth(self->png, self->info);
  info->frames = 1;
  int has_key = png_get_valid(self->png, self->info, PNG_INFO_tRNS) != 0;
  switch (png_get_color_type(self->png, self->info)) {
  case PNG_COLOR_TYPE_GRAY: info->mode = has_key ? WINNOW_MODE_GREY_ALPHA : WINNOW_MODE_GREY; break;
  case PNG_COLOR_TYPE_GRAY_ALPHA: info->mode = WINNOW_MODE_GREY_ALPHA; break;
  case PNG_COLOR_TYPE_PALETTE: info->mode = has_key ? WINNOW_MODE_PALETTE_ALPHA : WINNOW_MODE_PALETTE; break;
  case PNG_COLOR_TYPE_RGB: info->mode = has_key ? WINNOW_MODE_COLOUR_ALPHA : WINNOW_MODE_COLOUR; break;
  default: info->mode = WINNOW_MODE_COLOUR_ALPHA;
  }
}

static void finish(reader *self) {
  png_destroy_read_struct(&self->png, &self->info, NULL);
  winnow_sink_close(&self->sink);
  free(self->pixels);
  free(self->rows);
}

int winnow_png_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room) {
  reader self;
  memset(&self, 0, sizeof self);
  memset(info, 0, sizeof *info);
  self.message = message;
  self.room = room;
  if (setjmp(self.back) == 0) begin(&self, bytes, count, info);
  finish(&self);
  return self.status;
}

static void decode(reader *self, const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels,
                   uint8_t *output, winnow_image_info *info) {
  begin(self, bytes, count, info);
  if (info->width != width || info->height != height) {
    self->status = WINNOW_IMAGE_DAMAGED;
    return;
  }
  png_set_expand(self->png);
  png_set_scale_16(self->png);
  int passes = png_set_interlace_handling(self->png);
  png_read_update_info(self->png, self->info);
  static const int kinds[] = {0, ROW_GREY, ROW_GREY_ALPHA, ROW_RGB, ROW_RGBA};
  int kind = kinds[png_get_channels(self->png, self->info)];
  size_t values = png_get_rowbytes(self->png, self->info);
  png_charp name = NULL;
  png_bytep profile = NULL;
  png_uint_32 profile_size = 0;
  int compression = 0;
  if (png_get_iCCP(self->png, self->info, &name, &compression, &profile, &profile_size) == 0) profile = NULL;
  int is_srgb = png_get_valid(self->png, self->info, PNG_INFO_sRGB) != 0;
  size_t kept = passes > 1 ? (size_t)height : 1;
  self->pixels = calloc(kept, values);
  self->rows = malloc(kept * sizeof *self->rows);
  if (self->pixels == NULL || self->rows == NULL || values < (size_t)width * (size_t)winnow_row_width(kind) ||
      !winnow_sink_open(&self->sink, kind, channels, width, output, is_srgb ? NULL : profile, profile_size, info)) {
    self->status = WINNOW_IMAGE_NO_MEMORY;
    return;
  }
  if (is_srgb) info->profile = WINNOW_PROFILE_SRGB;
  if (passes > 1) {
    for (size_t y = 0; y < kept; y++) self->rows[y] = self->pixels + y * values;
    png_read_image(self->png, self->rows);
    for (size_t y = 0; y < kept; y++) winnow_sink_take(&self->sink, self->rows[y]);
  } else {
    for (int32_t y = 0; y < height; y++) {
      png_read_row(self->png, self->pixels, NULL);
      winnow_sink_take(&self->sink, self->pixels);
    }
  }
  /* The pixels are there; what is wrong behind them costs nothing. */
  if (setjmp(self->back) == 0) {
    png_read_end(self->png, NULL);
  } else {
    self->status = WINNOW_IMAGE_DONE;
    info->has_no_end = 1;
  }
  info->warnings = self->warnings;
}

int winnow_png_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels, uint8_t *output,
                      winnow_image_info *info, char *message, size_t room) {
  reader self;
  memset(&self, 0, sizeof self);
  memset(info, 0, sizeof *info);
  self.message = message;
  self.room = room;
  if (setjmp(self.back) == 0) decode(&self, bytes, count, width, height, channels, output, info);
  finish(&self);
  return self.status;
}
