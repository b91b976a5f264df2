/* One step of stochastic gradient descent, shared by the kernels that end in one. */
#ifndef WINNOW_MOMENTUM_H
#define WINNOW_MOMENTUM_H

#include "vectors.h"

/* weights −= rate · velocity; velocity = momentum · velocity + decay · weights (the new ones). */
WINNOW_INLINE void momentum_update(float *restrict weights, float *restrict velocity, size_t count, float rate,
                                   float momentum, float decay) {
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    lanes v = LOAD(velocity + i);
    lanes w = LOAD(weights + i) - rate * v;
    STORE(weights + i, w);
    STORE(velocity + i, momentum * v + decay * w);
  }
  for (; i < count; i++) {
    weights[i] = weights[i] - rate * velocity[i];
    velocity[i] = momentum * velocity[i] + decay * weights[i];
  }
}

#endif
