#include "inference.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ONNX Runtime's interface for C (onnxruntime_c_api.h, version 3 and later): a table of functions in an order that never
   changes. Objects are opaque; a function answers NULL, or a status that tells what went wrong. */
typedef void *status;
typedef struct {
  const void *const *(*table)(uint32_t version);
  const char *(*version)(void);
} base;

enum { interface_version = 11, float_elements = 1, warnings_and_worse = 2, all_optimisations = 99 };

/* Places in the table. */
enum {
  get_error_message = 2,
  create_env = 3,
  create_session_from_array = 8,
  run = 9,
  create_session_options = 10,
  set_graph_optimisation = 23,
  set_intra_threads = 24,
  set_inter_threads = 25,
  get_input_count = 30,
  get_output_count = 31,
  get_input_type = 33,
  get_output_type = 34,
  get_input_name = 36,
  get_output_name = 37,
  create_tensor_with_data = 49,
  get_tensor_data = 51,
  type_as_tensor = 55,
  get_element_type = 60,
  get_rank = 61,
  get_dimensions = 62,
  get_tensor_type = 65,
  create_cpu_memory = 69,
  allocator_free = 76,
  get_allocator = 78,
  release_status = 93,
  release_memory = 94,
  release_session = 95,
  release_value = 96,
  release_type = 98,
  release_tensor_type = 99,
  release_options = 100,
};

struct winnow_inference_library {
  const void *const *table;
  const char *version;
  void *environment, *memory, *allocator;
};

struct winnow_inference {
  const winnow_inference_library *library;
  void *session;
  char *input, *output;
  int64_t shapes[2][8];
  int32_t ranks[2];
};

#define CALL(library, place, ...) ((status(*)(__VA_ARGS__))(library)->table[place])
#define RELEASE(library, place, object)                                                                                \
  do {                                                                                                                 \
    if ((object) != NULL) ((void (*)(void *))(library)->table[place])(object);                                         \
  } while (0)

static void say(char *message, size_t room, const char *words) { snprintf(message, room, "%s", words); }

/* Whether a call went well; otherwise its words go to `message`. */
static int done(const winnow_inference_library *library, status answer, char *message, size_t room) {
  if (answer == NULL) return 1;
  say(message, room, ((const char *(*)(status))library->table[get_error_message])(answer));
  RELEASE(library, release_status, answer);
  return 0;
}

winnow_inference_library *winnow_inference_load(const char *path, char *message, size_t room) {
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    say(message, room, dlerror());
    return NULL;
  }
  const base *(*get)(void) = (const base *(*)(void))dlsym(handle, "OrtGetApiBase");
  const base *found = get == NULL ? NULL : get();
  const void *const *table = found == NULL ? NULL : found->table(interface_version);
  if (table == NULL) {
    say(message, room, get == NULL ? "it is not ONNX Runtime" : "this ONNX Runtime is older than 1.11");
    dlclose(handle);
    return NULL;
  }
  winnow_inference_library *library = calloc(1, sizeof *library);
  if (library == NULL) {
    say(message, room, "there is no memory for it");
    return NULL;
  }
  library->table = table;
  library->version = found->version();
  if (!done(library, CALL(library, create_env, int, const char *, void **)(warnings_and_worse, "winnow", &library->environment),
            message, room) ||
      !done(library, CALL(library, create_cpu_memory, int, int, void **)(0, 0, &library->memory), message, room) ||
      !done(library, CALL(library, get_allocator, void **)(&library->allocator), message, room)) {
    free(library);
    return NULL;
  }
  return library;
}

const char *winnow_inference_version(const winnow_inference_library *library) { return library->version; }

/* The shape of a type, which has to be a tensor of single precision. */
static int shape_of(const winnow_inference_library *library, void *type, int64_t *dimensions, int32_t *rank,
                    char *message, size_t room) {
  const void *tensor = NULL;
  int element = 0;
  size_t count = 0;
  if (!done(library, CALL(library, type_as_tensor, void *, const void **)(type, &tensor), message, room)) return 0;
  if (tensor == NULL) {
    say(message, room, "its input and output have to be tensors");
    return 0;
  }
  if (!done(library, CALL(library, get_element_type, const void *, int *)(tensor, &element), message, room) ||
      !done(library, CALL(library, get_rank, const void *, size_t *)(tensor, &count), message, room))
    return 0;
  if (element != float_elements) {
    say(message, room, "its input and output have to be of single precision");
    return 0;
  }
  if (count > 8) {
    say(message, room, "its input and output may have 8 dimensions at most");
    return 0;
  }
  *rank = (int32_t)count;
  return done(library, CALL(library, get_dimensions, const void *, int64_t *, size_t)(tensor, dimensions, count), message,
              room);
}

static char *copy_of(const char *text) {
  char *copy = malloc(strlen(text) + 1);
  return copy == NULL ? NULL : strcpy(copy, text);
}

/* The name of the input or an output, as a copy. */
static char *name_of(const winnow_inference_library *library, void *session, int place, size_t index, char *message,
                     size_t room) {
  char *name = NULL;
  if (!done(library, CALL(library, place, void *, size_t, void *, char **)(session, index, library->allocator, &name), message,
            room))
    return NULL;
  char *copy = copy_of(name);
  done(library, CALL(library, allocator_free, void *, void *)(library->allocator, name), message, room);
  return copy;
}

/* The number of the output called `name`, the first where it is NULL; −1 with words that list those that are there. */
static long output_number(winnow_inference *network, const char *name, size_t count, char *message, size_t room) {
  char list[512] = "";
  for (size_t index = 0; index < count; index += 1) {
    char *own = name_of(network->library, network->session, get_output_name, index, message, room);
    if (own == NULL) return -1;
    if (name == NULL || strcmp(own, name) == 0) {
      network->output = own;
      return (long)index;
    }
    size_t length = strlen(list);
    snprintf(list + length, sizeof list - length, "%s%s", length == 0 ? "" : ", ", own);
    free(own);
  }
  snprintf(message, room, "it has no output %s; there are: %s", name == NULL ? "" : name, list);
  return -1;
}

static int describe(winnow_inference *network, const char *output, char *message, size_t room) {
  const winnow_inference_library *library = network->library;
  size_t inputs = 0, outputs = 0;
  if (!done(library, CALL(library, get_input_count, void *, size_t *)(network->session, &inputs), message, room) ||
      !done(library, CALL(library, get_output_count, void *, size_t *)(network->session, &outputs), message, room))
    return 0;
  if (inputs != 1) {
    snprintf(message, room, "it has %zu inputs, and one is needed", inputs);
    return 0;
  }
  network->input = name_of(library, network->session, get_input_name, 0, message, room);
  if (network->input == NULL) return 0;
  long number = output_number(network, output, outputs, message, room);
  if (number < 0) return 0;
  for (int side = 0; side < 2; side += 1) {
    void *type = NULL;
    int place = side == 0 ? get_input_type : get_output_type;
    size_t index = side == 0 ? 0 : (size_t)number;
    if (!done(library, CALL(library, place, void *, size_t, void **)(network->session, index, &type), message, room)) return 0;
    int well = shape_of(library, type, network->shapes[side], &network->ranks[side], message, room);
    RELEASE(library, release_type, type);
    if (!well) return 0;
  }
  return 1;
}

winnow_inference *winnow_inference_open(winnow_inference_library *library, const uint8_t *model, size_t count,
                                        const char *output, char *message, size_t room) {
  void *options = NULL;
  winnow_inference *network = calloc(1, sizeof *network);
  if (network == NULL) {
    say(message, room, "there is no memory for it");
    return NULL;
  }
  network->library = library;
  int well = done(library, CALL(library, create_session_options, void **)(&options), message, room) &&
             done(library, CALL(library, set_graph_optimisation, void *, int)(options, all_optimisations), message, room) &&
             done(library, CALL(library, set_intra_threads, void *, int)(options, 1), message, room) &&
             done(library, CALL(library, set_inter_threads, void *, int)(options, 1), message, room) &&
             done(library,
                  CALL(library, create_session_from_array, void *, const void *, size_t, void *, void **)(
                    library->environment, model, count, options, &network->session),
                  message, room);
  RELEASE(library, release_options, options);
  if (well) well = describe(network, output, message, room);
  if (well) return network;
  winnow_inference_close(network);
  return NULL;
}

void winnow_inference_close(winnow_inference *network) {
  if (network == NULL) return;
  RELEASE(network->library, release_session, network->session);
  free(network->input);
  free(network->output);
  free(network);
}

int32_t winnow_inference_shape(const winnow_inference *network, int32_t is_output, int64_t *dimensions, int32_t room) {
  int32_t rank = network->ranks[is_output != 0];
  for (int32_t index = 0; index < rank && index < room; index += 1)
    dimensions[index] = network->shapes[is_output != 0][index];
  return rank;
}

/* Copies the values of a tensor that fits. */
static int copy_tensor(const winnow_inference_library *library, void *value, float *output, size_t capacity,
                       int64_t *dimensions, int32_t *rank, char *message, size_t room) {
  void *type = NULL;
  const float *values = NULL;
  int element = 0;
  size_t count = 0, size = 1;
  if (!done(library, CALL(library, get_tensor_type, void *, void **)(value, &type), message, room)) return 0;
  int well = done(library, CALL(library, get_element_type, const void *, int *)(type, &element), message, room) &&
             done(library, CALL(library, get_rank, const void *, size_t *)(type, &count), message, room);
  if (well && (element != float_elements || count > 8)) {
    say(message, room, "its output is no tensor of single precision with at most 8 dimensions");
    well = 0;
  }
  well = well && done(library, CALL(library, get_dimensions, const void *, int64_t *, size_t)(type, dimensions, count), message,
                      room);
  RELEASE(library, release_tensor_type, type);
  if (!well) return 0;
  *rank = (int32_t)count;
  for (size_t index = 0; index < count; index += 1) {
    if (dimensions[index] < 0 || __builtin_mul_overflow(size, (size_t)dimensions[index], &size)) size = SIZE_MAX;
  }
  if (size > capacity) {
    snprintf(message, room, "its output has %zu numbers, more than the %zu that are taken", size, capacity);
    return 0;
  }
  if (!done(library, CALL(library, get_tensor_data, void *, const float **)(value, &values), message, room)) return 0;
  memcpy(output, values, size * sizeof *output);
  return 1;
}

int32_t winnow_inference_run(winnow_inference *network, const float *input, const int64_t *shape, int32_t rank,
                             float *output, size_t capacity, int64_t *dimensions, int32_t *output_rank, char *message,
                             size_t room) {
  const winnow_inference_library *library = network->library;
  size_t size = sizeof *input;
  for (int32_t index = 0; index < rank; index += 1) size *= (size_t)shape[index];
  void *given = NULL, *made = NULL;
  const char *const names[2] = {network->input, network->output};
  int well =
    done(library,
         CALL(library, create_tensor_with_data, const void *, void *, size_t, const int64_t *, size_t, int, void **)(
           library->memory, (void *)input, size, shape, (size_t)rank, float_elements, &given),
         message, room) &&
    done(library,
         CALL(library, run, void *, void *, const char *const *, void *const *, size_t, const char *const *, size_t, void **)(
           network->session, NULL, &names[0], &given, 1, &names[1], 1, &made),
         message, room) &&
    copy_tensor(library, made, output, capacity, dimensions, output_rank, message, room);
  RELEASE(library, release_value, given);
  RELEASE(library, release_value, made);
  return well ? 0 : -1;
}
