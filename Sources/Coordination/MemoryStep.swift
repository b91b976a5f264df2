/// An amount of memory, as exactly as guesses of it deserve: in steps of an eighth of a power of two, rounded down. So hosts of a kind
/// count as equal, and what is needed may pass what is there by an eighth at most.
struct MemoryStep: Comparable, Hashable, Sendable {
  private let number: Int

  /// - Parameter bytes: not negative.
  init(bytes: Int) {
    let bytes = max(8, bytes)
    let exponent = Int.bitWidth - 1 - bytes.leadingZeroBitCount
    number = exponent << 3 | (bytes >> (exponent - 3)) & 7
  }

  private init(number: Int) { self.number = number }

  /// The smallest amount that is more.
  var next: MemoryStep { MemoryStep(number: number + 1) }

  /// The fewest bytes that count as this much.
  var bytes: Int { (8 | number & 7) << (number >> 3 - 3) }

  static func < (left: MemoryStep, right: MemoryStep) -> Bool { left.number < right.number }
}
