#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* How winnow_inflate ended. */
enum {
  WINNOW_INFLATE_DONE = 0,
  WINNOW_INFLATE_DAMAGED = 1,   /* not the format, or a check sum does not fit */
  WINNOW_INFLATE_TRUNCATED = 2, /* the input ends inside a member */
  WINNOW_INFLATE_FULL = 3,      /* more output than `capacity` */
  WINNOW_INFLATE_NO_MEMORY = 4,
};

/* What winnow_inflate reads: every member of a gzip file, or bare deflate as in zip archives. */
enum {
  WINNOW_INFLATE_GZIP = 16 + MAX_WBITS,
  WINNOW_INFLATE_RAW = -MAX_WBITS,
};

/* Decompresses `input` into `output`; `*written` is what it holds afterwards. A function of C, because z_stream keeps
   pointers into both buffers. */
static inline int winnow_inflate(int format, const unsigned char *input, size_t count, unsigned char *output,
                                 size_t capacity, size_t *written) {
  const size_t piece = 1u << 30; /* zlib counts with 32 bits */
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  *written = 0;
  if (inflateInit2(&stream, format) != Z_OK) return WINNOW_INFLATE_NO_MEMORY;
  size_t taken = 0;
  int result = WINNOW_INFLATE_TRUNCATED;
  for (;;) {
    size_t in = count - taken < piece ? count - taken : piece;
    size_t out = capacity - *written < piece ? capacity - *written : piece;
    unsigned char beyond; /* shows whether a full buffer is the end or too small */
    int full = out == 0;
    stream.next_in = (unsigned char *)input + taken;
    stream.avail_in = (uInt)in;
    stream.next_out = full ? &beyond : output + *written;
    stream.avail_out = full ? 1 : (uInt)out;
    int status = inflate(&stream, Z_NO_FLUSH);
    size_t consumed = in - stream.avail_in;
    size_t produced = (full ? 1 : out) - stream.avail_out;
    taken += consumed;
    if (full && produced > 0) { result = WINNOW_INFLATE_FULL; break; }
    *written += produced;
    if (status == Z_STREAM_END) {
      if (taken == count) { result = WINNOW_INFLATE_DONE; break; }
      if (format == WINNOW_INFLATE_RAW) { result = WINNOW_INFLATE_DAMAGED; break; }
      inflateReset(&stream);
      continue;
    }
    if (status == Z_MEM_ERROR) { result = WINNOW_INFLATE_NO_MEMORY; break; }
    if (status != Z_OK && status != Z_BUF_ERROR) { result = WINNOW_INFLATE_DAMAGED; break; }
    if (consumed == 0 && produced == 0) break;
  }
  inflateEnd(&stream);
  return result;
}

/* The check sum that zip archives keep of each member. */
static inline unsigned winnow_crc32(const unsigned char *bytes, size_t count) {
  return (unsigned)crc32_z(0, bytes, count);
}

/* A gzip stream that is decompressed piece by piece. */
typedef struct winnow_inflater winnow_inflater;

static inline winnow_inflater *winnow_inflater_open(void) {
  z_stream *stream = (z_stream *)calloc(1, sizeof *stream);
  if (stream != NULL && inflateInit2(stream, WINNOW_INFLATE_GZIP) != Z_OK) {
    free(stream);
    stream = NULL;
  }
  return (winnow_inflater *)stream;
}

static inline void winnow_inflater_close(winnow_inflater *inflater) {
  if (inflater == NULL) return;
  inflateEnd((z_stream *)inflater);
  free(inflater);
}

/* Takes some of `input`, from `start` up to `count`, and gives some output; fewer than 2^31 bytes each. 0 at the end of a
   member, behind which another may begin; 1 when more is to come; -1 for damage. */
static inline int winnow_inflater_step(winnow_inflater *inflater, const unsigned char *input, size_t start, size_t count,
                                       unsigned char *output, size_t capacity, size_t *taken, size_t *written) {
  z_stream *stream = (z_stream *)inflater;
  stream->next_in = (unsigned char *)input + start;
  stream->avail_in = (uInt)(count - start);
  stream->next_out = output;
  stream->avail_out = (uInt)capacity;
  int status = inflate(stream, Z_NO_FLUSH);
  *taken = (count - start) - stream->avail_in;
  *written = capacity - stream->avail_out;
  stream->next_in = NULL;
  stream->next_out = NULL;
  if (status == Z_STREAM_END) {
    inflateReset(stream);
    return 0;
  }
  return status == Z_OK || status == Z_BUF_ERROR ? 1 : -1;
}
