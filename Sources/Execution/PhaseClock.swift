import Glibc

/// Splits the CPU seconds of the calling thread into named phases.
struct PhaseClock {
  private(set) var seconds: [String: Double] = [:]
  private var last = Self.now

  /// Books the time since the last call under `phase`.
  mutating func finish(_ phase: String) {
    let now = Self.now
    seconds[phase, default: 0] += now - last
    last = now
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
