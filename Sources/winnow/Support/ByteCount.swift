/// Sizes for people.
enum ByteCount {
  /// `512 bytes`, `3.4 MB`.
  static func text(_ bytes: Int) -> String {
    guard bytes >= 1_000 else { return "\(bytes) bytes" }
    var value = Double(bytes)
    for unit in ["kB", "MB", "GB"] {
      value /= 1_000
      if value < 999.5 || unit == "GB" { return "\((value * 10).rounded() / 10) \(unit)" }
    }
    return "\(bytes) bytes"
  }
}
