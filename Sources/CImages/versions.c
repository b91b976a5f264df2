#include "images.h"
#include <stdio.h>
#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <string.h>
#include <tiffio.h>
#include <webp/decode.h>

/* libjpeg-turbo tells its version to compilers alone. */
#define TEXT(number) #number
#define WORDS(number) TEXT(number)

void winnow_image_library(int library, char *text, size_t room) {
  int webp = WebPGetDecoderVersion(), lcms = cmsGetEncodedCMMversion();
  switch (library) {
  case WINNOW_LIBRARY_JPEG:
#ifdef LIBJPEG_TURBO_VERSION
    snprintf(text, room, "libjpeg-turbo %s", WORDS(LIBJPEG_TURBO_VERSION));
#else
    snprintf(text, room, "libjpeg %d", JPEG_LIB_VERSION);
#endif
    break;
  case WINNOW_LIBRARY_PNG: snprintf(text, room, "libpng %s", png_get_libpng_ver(NULL)); break;
  case WINNOW_LIBRARY_WEBP:
    snprintf(text, room, "libwebp %d.%d.%d", webp >> 16, webp >> 8 & 255, webp & 255);
    break;
  case WINNOW_LIBRARY_TIFF: {
    /* "LIBTIFF, Version 4.5.0", a line end, and who made it. */
    const char *version = strstr(TIFFGetVersion(), "Version ");
    if (version == NULL) version = "Version ?";
    version += strlen("Version ");
    snprintf(text, room, "libtiff %.*s", (int)strcspn(version, "\n"), version);
    break;
  }
  case WINNOW_LIBRARY_LCMS: snprintf(text, room, "Little CMS %d.%d", lcms / 1000, lcms / 10 % 100); break;
  default: if (room > 0) text[0] = 0;
  }
}
