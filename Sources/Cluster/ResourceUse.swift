import Core
import Files
import Foundation

/// What this process has used so far.
struct ResourceUse {
  let time: Instant
  /// Seconds of all threads, in user and system mode.
  let cpuSeconds: Double
  /// The most memory that the process ever held, in bytes.
  let peakMemoryBytes: Int

  static var current: ResourceUse {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return ResourceUse(
      time: MonotonicClock.now, cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMemoryBytes: usage.ru_maxrss * 1024)
  }
}
