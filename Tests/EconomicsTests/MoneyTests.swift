import Core
import Economics
import Testing

@Suite("Amounts, shares and their rounding") struct MoneyTests {
  @Test(
    "an amount is rounded to the nearest millionth, halves away from zero",
    arguments: [
      (0.1, 100_000), (1e-6, 1), (4e-7, 0), (5e-7, 1), (1.0000004, 1_000_000),
      (-0.25, -250_000), (1e9, 1_000_000_000_000_000),
    ] as [(Double, Int64)]) func rounding(amount: Double, millionths: Int64)
  {
    #expect(Money(amount).millionths == millionths)
  }

  @Test(
    "an amount is written with two to six decimals, and nothing of it is lost",
    arguments: [
      (0, "0.00"), (1, "0.000001"), (10, "0.00001"), (120_000, "0.12"), (1_230_000, "1.23"), (-1, "-0.000001"),
      (-1_500_000, "-1.50"), (123_456_789, "123.456789"), (1_000_000_000_000, "1000000.00"),
    ] as [(Int64, String)]) func description(millionths: Int64, text: String)
  {
    #expect(Money(millionths: millionths).description == text)
  }

  @Test("every amount up to the largest budget reads back from its JSON") func json() throws {
    var generator = SeededGenerator(seed: 1, purpose: "amounts")
    for _ in 0..<20_000 {
      let money = Money(millionths: Int64(generator.integer(below: 1_000_000_000_000_001)))
      #expect(Money(try #require(money.json.double)) == money)
      #expect(Money(try #require(JSONValue.parse(money.json.canonical, source: "test").double)) == money)
    }
  }

  @Test("sums, differences and products are those of the millionths, and what is too large stays at the largest amount")
  func arithmetic() {
    var generator = SeededGenerator(seed: 2, purpose: "sums")
    for _ in 0..<2_000 {
      let (a, b) = (Int64(generator.integer(below: 1 << 50)), Int64(generator.integer(below: 1 << 50)))
      #expect((Money(millionths: a) + Money(millionths: b)).millionths == a + b)
      #expect((Money(millionths: a) - Money(millionths: b)).millionths == a - b)
      #expect((Money(millionths: a) * 1_000).millionths == a * 1_000)
      #expect((Money(millionths: a) < Money(millionths: b)) == (a < b))
    }
    let largest = Money(millionths: .max)
    #expect(largest + Money(millionths: 1) == largest && Money(1e9) * Int.max == largest)
    #expect(largest * 2 - Money(1) < largest)
    #expect(Money(millionths: -.max) - Money(1) == Money(millionths: -.max))
    #expect(Money(-1) * Int.max == Money(millionths: -.max) && Money(-1) * 3 == Money(-3))
  }

  @Test("a part of an amount is rounded down, and the parts of a split never pass the whole") func parts() {
    #expect(Money(millionths: 10).part(1, of: 3) == Money(millionths: 3))
    #expect(Money(millionths: .max).part(7, of: 7) == Money(millionths: .max))
    #expect(Money(millionths: .max).part(.max - 1, of: .max) == Money(millionths: .max - 1))
    #expect(Money(5).part(0, of: 1) == .zero)
    var generator = SeededGenerator(seed: 3, purpose: "splits")
    for _ in 0..<2_000 {
      let whole = Money(millionths: Int64(generator.integer(below: 1 << 55)))
      let weights = (0...generator.integer(below: 6)).map { _ in Int64(generator.integer(below: 1_000_000) + 1) }
      let total = weights.reduce(0, +)
      let sum = weights.reduce(Money.zero) { $0 + whole.part($1, of: total) }
      #expect(sum <= whole && (whole - sum).millionths < Int64(weights.count))
    }
  }

  @Test("a share of a number is rounded down, and the whole of a part is the smallest that holds it") func shares() {
    #expect(Share(0.3).floor(of: 9) == 2 && Share(0.3).floor(of: 10) == 3 && Share(0.1).floor(of: 30) == 3)
    #expect(Share(0).millionths == 1 && Share(2).millionths == 1_000_000 && Share.all.value == 1)
    #expect(Share(0.3).whole(for: 1) == 4 && Share(0.25).whole(for: 1) == 4 && Share.all.whole(for: 7) == 7)
    var generator = SeededGenerator(seed: 4, purpose: "shares")
    for _ in 0..<5_000 {
      let share = Share(generator.uniform())
      let part = generator.integer(below: 1_000)
      let whole = share.whole(for: part)
      #expect(share.floor(of: whole) >= part && (whole == 0 || share.floor(of: whole - 1) < part))
    }
  }
}
