import Files
import Foundation

/// How much memory a process takes, as the kernel counts it.
enum ProcessMemory {
  /// Bytes that the process and all that it has started hold of their own, in memory or swapped out; files that they read where they lie
  /// do not count. 0 when it is gone.
  static func bytes(of process: Int32) -> Int {
    own(process) + children(of: process).reduce(0) { $0 + bytes(of: $1) }
  }

  private static func own(_ process: Int32) -> Int {
    let lines = text("/proc/\(process)/status").split(separator: "\n")
    return ["RssAnon:", "RssShmem:", "VmSwap:"].reduce(0) { sum, name in
      let words = lines.first { $0.hasPrefix(name) }?.split(whereSeparator: \.isWhitespace) ?? []
      return sum + (words.count > 1 ? (Int(words[1]) ?? 0) * 1_024 : 0)
    }
  }

  private static func children(of process: Int32) -> [Int32] {
    text("/proc/\(process)/task/\(process)/children").split(separator: " ").compactMap { Int32($0) }
  }

  private static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
