import Glibc

/// This machine.
enum ThisHost {
  /// What it calls itself. Not looked up in the network, which can take long where there is none.
  static let name: String = {
    var text = [CChar](repeating: 0, count: 256)
    guard gethostname(&text, text.count - 1) == 0 else { return "unknown" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()
}
