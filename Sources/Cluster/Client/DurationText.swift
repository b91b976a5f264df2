/// Durations for people.
package enum DurationText {
  /// `45 s`, `3 min`, `2.5 h`.
  package static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5_400: "\(Int((seconds / 60).rounded())) min"
    case ..<172_800: "\((seconds / 360).rounded() / 10) h"
    default: "\(Int((seconds / 86_400).rounded())) days"
    }
  }
}
