import Core

/// Ice over the image. ImageNet-C and CIFAR-10-C paste photographs of frost; here the ice is procedural: bright veins along
/// the level lines of two plasma fractals, thicker towards the border, on a thin uneven film.
///
/// How much of the scene and how much frost: ImageNet-C has scenes of 1…0.6 and frost of 0.4…0.75, CIFAR-10-C 1…0.75 and
/// 0.2…0.45.
struct Frost: Corruption {
  private static let settings: [(scene: Float, frost: Float)] = [
    (1, 0.3), (0.9, 0.45), (0.8, 0.6), (0.7, 0.7), (0.6, 0.85),
  ]
  private static let decay: Float = 2.2

  private let fractal: PlasmaFractal
  /// How near each pixel is to the border: 0 in the middle, 1 at the middle of an edge and beyond.
  private let nearness: [Float]

  init(_ size: CorruptionSize) {
    fractal = PlasmaFractal(size)
    let (height, width) = (size.height, size.width)
    let (middleX, middleY, radius) = (Float(width - 1) / 2, Float(height - 1) / 2, Float(size.shorter - 1) / 2)
    nearness = (0..<height * width).map { pixel in
      let x = (Float(pixel % width) - middleX) * (radius / middleX)
      let y = (Float(pixel / width) - middleY) * (radius / middleY)
      return min(1, (x * x + y * y).squareRoot() / radius)
    }
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    let ice = ice(&generator)
    return Self.settings.map { setting in
      image.mapped { plane in
        var result = plane
        for pixel in 0..<plane.count {
          result.values[pixel] = setting.scene * plane.values[pixel] + setting.frost * ice[pixel]
        }
        return result
      }
    }
  }

  private func ice(_ generator: inout SeededGenerator) -> [Float] {
    let film = fractal.plane(draws: fractal.draws(&generator), decay: Self.decay)
    let veins = fractal.plane(draws: fractal.draws(&generator), decay: Self.decay)
    return nearness.indices.map { pixel in
      let border = nearness[pixel]
      let ridge = 1 - min(1, abs(veins.values[pixel] - 0.5) * 8)
      let crystals = ridge * (0.35 + 0.65 * border) + 0.45 * border * border * film.values[pixel]
      return min(1, crystals + 0.15 * film.values[pixel])
    }
  }
}

/// Uneven fog that dims what is behind it. Its densities, and how fast its unevenness falls with scale, are CIFAR-10-C's;
/// ImageNet-C has densities of 1.5…3 and decays of 2…1.4.
struct Fog: Corruption {
  private static let settings: [(density: Float, decay: Float)] = [
    (0.2, 3), (0.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75),
  ]

  private let fractal: PlasmaFractal

  init(_ size: CorruptionSize) { fractal = PlasmaFractal(size) }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    let draws = fractal.draws(&generator)
    let brightest = image.brightest
    return Self.settings.map { setting in
      let fog = fractal.plane(draws: draws, decay: setting.decay)
      let scale = brightest / (brightest + setting.density)
      return image.mapped { plane in
        var result = plane
        for pixel in 0..<plane.count {
          result.values[pixel] = (plane.values[pixel] + setting.density * fog.values[pixel]) * scale
        }
        return result
      }
    }
  }
}
