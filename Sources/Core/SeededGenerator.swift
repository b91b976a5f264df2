/// Winnow's own random number generator: xoshiro256** (Blackman & Vigna 2018), seeded by SHA-256.
///
/// Every use names its purpose, so that two uses of one seed never share numbers and adding a draw to one purpose
/// changes no other: `SeededGenerator(seed: 3, purpose: "shuffle/epoch 2")`.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  /// The stream of `purpose` under `seed`.
  package init(seed: UInt64, purpose: String) {
    let bytes = Digest(of: "\(seed)/\(purpose)").bytes
    func word(_ index: Int) -> UInt64 {
      bytes[(index * 8)..<(index * 8 + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
    state = (word(0), word(1), word(2), word(3) | 1)
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// Uniform in [0, 1), with 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in [low, high).
  package mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// Uniform integer in 0..<bound, without bias. `bound` must be positive.
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "an empty range has no random member")
    let size = UInt64(bound)
    let limit = UInt64.max - UInt64.max % size
    while true {
      let word = next()
      if word < limit { return Int(word % size) }
    }
  }

  /// Standard normal, by the polar method.
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let square = u * u + v * v
      guard square < 1, square > 0 else { continue }
      let factor = (-2 * PortableMath.log(square) / square).squareRoot()
      spareNormal = v * factor
      return u * factor
    }
  }

  /// Exponential with mean 1.
  package mutating func exponential() -> Double { -PortableMath.log(1 - uniform()) }

  /// Gamma with the given shape (> 0) and scale 1 (Marsaglia & Tsang 2000).
  package mutating func gamma(shape: Double) -> Double {
    if shape < 1 {
      let boosted = gamma(shape: shape + 1)
      return boosted * PortableMath.pow(1 - uniform(), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if PortableMath.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * PortableMath.log(v) { return d * v }
    }
  }

  /// A point of the simplex, Dirichlet-distributed.
  package mutating func dirichlet(_ concentrations: [Double]) -> [Double] {
    let draws = concentrations.map { gamma(shape: $0) }
    let total = draws.reduce(0, +)
    return draws.map { $0 / total }
  }

  /// An index drawn with probability proportional to `weights` (non-negative, with a positive sum).
  package mutating func index(weightedBy weights: [Double]) -> Int {
    var remaining = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      remaining -= weight
      if remaining < 0 { return index }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// A uniformly random order of 0..<count.
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// `size` distinct members of 0..<count in random order; all of them when `size` ≥ `count`.
  package mutating func sample(_ size: Int, of count: Int) -> [Int] {
    var order = Array(0..<count)
    let taken = min(size, count)
    for index in 0..<taken { order.swapAt(index, index + integer(below: count - index)) }
    return Array(order.prefix(taken))
  }

  /// Puts `elements` into a uniformly random order (Fisher–Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, integer(below: index + 1))
    }
  }
}
