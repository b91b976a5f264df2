extension Matrix {
  /// The rows scaled to unit Euclidean length, so that inner products are cosines; a row of zeros stays.
  ///
  /// Finite rows of any length, however large or small: where their squares would leave single precision, they are first
  /// brought near 1 by a power of two, which changes no other bit of the result.
  package func withUnitRows() -> Matrix {
    var scaled = self
    let plain = Kernels.rowSquaredNorms(self)
    let extreme = (0..<rows).filter { !Self.safeSquares.contains(plain[$0]) }
    for row in extreme { scaled.bringNearOne(row) }
    let norms = extreme.isEmpty ? plain : Kernels.rowSquaredNorms(scaled)
    for row in 0..<rows where norms[row] > 0 {
      let factor = 1 / norms[row].squareRoot()
      for index in row * columns..<(row + 1) * columns { scaled.values[index] *= factor }
    }
    return scaled
  }

  /// Squared lengths whose terms keep all the bits that count.
  private static let safeSquares: ClosedRange<Float> = 0x1p-60...0x1p100

  /// Scales a row so that its largest magnitude is from 1 to 2; a row of zeros, or with a value that is no number, stays.
  private mutating func bringNearOne(_ row: Int) {
    let places = row * columns..<(row + 1) * columns
    let largest = values[places].reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return }
    let power = Float(sign: .plus, exponent: -Int(largest.exponent) / 2, significand: 1)
    let rest = Float(sign: .plus, exponent: -Int(largest.exponent) - -Int(largest.exponent) / 2, significand: 1)
    // In two steps: the whole power may be more than single precision holds.
    for place in places { values[place] = values[place] * power * rest }
  }
}
