#include "sink.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

/* Photographs have about ten scans; a file of a thousand costs minutes and shows nothing more. */
static const int most_scans = 100;

typedef struct {
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf back;
  int status;
  int ran_dry;      /* the end of the bytes was reached before the end of the picture */
  int is_cut_short; /* and values were missing */
  char *message;
  size_t room;
  uint8_t *row;
  JOCTET *profile;
  winnow_sink sink;
} reader;

static void fail(j_common_ptr common) {
  reader *self = (reader *)common->client_data;
  char words[JMSG_LENGTH_MAX];
  common->err->format_message(common, words);
  winnow_say(self->message, self->room, words);
  switch (common->err->msg_code) {
  case JERR_OUT_OF_MEMORY: self->status = WINNOW_IMAGE_NO_MEMORY; break;
  case JERR_SOF_UNSUPPORTED:
  case JERR_BAD_PRECISION:
  case JERR_ARITH_NOTIMPL:
  case JERR_NOT_COMPILED:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_COMPONENT_COUNT: self->status = WINNOW_IMAGE_UNSUPPORTED; break;
  default: self->status = self->ran_dry ? WINNOW_IMAGE_TRUNCATED : WINNOW_IMAGE_DAMAGED;
  }
  longjmp(self->back, 1);
}

static void note(j_common_ptr common, int level) {
  if (level >= 0) return;
  reader *self = (reader *)common->client_data;
  common->err->num_warnings++;
  if (common->err->msg_code == JWRN_HIT_MARKER && self->ran_dry) self->is_cut_short = 1;
}

static void say_nothing(j_common_ptr common) { (void)common; }

static void watch(j_common_ptr common) {
  if (!common->is_decompressor || ((j_decompress_ptr)common)->input_scan_number <= most_scans) return;
  reader *self = (reader *)common->client_data;
  winnow_say(self->message, self->room, "it has more than 100 scans");
  self->status = WINNOW_IMAGE_DAMAGED;
  longjmp(self->back, 1);
}

static void nothing(j_decompress_ptr picture) { (void)picture; }

static boolean supply_end(j_decompress_ptr picture) {
  static const JOCTET end[2] = {0xFF, JPEG_EOI};
  ((reader *)picture->client_data)->ran_dry = 1;
  picture->src->next_input_byte = end;
  picture->src->bytes_in_buffer = 2;
  return TRUE;
}

static void skip(j_decompress_ptr picture, long count) {
  if (count <= 0) return;
  if ((size_t)count > picture->src->bytes_in_buffer) {
    supply_end(picture);
    return;
  }
  picture->src->next_input_byte += count;
  picture->src->bytes_in_buffer -= (size_t)count;
}

/* Up to the header. */
static void begin(struct jpeg_decompress_struct *picture, reader *self, const uint8_t *bytes, size_t count,
                  winnow_image_info *info) {
  jpeg_create_decompress(picture);
  picture->client_data = self;
  self->source.next_input_byte = bytes;
  self->source.bytes_in_buffer = count;
  self->source.init_source = nothing;
  self->source.fill_input_buffer = supply_end;
  self->source.skip_input_data = skip;
  self->source.resync_to_restart = jpeg_resync_to_restart;
  self->source.term_source = nothing;
  picture->src = &self->source;
  self->progress.progress_monitor = watch;
  picture->progress = &self->progress;
  jpeg_save_markers(picture, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header(picture, TRUE);
  info->width = (int32_t)picture->image_width;
  info->height = (int32_t)picture->image_height;
  info->depth = picture->data_precision;
  info->frames = 1;
  switch (picture->jpeg_color_space) {
  case JCS_GRAYSCALE: info->mode = WINNOW_MODE_GREY; break;
  case JCS_RGB:
  case JCS_YCbCr: info->mode = WINNOW_MODE_COLOUR; break;
  case JCS_CMYK:
  case JCS_YCCK: info->mode = WINNOW_MODE_CMYK; break;
  default:
    winnow_say(self->message, self->room, "its number of channels has no known meaning");
    self->status = WINNOW_IMAGE_UNSUPPORTED;
    longjmp(self->back, 1);
  }
}

static void prepare(struct jpeg_decompress_struct *picture, reader *self, winnow_image_info *info, char *message,
                    size_t room) {
  memset(self, 0, sizeof *self);
  memset(info, 0, sizeof *info);
  memset(picture, 0, sizeof *picture);
  self->message = message;
  self->room = room;
  picture->client_data = self;
  picture->err = jpeg_std_error(&self->errors);
  self->errors.error_exit = fail;
  self->errors.emit_message = note;
  self->errors.output_message = say_nothing;
}

int winnow_jpeg_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room) {
  struct jpeg_decompress_struct picture;
  reader self;
  prepare(&picture, &self, info, message, room);
  if (setjmp(self.back) == 0) begin(&picture, &self, bytes, count, info);
  jpeg_destroy_decompress(&picture);
  return self.status;
}

static void decode(struct jpeg_decompress_struct *picture, reader *self, const uint8_t *bytes, size_t count,
                   int32_t width, int32_t height, int32_t reduction, int32_t channels, uint8_t *output,
                   winnow_image_info *info) {
  begin(picture, self, bytes, count, info);
  if (info->width != width || info->height != height) {
    self->status = WINNOW_IMAGE_DAMAGED;
    return;
  }
  picture->scale_num = 1;
  picture->scale_denom = (unsigned)reduction;
  picture->dct_method = JDCT_ISLOW; /* the same bits from all of the library's versions for all processors */
  int is_cmyk = info->mode == WINNOW_MODE_CMYK;
  int is_grey = info->mode == WINNOW_MODE_GREY;
  picture->out_color_space = is_cmyk ? JCS_CMYK : is_grey ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(picture);
  if (picture->output_width != (JDIMENSION)((width + reduction - 1) / reduction) ||
      picture->output_height != (JDIMENSION)((height + reduction - 1) / reduction)) {
    self->status = WINNOW_IMAGE_DAMAGED;
    return;
  }
  unsigned profile_size = 0;
  jpeg_read_icc_profile(picture, &self->profile, &profile_size);
  size_t values = (size_t)picture->output_width * (size_t)picture->output_components;
  self->row = malloc(values);
  if (self->row == NULL ||
      !winnow_sink_open(&self->sink, is_cmyk ? ROW_CMYK : is_grey ? ROW_GREY : ROW_RGB, channels,
                        (int32_t)picture->output_width, output, self->profile, profile_size, info)) {
    self->status = WINNOW_IMAGE_NO_MEMORY;
    return;
  }
  while (picture->output_scanline < picture->output_height) {
    JSAMPROW rows[1] = {self->row};
    jpeg_read_scanlines(picture, rows, 1);
    /* Adobe's programs store ink inverted, and every program that writes CMYK marks itself as one of them. */
    if (is_cmyk && picture->saw_Adobe_marker)
      for (size_t i = 0; i < values; i++) self->row[i] = (uint8_t)(255 - self->row[i]);
    winnow_sink_take(&self->sink, self->row);
  }
  /* A progressive picture that ends early has all its rows, but not its details. */
  if (self->is_cut_short || (self->ran_dry && jpeg_has_multiple_scans(picture))) {
    winnow_say(self->message, self->room, "the file ends inside the picture");
    self->status = WINNOW_IMAGE_TRUNCATED;
    return;
  }
  info->has_no_end = self->ran_dry;
  if (!self->ran_dry) {
    jpeg_finish_decompress(picture);
    info->has_no_end = self->ran_dry;
  }
  info->warnings = (int32_t)self->errors.num_warnings;
}

int winnow_jpeg_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t reduction,
                       int32_t channels, uint8_t *output, winnow_image_info *info, char *message, size_t room) {
  struct jpeg_decompress_struct picture;
  reader self;
  prepare(&picture, &self, info, message, room);
  if (setjmp(self.back) == 0)
    decode(&picture, &self, bytes, count, width, height, reduction, channels, output, info);
  jpeg_destroy_decompress(&picture);
  winnow_sink_close(&self.sink);
  free(self.profile);
  free(self.row);
  return self.status;
}
