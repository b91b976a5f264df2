#include "sink.h"
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static int status_of(VP8StatusCode code, char *message, size_t room) {
  switch (code) {
  case VP8_STATUS_OK: return WINNOW_IMAGE_DONE;
  case VP8_STATUS_OUT_OF_MEMORY: return WINNOW_IMAGE_NO_MEMORY;
  case VP8_STATUS_NOT_ENOUGH_DATA:
  case VP8_STATUS_SUSPENDED: winnow_say(message, room, "the file ends inside the picture"); return WINNOW_IMAGE_TRUNCATED;
  case VP8_STATUS_UNSUPPORTED_FEATURE:
    winnow_say(message, room, "it uses a feature that the library does not know");
    return WINNOW_IMAGE_UNSUPPORTED;
  default: winnow_say(message, room, "the data of the picture are not valid"); return WINNOW_IMAGE_DAMAGED;
  }
}

int winnow_webp_inspect(const uint8_t *bytes, size_t count, winnow_image_info *info, char *message, size_t room) {
  memset(info, 0, sizeof *info);
  WebPBitstreamFeatures features;
  int status = status_of(WebPGetFeatures(bytes, count, &features), message, room);
  if (status != WINNOW_IMAGE_DONE) return status;
  info->width = features.width;
  info->height = features.height;
  info->mode = features.has_alpha ? WINNOW_MODE_COLOUR_ALPHA : WINNOW_MODE_COLOUR;
  info->depth = 8;
  info->frames = 1;
  if (features.has_animation) {
    WebPData data = {bytes, count};
    WebPDemuxer *parts = WebPDemux(&data);
    if (parts == NULL) return status_of(VP8_STATUS_NOT_ENOUGH_DATA, message, room);
    info->frames = (int32_t)WebPDemuxGetI(parts, WEBP_FF_FRAME_COUNT);
    WebPDemuxDelete(parts);
  }
  return WINNOW_IMAGE_DONE;
}

/* Decodes one still picture to a place in a raster of `width` columns with 3 or 4 values a pixel. */
static int decode_still(const uint8_t *bytes, size_t count, uint8_t *raster, int32_t width, int32_t height, int values,
                        int32_t left, int32_t top, char *message, size_t room) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return WINNOW_IMAGE_UNSUPPORTED;
  int status = status_of(WebPGetFeatures(bytes, count, &config.input), message, room);
  if (status != WINNOW_IMAGE_DONE) return status;
  if (left < 0 || top < 0 || config.input.width > width - left || config.input.height > height - top) {
    winnow_say(message, room, "a frame lies outside the picture");
    return WINNOW_IMAGE_DAMAGED;
  }
  size_t start = ((size_t)top * (size_t)width + (size_t)left) * (size_t)values;
  config.output.colorspace = values == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = raster + start;
  config.output.u.RGBA.stride = width * values;
  config.output.u.RGBA.size = (size_t)width * (size_t)height * (size_t)values - start;
  status = status_of(WebPDecode(bytes, count, &config), message, room);
  WebPFreeDecBuffer(&config.output);
  return status;
}

/* The first frame of an animation, on a canvas without colour. */
static int decode_first(WebPDemuxer *parts, uint8_t *raster, int32_t width, int32_t height, char *message, size_t room) {
  WebPIterator frame;
  memset(&frame, 0, sizeof frame);
  if (!WebPDemuxGetFrame(parts, 1, &frame)) return status_of(VP8_STATUS_NOT_ENOUGH_DATA, message, room);
  int status = decode_still(frame.fragment.bytes, frame.fragment.size, raster, width, height, 4, frame.x_offset,
                            frame.y_offset, message, room);
  WebPDemuxReleaseIterator(&frame);
  return status;
}

int winnow_webp_decode(const uint8_t *bytes, size_t count, int32_t width, int32_t height, int32_t channels,
                       uint8_t *output, winnow_image_info *info, char *message, size_t room) {
  int status = winnow_webp_inspect(bytes, count, info, message, room);
  if (status != WINNOW_IMAGE_DONE) return status;
  if (info->width != width || info->height != height) return WINNOW_IMAGE_DAMAGED;
  WebPData data = {bytes, count};
  WebPDemuxer *parts = WebPDemux(&data); /* NULL where the file is cut behind its header */
  int is_animation = info->frames > 1 || (parts != NULL && (WebPDemuxGetI(parts, WEBP_FF_FORMAT_FLAGS) & ANIMATION_FLAG));
  int values = is_animation || info->mode == WINNOW_MODE_COLOUR_ALPHA ? 4 : 3;
  size_t row = (size_t)width * (size_t)values;
  uint8_t *raster = calloc((size_t)height, row);
  winnow_sink sink;
  memset(&sink, 0, sizeof sink);
  WebPChunkIterator chunk;
  memset(&chunk, 0, sizeof chunk);
  int has_profile = parts != NULL && WebPDemuxGetChunk(parts, "ICCP", 1, &chunk);
  if (raster == NULL || !winnow_sink_open(&sink, values == 4 ? ROW_RGBA : ROW_RGB, channels, width, output,
                                          has_profile ? chunk.chunk.bytes : NULL, chunk.chunk.size, info)) {
    status = WINNOW_IMAGE_NO_MEMORY;
  } else if (is_animation) {
    status = parts == NULL ? status_of(VP8_STATUS_NOT_ENOUGH_DATA, message, room)
                           : decode_first(parts, raster, width, height, message, room);
  } else {
    status = decode_still(bytes, count, raster, width, height, values, 0, 0, message, room);
  }
  if (status == WINNOW_IMAGE_DONE)
    for (int32_t y = 0; y < height; y++) winnow_sink_take(&sink, raster + (size_t)y * row);
  winnow_sink_close(&sink);
  WebPDemuxReleaseChunkIterator(&chunk);
  WebPDemuxDelete(parts);
  free(raster);
  return status;
}
