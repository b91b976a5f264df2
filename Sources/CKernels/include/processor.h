/* What the processor of this host can do. */
#ifndef WINNOW_PROCESSOR_H
#define WINNOW_PROCESSOR_H

#include <stdint.h>

enum {
  WINNOW_AVX = 1,
  WINNOW_FMA4 = 2,
  WINNOW_FMA = 4,
  WINNOW_AVX2 = 8,
  WINNOW_AVX512 = 16, /* F, CD, BW, DQ and VL together */
  WINNOW_AVX512_BF16 = 32,
  WINNOW_AMD = 64 /* made by AMD */
};

/* The sum of the features above; 0 on other architectures than x86-64. */
uint32_t winnow_processor_features(void);

#endif
