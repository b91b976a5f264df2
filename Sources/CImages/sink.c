#include "sink.h"
#include <stdlib.h>
#include <string.h>

/* Profiles of cameras have some kilobytes, of printers up to two megabytes. */
static const size_t largest_profile = 4u << 20;

void winnow_say(char *message, size_t room, const char *words) {
  if (room == 0) return;
  size_t length = strlen(words);
  if (length >= room) length = room - 1;
  memcpy(message, words, length);
  message[length] = 0;
}

int winnow_row_width(int kind) {
  switch (kind) {
  case ROW_GREY: return 1;
  case ROW_GREY_ALPHA: return 2;
  case ROW_RGB: return 3;
  default: return 4;
  }
}

static int is_srgb(cmsHPROFILE profile) {
  char name[256] = "";
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", name, sizeof name);
  return strstr(name, "sRGB") != NULL;
}

static cmsHPROFILE grey_profile(void) {
  /* The curve of sRGB (IEC 61966-2-1), so that grey means the same in both. */
  cmsFloat64Number parameters[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, parameters);
  if (curve == NULL) return NULL;
  cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
  cmsFreeToneCurve(curve);
  return profile;
}

static cmsHTRANSFORM transform_to_srgb(cmsHPROFILE source, int kind) {
  static const cmsUInt32Number types[] = {0, TYPE_GRAY_8, TYPE_GRAYA_8, TYPE_RGB_8, TYPE_RGBA_8, TYPE_CMYK_8, TYPE_RGBA_8};
  cmsColorSpaceSignature space = cmsGetColorSpace(source);
  int is_grey = kind == ROW_GREY || kind == ROW_GREY_ALPHA;
  cmsColorSpaceSignature needed = is_grey ? cmsSigGrayData : kind == ROW_CMYK ? cmsSigCmykData : cmsSigRgbData;
  if (space != needed) return NULL;
  cmsHPROFILE target = is_grey ? grey_profile() : cmsCreate_sRGBProfile();
  if (target == NULL) return NULL;
  cmsHTRANSFORM transform =
      cmsCreateTransform(source, types[kind], target, kind == ROW_CMYK ? TYPE_RGB_8 : types[kind], INTENT_PERCEPTUAL,
                         kind == ROW_CMYK ? 0 : cmsFLAGS_COPY_ALPHA);
  cmsCloseProfile(target);
  return transform;
}

int winnow_sink_open(winnow_sink *sink, int kind, int channels, int32_t width, uint8_t *output, const void *profile,
                     size_t profile_size, winnow_image_info *info) {
  memset(sink, 0, sizeof *sink);
  sink->kind = kind;
  sink->channels = channels;
  sink->width = width;
  sink->output = output;
  if (profile != NULL) {
    info->profile = WINNOW_PROFILE_UNUSABLE;
    cmsHPROFILE source =
        profile_size <= largest_profile ? cmsOpenProfileFromMem(profile, (cmsUInt32Number)profile_size) : NULL;
    if (source != NULL) {
      if (cmsGetColorSpace(source) == cmsSigRgbData && is_srgb(source)) {
        info->profile = WINNOW_PROFILE_SRGB;
      } else {
        sink->transform = transform_to_srgb(source, kind);
        if (sink->transform != NULL) info->profile = WINNOW_PROFILE_CONVERTED;
      }
      cmsCloseProfile(source);
    }
  }
  sink->scratch = malloc((size_t)width * 4);
  return sink->scratch != NULL;
}

void winnow_sink_close(winnow_sink *sink) {
  if (sink->transform != NULL) cmsDeleteTransform(sink->transform);
  free(sink->scratch);
  memset(sink, 0, sizeof *sink);
}

/* value / 255, rounded to nearest. */
static inline uint8_t by_255(uint32_t value) {
  value += 128;
  return (uint8_t)((value + (value >> 8)) >> 8);
}

static inline uint8_t over_white(uint32_t value, uint32_t alpha) { return by_255(value * alpha + 255 * (255 - alpha)); }

static inline uint8_t clipped(uint32_t value) { return value > 255 ? 255 : (uint8_t)value; }

void winnow_sink_take(winnow_sink *sink, const uint8_t *row) {
  size_t width = (size_t)sink->width;
  uint8_t *opaque = sink->scratch;
  const uint8_t *source = row;
  int kind = sink->kind;
  if (sink->transform != NULL) {
    cmsDoTransform(sink->transform, row, opaque, (cmsUInt32Number)width);
    source = opaque;
    if (kind == ROW_CMYK) kind = ROW_RGB;
  }
  /* In place: what is written never lies behind what is still to be read. */
  int is_grey = kind == ROW_GREY || kind == ROW_GREY_ALPHA;
  switch (kind) {
  case ROW_GREY_ALPHA:
    for (size_t x = 0; x < width; x++) opaque[x] = over_white(source[2 * x], source[2 * x + 1]);
    source = opaque;
    break;
  case ROW_RGBA:
    for (size_t x = 0; x < width; x++) {
      uint32_t alpha = source[4 * x + 3];
      for (size_t c = 0; c < 3; c++) opaque[3 * x + c] = over_white(source[4 * x + c], alpha);
    }
    source = opaque;
    break;
  case ROW_RGBA_PREMULTIPLIED:
    for (size_t x = 0; x < width; x++) {
      uint32_t alpha = source[4 * x + 3];
      for (size_t c = 0; c < 3; c++) opaque[3 * x + c] = clipped(source[4 * x + c] + 255 - alpha);
    }
    source = opaque;
    break;
  case ROW_CMYK:
    for (size_t x = 0; x < width; x++) {
      uint32_t paper = 255u - source[4 * x + 3];
      for (size_t c = 0; c < 3; c++)
        opaque[3 * x + c] = (uint8_t)(paper - by_255(source[4 * x + c] * paper));
    }
    source = opaque;
    break;
  default: break;
  }
  uint8_t *output = sink->output;
  if (is_grey == (sink->channels == 1)) {
    memcpy(output, source, width * (size_t)sink->channels);
  } else if (is_grey) {
    for (size_t x = 0; x < width; x++) output[3 * x] = output[3 * x + 1] = output[3 * x + 2] = source[x];
  } else {
    /* ITU-R BT.601 luma with 16 bits. */
    for (size_t x = 0; x < width; x++)
      output[x] = (uint8_t)((19595u * source[3 * x] + 38470u * source[3 * x + 1] + 7471u * source[3 * x + 2] + 0x8000u) >> 16);
  }
  sink->output += width * (size_t)sink->channels;
}
