/// Lengths of time.
extension Times {
  /// `45 s`, `12 min`, `3.4 h`, `2.1 d`; `45秒`, `12分`, `3.4時間`, `2.1日`.
  package static func duration(_ seconds: Double, in language: Language = .english) -> String {
    let (number, units): (String, (String, String)) =
      switch seconds {
      case ..<10: (Numbers.decimal(max(0, seconds), 1), ("s", "秒"))
      case ..<100: (Numbers.decimal(seconds, 0), ("s", "秒"))
      case ..<6_000: (Numbers.decimal(seconds / 60, 0), ("min", "分"))
      case ..<172_800: (Numbers.decimal(seconds / 3_600, 1), ("h", "時間"))
      default: (Numbers.decimal(seconds / 86_400, 1), ("d", "日"))
      }
    return switch language {
    case .english: "\(number)\u{A0}\(units.0)"
    case .japanese: number + units.1
    }
  }
}
