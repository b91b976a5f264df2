/// Instants and durations as people read them, in UTC, so that every machine prints the same.
package enum Times {
  /// `2026-11-27`.
  package static func date(_ seconds: Double) -> String {
    let (year, month, day) = civil(days: Int((seconds / 86_400).rounded(.down)))
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  /// `2026-11-27 19:58 UTC`.
  package static func instant(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded(.down)) - Int((seconds / 86_400).rounded(.down)) * 1440
    return "\(date(seconds)) \(padded(minutes / 60)):\(padded(minutes % 60)) UTC"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The Gregorian date of a day since 1970-01-01: eras of 400 years that begin on 1 March (E. G. Richards, *Mapping Time*,
  /// 1998, the same idea).
  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
