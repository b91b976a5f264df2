import Core

/// Blurs, lets each pixel change places with one at most `distance` away, `rounds` times, and blurs again. All channels of a
/// pixel move together.
///
/// At 224 pixels the deviations are 1.2…2.4 and the distances 4…8, where ImageNet-C has 0.7…1.5 and 1…4; at 32 pixels
/// 0.3…0.7 and 1…2, where CIFAR-10-C has 0.05…0.4 and 1. Distances are rounded down, but to no less than a pixel; where that
/// makes the greater ones equal to the smaller ones, below an eighth of 224 pixels, they take twice the rounds instead.
struct GlassBlur: Corruption {
  private struct Setting {
    let kernel: [Float]
    let distance: Int
    let rounds: Int
  }

  private let settings: [Setting]

  init(_ size: CorruptionSize) {
    let stated: [(deviation: Double, distance: Int, rounds: Int)] = [
      (1.2, 4, 1), (1.6, 4, 2), (2, 4, 3), (2, 8, 2), (2.4, 8, 4),
    ]
    settings = stated.map { stated in
      let distance = max(1, Int(size.length(Double(stated.distance))))
      return Setting(
        kernel: Plane.gaussianKernel(deviation: size.length(stated.deviation)), distance: distance,
        rounds: stated.rounds * max(1, stated.distance / 4 / distance))
    }
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    let start = generator
    return settings.map { setting in
      generator = start
      let origins = Self.shuffled(image.planes[0], setting, &generator)
      return image.mapped { plane in
        let blurred = plane.blurred(kernel: setting.kernel)
        var moved = blurred
        for (pixel, origin) in origins.enumerated() { moved.values[pixel] = blurred.values[origin] }
        return moved.blurred(kernel: setting.kernel)
      }
    }
  }

  /// For each pixel, the one that comes to its place.
  private static func shuffled(_ plane: Plane, _ setting: Setting, _ generator: inout SeededGenerator) -> [Int] {
    let (width, distance) = (plane.width, setting.distance)
    let span = 2 * distance + 1
    var origins = Array(0..<plane.count)
    for _ in 0..<setting.rounds {
      for y in (distance..<plane.height - distance).reversed() {
        for x in (distance..<width - distance).reversed() {
          let word = generator.next()
          let moveX = Int(word >> 48) * span / 65_536 - distance
          let moveY = Int(word >> 32 & 0xFFFF) * span / 65_536 - distance
          origins.swapAt(y * width + x, (y + moveY) * width + x + moveX)
        }
      }
    }
    return origins
  }
}
