/// The magnitude of a decimal number as it is read digit by digit, for as long as 64 bits hold its digits.
struct DecimalNumber {
  /// All digits, as one whole number.
  private var significand: UInt64 = 0
  /// How many of the digits stand behind the point; negative where zeros are to follow.
  private var places = 0
  private var isExact = true

  mutating func append(_ digit: UInt64) {
    let (product, overflow) = significand.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(digit)
    significand = sum
    if overflow || carry { isExact = false }
  }

  mutating func appendDecimal(_ digit: UInt64) {
    append(digit)
    places += 1
  }

  /// Moves the point by so many places to the right.
  mutating func scale(by exponent: Int) { places -= exponent }

  /// The number, where it is a whole one without a point, when 64 bits with a sign hold it.
  func integer(isNegative: Bool) -> Int64? {
    guard isExact else { return nil }
    guard isNegative else { return Int64(exactly: significand) }
    return significand <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- significand) : nil
  }

  /// The nearest double, of two equally near the even one; nil for numbers that take more than this to be exact.
  ///
  /// The quotient significand / 5^places is computed to 63 bits or more with what is left over as the last bit, so that the one
  /// rounding to 53 bits is the right one; the power of two is exact.
  var magnitude: Double? {
    guard isExact else { return nil }
    guard significand > 0 else { return 0 }
    guard Self.powersOfFive.indices.contains(places) else { return nil }
    let five = Self.powersOfFive[places]
    let (zeros, shift) = (significand.leadingZeroBitCount, five.leadingZeroBitCount)
    let (dividend, divisor) = (significand << zeros, five << shift)
    let (quotient, remainder) = divisor.dividingFullWidth((high: dividend >> 1, low: dividend << 63))
    let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
    return Double(sign: .plus, exponent: shift - zeros - places - 63, significand: rounded)
  }

  /// Those that fit into 63 bits.
  private static let powersOfFive: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 1...27 { powers.append(powers.last! * 5) }
    return powers
  }()
}
