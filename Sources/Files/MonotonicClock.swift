package import Core
import Glibc

/// The host's monotonic clock; only the shells around the machines read it.
package enum MonotonicClock {
  /// Nanoseconds since the host started.
  package static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}
