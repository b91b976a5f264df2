import Economics
import Reporting
import Sweeps
import Testing

@Suite("Numbers for people")
struct NumbersTests {
  @Test("decimals are rounded half away from zero, with a true minus and thousands apart")
  func decimals() {
    #expect(Numbers.decimal(1234567.25, 1) == "1,234,567.3")
    #expect(Numbers.decimal(-0.05, 1) == "−0.1")
    #expect(Numbers.decimal(-0.04, 1) == "0.0")
    #expect(Numbers.decimal(0.995, 0) == "1")
    #expect(Numbers.decimal(2, 3, signed: true) == "+2.000")
    #expect(Numbers.decimal(0, 1, signed: true) == "±0.0")
    #expect(Numbers.count(-1_000) == "−1,000")
    #expect(Numbers.count(999) == "999")
  }

  @Test("what is missing, infinite or absurd is a dash")
  func missing() {
    for value in [nil, Double.nan, .infinity, -.infinity] as [Double?] {
      #expect(Numbers.decimal(value, 1) == "–")
      #expect(Numbers.percent(value) == "–")
      #expect(Numbers.score(value) == "–")
      #expect(Numbers.chance(value) == "–")
    }
    #expect(Numbers.decimal(1e300, 1) == "–")
  }

  @Test("shares are percentages, differences points; a small difference keeps its sign")
  func shares() {
    #expect(Numbers.percent(0.8734) == "87.3\u{A0}%")
    #expect(Numbers.percentage(1) == "100.0")
    #expect(Numbers.points(0.0134) == "+1.3")
    #expect(Numbers.points(-0.0003) == "−0.03")
    #expect(Numbers.points(0) == "±0.0")
  }

  @Test("chances are never certain")
  func chances() {
    #expect(Numbers.chance(1) == ">\u{A0}99.9\u{A0}%")
    #expect(Numbers.chance(0) == "<\u{A0}0.1\u{A0}%")
    #expect(Numbers.chance(0.5) == "50.0\u{A0}%")
  }

  @Test("scores have about three significant digits")
  func scores() {
    #expect(Numbers.score(123.4) == "123")
    #expect(Numbers.score(12.34) == "12.3")
    #expect(Numbers.score(1.2345) == "1.23")
    #expect(Numbers.score(0.01234) == "0.012")
    #expect(Numbers.score(-0.5, signed: true) == "−0.500")
  }

  @Test("money keeps as many decimals as it needs")
  func money() {
    #expect(Numbers.money(Money(50)) == "50.00")
    #expect(Numbers.money(Money(0.0002)) == "0.0002")
    #expect(Numbers.money(Money(-1.5)) == "−1.50")
  }

  @Test("nouns follow their number, names are joined as in a sentence")
  func words() {
    #expect(Numbers.counted(1, "seed") == "1 seed")
    #expect(Numbers.counted(3, "seed") == "3 seeds")
    #expect(Numbers.counted(2, "strategy", "strategies") == "2 strategies")
    #expect(Numbers.list(["a", "b", "c"]) == "a, b and c")
    #expect(Numbers.list([]) == "")
  }
}
