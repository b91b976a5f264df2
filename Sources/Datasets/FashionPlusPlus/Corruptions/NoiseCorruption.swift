import Core

/// Noise of a sensor. Each severity uses the same draws.
enum NoiseCorruption {
  /// Adds normal noise of the given standard deviation.
  static func gaussian(_ image: Plane, deviations: [Float], _ generator: inout SeededGenerator) -> [Plane] {
    let noise = (0..<Plane.count).map { _ in Float(generator.normal()) }
    return deviations.map { deviation in
      var result = image
      for pixel in 0..<Plane.count { result.values[pixel] += deviation * noise[pixel] }
      return result
    }
  }

  /// Replaces each pixel by a Poisson count of photons, of which white has `photons`.
  static func shot(_ image: Plane, photons: [Double], _ generator: inout SeededGenerator) -> [Plane] {
    let draws = (0..<Plane.count).map { _ in generator.uniform() }
    return photons.map { white in
      let tables = (0...255).map { PoissonTable(mean: Double($0) / 255 * white) }
      var result = image
      for (pixel, level) in image.bytes.enumerated() {
        result.values[pixel] = Float(Double(tables[Int(level)].count(at: draws[pixel])) / white)
      }
      return result
    }
  }

  /// Turns the given share of pixels black or white, half and half.
  static func impulse(_ image: Plane, shares: [Double], _ generator: inout SeededGenerator) -> [Plane] {
    let draws = (0..<Plane.count).map { _ in (generator.uniform(), generator.uniform() < 0.5) }
    return shares.map { share in
      var result = image
      for (pixel, draw) in draws.enumerated() where draw.0 < share { result.values[pixel] = draw.1 ? 1 : 0 }
      return result
    }
  }
}

/// The distribution function of a Poisson distribution, for drawing by inversion.
package struct PoissonTable {
  /// P(count ≤ k).
  private let cumulative: [Double]

  package init(mean: Double) {
    var (term, sum, table) = (PortableMath.exp(-mean), 0.0, [Double]())
    for count in 0... {
      sum += term
      table.append(sum)
      if sum > 1 - 1e-12 || Double(count) > mean + 40 * (1 + mean.squareRoot()) { break }
      term *= mean / Double(count + 1)
    }
    cumulative = table
  }

  /// The smallest count whose distribution function exceeds `uniform` (in [0, 1)).
  package func count(at uniform: Double) -> Int {
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > uniform { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
