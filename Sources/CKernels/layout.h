/* Where the values of planes lie; see planes.h. */
#ifndef WINNOW_LAYOUT_H
#define WINNOW_LAYOUT_H

#include "vectors.h"

typedef struct {
  size_t images, height, width, length;
} layout;

/* The place of the first value of a row. */
WINNOW_INLINE size_t row_start(layout l, size_t channel, size_t image, size_t y) {
  return channel * l.length + (image * (l.height + 1) + y) * (l.width + 1);
}

/* That of images of half the size, rounded up. */
WINNOW_INLINE layout half_layout(layout l, size_t length) {
  return (layout){l.images, (l.height + 1) / 2, (l.width + 1) / 2, length};
}

#endif
