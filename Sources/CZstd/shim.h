#include <zstd.h>

/* A Zstandard stream that is decompressed piece by piece. Functions of C, because the buffers' structures keep pointers. */
typedef struct ZSTD_DCtx_s winnow_zstd;

static inline winnow_zstd *winnow_zstd_open(void) { return ZSTD_createDCtx(); }
static inline void winnow_zstd_close(winnow_zstd *stream) { ZSTD_freeDCtx(stream); }

/* Takes some of `input`, from `start` up to `count`, and gives some output. 0 at the end of a frame, 1 when more is to come, -1 for damage. */
static inline int winnow_zstd_step(winnow_zstd *stream, const unsigned char *input, size_t start, size_t count,
                                   unsigned char *output, size_t capacity, size_t *taken, size_t *written) {
  ZSTD_inBuffer in = {input + start, count - start, 0};
  ZSTD_outBuffer out = {output, capacity, 0};
  size_t hint = ZSTD_decompressStream(stream, &out, &in);
  *taken = in.pos;
  *written = out.pos;
  return ZSTD_isError(hint) ? -1 : hint == 0 ? 0 : 1;
}

/* Decompresses all of `input` into `output`. The number of bytes written; -1 for damage, or more than `capacity`. */
static inline long winnow_zstd_decompress(const unsigned char *input, size_t count, unsigned char *output,
                                          size_t capacity) {
  size_t written = ZSTD_decompress(output, capacity, input, count);
  return ZSTD_isError(written) ? -1 : (long)written;
}
