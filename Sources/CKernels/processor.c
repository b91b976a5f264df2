#include "processor.h"

#if defined(__x86_64__)

uint32_t winnow_processor_features(void) {
  __builtin_cpu_init();
  uint32_t features = 0;
  if (__builtin_cpu_supports("avx")) features |= WINNOW_AVX;
  if (__builtin_cpu_supports("fma4")) features |= WINNOW_FMA4;
  if (__builtin_cpu_supports("fma")) features |= WINNOW_FMA;
  if (__builtin_cpu_supports("avx2")) features |= WINNOW_AVX2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    features |= WINNOW_AVX512;
  }
  if (__builtin_cpu_supports("avx512bf16")) features |= WINNOW_AVX512_BF16;
  if (__builtin_cpu_is("amd")) features |= WINNOW_AMD;
  return features;
}

#else

uint32_t winnow_processor_features(void) { return 0; }

#endif
