#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <zmq.h>

/* prctl takes a variable number of arguments, which Swift cannot call. */
static inline int winnow_set_parent_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }

/* Stable since 4.3.0 and supported by the library, but its header shows it only with the draft API. */
static const int winnow_zap_enforce_domain = 93;
