#include <cblas.h>

/* A Fortran LAPACK symbol that libopenblas exports without a header of its own. */
void ssyevd_(const char *jobz, const char *uplo, const int *n, float *a, const int *lda, float *w, float *work,
             const int *lwork, int *iwork, const int *liwork, int *info);
