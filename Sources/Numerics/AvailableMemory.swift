import Glibc

/// More memory than this process can have.
package struct MemoryShortage: Error, Equatable, CustomStringConvertible {
  /// What the memory is for.
  package let purpose: String
  /// Bytes.
  package let needed: Int
  package let available: Int

  package var description: String {
    "\(purpose) needs \(Self.megabytes(needed)) MB of memory, and this process can have \(Self.megabytes(available)) MB more"
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }
}

/// How much memory this process can still have, so that what is too large is refused in words, where an allocation that fails
/// would end the process.
package enum AvailableMemory {
  /// Throws a ``MemoryShortage`` when `bytes` cannot be had.
  package static func require(_ bytes: Int, for purpose: @autoclosure () -> String) throws {
    guard let available = self.bytes, available < bytes else { return }
    throw MemoryShortage(purpose: purpose(), needed: bytes, available: max(0, available))
  }

  /// Bytes: what the limit of the process (`ulimit -v`), that of its control group and the machine leave, whichever is
  /// least; nil where the system says nothing.
  package static var bytes: Int? { [belowLimit, belowGroupLimit, ofMachine].compactMap(\.self).min() }

  /// Bytes that there are in all for this process and those beside it: what its control groups or the machine have, whichever is
  /// less; nil where the system says nothing.
  package static var total: Int? {
    (groups.compactMap { number(in: "\($0)/memory.max") } + [machine("MemTotal:")].compactMap(\.self)).min()
  }

  private static var belowLimit: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max),
      let pages = words(of: "/proc/self/statm").first.flatMap({ Int($0) })
    else { return nil }
    return Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE))
  }

  private static var belowGroupLimit: Int? {
    groups.compactMap { group -> Int? in
      guard let limit = number(in: "\(group)/memory.max"), let used = number(in: "\(group)/memory.current") else {
        return nil
      }
      return limit - used
    }.min()
  }

  /// The directories of the control group of this process and of those around it, up to the one that it sees as the outermost.
  private static var groups: [String] {
    let root = "/sys/fs/cgroup"
    guard let own = words(of: "/proc/self/cgroup").first(where: { $0.hasPrefix("0::/") })?.dropFirst(4) else {
      return [root]
    }
    var groups = [root]
    for name in own.split(separator: "/") { groups.append("\(groups[groups.count - 1])/\(name)") }
    return groups
  }

  /// Which counts what caches would give up.
  private static var ofMachine: Int? { machine("MemAvailable:") }

  /// Bytes that the kernel states of the whole machine.
  private static func machine(_ name: Substring) -> Int? {
    let all = words(of: "/proc/meminfo")
    guard let place = all.firstIndex(of: name), place + 1 < all.count else { return nil }
    return Int(all[place + 1]).map { $0 * 1_024 }
  }

  /// nil for a file that is not there, and for "max".
  private static func number(in path: String) -> Int? { words(of: path).first.flatMap { Int($0) } }

  /// The words of a small file of the kernel's; none when it cannot be read.
  private static func words(of path: String) -> [Substring] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8_192)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }
}
