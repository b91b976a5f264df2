import Glibc
import Numerics
import Wire

/// This machine.
package enum ThisHost {
  /// What it calls itself. Not looked up in the network, which can take long where there is none.
  static let name: String = {
    var text = [CChar](repeating: 0, count: 256)
    guard gethostname(&text, text.count - 1) == 0 else { return "unknown" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()

  /// How busy it is; nil where the system does not say.
  static var use: HostUse? {
    var load = 0.0
    guard getloadavg(&load, 1) == 1, let memory = AvailableMemory.total, let free = AvailableMemory.bytes else {
      return nil
    }
    return HostUse(load: max(0, load), memoryUsed: max(0, memory - max(0, free)), memory: memory)
  }

  /// When the machine started, by the clock of today; seconds since 1970.
  package static var startedAt: Double {
    func seconds(_ clock: clockid_t) -> Double {
      var time = timespec()
      clock_gettime(clock, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    return seconds(CLOCK_REALTIME) - seconds(CLOCK_BOOTTIME)
  }
}
