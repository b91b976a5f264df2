import Core

/// Adds to the value of hue, saturation and value, which is the greatest of red, green and blue: all three grow by the same
/// factor, and black becomes grey. A grey image's value is its level. The amounts are ImageNet-C's; CIFAR-10-C has 0.05…0.3.
struct Brightness: Corruption {
  private static let amounts: [Float] = [0.1, 0.2, 0.3, 0.4, 0.5]

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    guard image.planes.count == 3 else {
      return Self.amounts.map { amount in image.mapped { plane in plane.mapped { $0 + amount } } }
    }
    let value = image.combined { max($0, $1, $2) }
    return Self.amounts.map { amount in
      image.mapped { plane in
        var result = plane
        for pixel in 0..<plane.count {
          let (old, new) = (value.values[pixel], min(1, value.values[pixel] + amount))
          result.values[pixel] = old > 0 ? plane.values[pixel] * (new / old) : new
        }
        return result
      }
    }
  }
}

/// Pulls every value towards the mean of its channel. The factors are ImageNet-C's; CIFAR-10-C has 0.75…0.15.
struct Contrast: Corruption {
  private static let factors: [Float] = [0.4, 0.3, 0.2, 0.1, 0.05]

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    image.eachPlane { plane in
      let mean = plane.mean
      return Self.factors.map { factor in plane.mapped { mean + (($0 - mean) * factor) } }
    }
  }
}
