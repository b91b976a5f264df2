import Reporting
import Testing

@Suite("Instants and durations")
struct TimesTests {
  @Test("dates are those of the calendar, leap days and the years before 1970 too")
  func dates() {
    // `date -u -d @N`.
    for (seconds, date) in [
      (0.0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_795_809_526, "2026-11-27"), (4_107_542_399, "2100-02-28"),
      (-1, "1969-12-31"), (1_709_251_199.9, "2024-02-29"),
    ] { #expect(Times.date(seconds) == date) }
    #expect(Times.instant(1_795_809_526) == "2026-11-27 19:58 UTC" && Times.instant(-60) == "1969-12-31 23:59 UTC")
  }

  @Test("durations have the unit that people would use")
  func durations() {
    for (seconds, text) in [
      (0.4, "0.4 s"), (99, "99 s"), (100, "2 min"), (5_400, "90 min"), (6_000, "1.7 h"), (200_000, "2.3 d"),
    ] { #expect(Times.duration(seconds).replacing("\u{A0}", with: " ") == text) }
    for (seconds, text) in [(0.4, "0.4秒"), (99, "99秒"), (200, "3分"), (6_000, "1.7時間"), (200_000, "2.3日")] {
      #expect(Times.duration(seconds, in: .japanese) == text)
    }
  }
}
