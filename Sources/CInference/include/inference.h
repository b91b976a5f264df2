#pragma once
#include <stddef.h>
#include <stdint.h>

/* Networks in ONNX's form, computed by ONNX Runtime where it is installed. The library is loaded when it is asked for, and
   nothing of it is needed to build: what is called stands in a table of functions whose order its interface promises to keep. */

typedef struct winnow_inference_library winnow_inference_library;
typedef struct winnow_inference winnow_inference;

/* The library at `path`, or by its name where the system looks for libraries; NULL with words in `message`, ended by 0. It is
   never unloaded. */
winnow_inference_library *winnow_inference_load(const char *path, char *message, size_t room);
/* Such as "1.23.2". */
const char *winnow_inference_version(const winnow_inference_library *library);

/* A network from the bytes of its file, to be computed on one thread; NULL with words in `message`. It has to have one input
   of single precision. `output` names the output that counts, NULL for the first. */
winnow_inference *winnow_inference_open(winnow_inference_library *library, const uint8_t *model, size_t count,
                                        const char *output, char *message, size_t room);
void winnow_inference_close(winnow_inference *network);

/* The shape of the input or the output (1), as the network states it: the number of dimensions, of which at most `room` are
   written; −1 where it leaves one open. */
int32_t winnow_inference_shape(const winnow_inference *network, int32_t is_output, int64_t *dimensions, int32_t room);

/* Computes the output of `input`, whose shape has `rank` dimensions. The shape of the output is written to `dimensions`, at most
   8, their number to `output_rank`; its values to `output`, which has room for `capacity`. 0, or −1 with words in `message`. */
int32_t winnow_inference_run(winnow_inference *network, const float *input, const int64_t *shape, int32_t rank,
                             float *output, size_t capacity, int64_t *dimensions, int32_t *output_rank, char *message,
                             size_t room);
