/* Keeping the largest values of rows (neighbours.c). */
#ifndef WINNOW_NEIGHBOURS_H
#define WINNOW_NEIGHBOURS_H

#include <stddef.h>
#include <stdint.h>

/* best[r, 0…kept) holds the largest values seen so far of row r, descending, and indices[r, 0…kept) their columns; takes
   the values of `columns` more columns, the first of them being column `first`. The lower column wins a tie, as long as
   columns come in order. */
void winnow_keep_largest(const float *values, size_t rows, size_t columns, int32_t first, size_t kept, float *best,
                         int32_t *indices);

#endif
