#include "sink.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>

typedef struct {
  struct jpeg_error_mgr errors;
  jmp_buf back;
} writer;

static void fail(j_common_ptr common) { longjmp(((writer *)common->client_data)->back, 1); }
static void say_nothing(j_common_ptr common) { (void)common; }

size_t winnow_jpeg_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int32_t quality,
                          uint8_t *output, size_t capacity) {
  struct jpeg_compress_struct picture;
  writer self;
  unsigned char *buffer = NULL;
  unsigned long size = 0;
  memset(&picture, 0, sizeof picture);
  picture.err = jpeg_std_error(&self.errors);
  self.errors.error_exit = fail;
  self.errors.output_message = say_nothing;
  picture.client_data = &self;
  if (setjmp(self.back)) {
    jpeg_destroy_compress(&picture);
    free(buffer);
    return 0;
  }
  jpeg_create_compress(&picture);
  jpeg_mem_dest(&picture, &buffer, &size);
  picture.image_width = (JDIMENSION)width;
  picture.image_height = (JDIMENSION)height;
  picture.input_components = channels;
  picture.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&picture);
  jpeg_set_quality(&picture, quality, TRUE);
  jpeg_start_compress(&picture, TRUE);
  while (picture.next_scanline < picture.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)picture.next_scanline * (size_t)width * (size_t)channels);
    jpeg_write_scanlines(&picture, &row, 1);
  }
  jpeg_finish_compress(&picture);
  jpeg_destroy_compress(&picture);
  size_t written = size <= capacity ? size : 0;
  if (written > 0) memcpy(output, buffer, written);
  free(buffer);
  return written;
}
