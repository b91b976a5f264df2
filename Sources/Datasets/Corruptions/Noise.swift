import Core

/// Adds normal noise, independent in each value. The deviations are ImageNet-C's; CIFAR-10-C has 0.04…0.1.
struct GaussianNoise: Corruption {
  private static let deviations: [Float] = [0.08, 0.12, 0.18, 0.26, 0.38]

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    image.eachPlane { plane in
      let noise = (0..<plane.count).map { _ in Float(generator.normal()) }
      return Self.deviations.map { deviation in
        var result = plane
        for pixel in 0..<plane.count { result.values[pixel] += deviation * noise[pixel] }
        return result
      }
    }
  }
}

/// Replaces each value by a Poisson count of photons, of which white has so many. The numbers of photons are ImageNet-C's;
/// CIFAR-10-C has 500…50.
struct ShotNoise: Corruption {
  private static let photons: [Double] = [60, 25, 12, 5, 3]
  /// For each severity, the distribution of each grey level.
  private static let tables = photons.map { white in (0...255).map { PoissonTable(mean: Double($0) / 255 * white) } }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    image.eachPlane { plane in
      let draws = (0..<plane.count).map { _ in generator.uniform() }
      let levels = plane.bytes
      return zip(Self.photons, Self.tables).map { white, tables in
        var result = plane
        for (pixel, level) in levels.enumerated() {
          result.values[pixel] = Float(Double(tables[Int(level)].count(at: draws[pixel])) / white)
        }
        return result
      }
    }
  }
}

/// Turns the given share of values black or white, half and half; in a colour image each channel for itself. The shares are
/// ImageNet-C's; CIFAR-10-C has 0.01…0.07.
struct ImpulseNoise: Corruption {
  private static let shares = [0.03, 0.06, 0.09, 0.17, 0.27]

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    image.eachPlane { plane in
      let draws = (0..<plane.count).map { _ in (generator.uniform(), generator.uniform() < 0.5) }
      return Self.shares.map { share in
        var result = plane
        for (pixel, draw) in draws.enumerated() where draw.0 < share { result.values[pixel] = draw.1 ? 1 : 0 }
        return result
      }
    }
  }
}

/// The distribution function of a Poisson distribution, for drawing by inversion.
package struct PoissonTable: Sendable {
  /// P(count ≤ k).
  private let cumulative: [Double]
  /// For each of equal parts of [0, 1), a count that none of its numbers falls below: where the search begins.
  private let starts: [Int]
  private static let parts = 64

  package init(mean: Double) {
    var (term, sum, table) = (PortableMath.exp(-mean), 0.0, [Double]())
    for count in 0... {
      sum += term
      table.append(sum)
      if sum > 1 - 1e-12 || Double(count) > mean + 40 * (1 + mean.squareRoot()) { break }
      term *= mean / Double(count + 1)
    }
    cumulative = table
    starts = (0..<Self.parts).map { part in
      table.firstIndex { $0 > Double(part) / Double(Self.parts) } ?? table.count - 1
    }
  }

  /// The smallest count whose distribution function exceeds `uniform` (in [0, 1)).
  package func count(at uniform: Double) -> Int {
    var count = starts[Int(uniform * Double(Self.parts))]
    while count < cumulative.count - 1, cumulative[count] <= uniform { count += 1 }
    return count
  }
}
