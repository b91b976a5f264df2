import Core

/// Flakes, smeared as they fall from above, on a scene that keeps `kept` of its contrast and whitens with its grey.
///
/// Flakes are normal noise of `mean` and `deviation`, enlarged by `zoom` and cut off below `threshold`; these levels are
/// CIFAR-10-C's (but for the last threshold, 0.65), as are `kept` and nearly, at 32 pixels, the enlargements: 1.1, 1.1, 1.6,
/// 2.2 and 1.4 against 1, 1, 1.75, 2.25 and 1.25. The smears of 2.2…5.5 pixels there are 3…12 in CIFAR-10-C.
/// At 224 pixels flakes are enlarged 4…8 times and smeared by a deviation of 8…20 pixels, where ImageNet-C enlarges 2…4.5
/// times and smears by 4…12; its means are 0.1…0.55, its thresholds 0.5…0.9.
struct Snow: Corruption {
  private struct Setting {
    let mean: Float
    let deviation: Float
    let zoom: MiddleZoom
    let threshold: Float
    let radius: Int
    let smear: Double
    let kept: Float
  }

  private let settings: [Setting]

  init(_ size: CorruptionSize) {
    // Flakes that would be smaller than a pixel in the mildest snow are single pixels in all, so that snow falls harder with
    // severity: interpolation between pixels takes their peaks away.
    let isEnlarged = size.length(4) >= 1
    func setting(
      _ mean: Float, _ deviation: Float, zoom: Double, threshold: Float, radius: Double, smear: Double, kept: Float
    ) -> Setting {
      Setting(
        mean: mean, deviation: deviation, zoom: MiddleZoom(size, factor: isEnlarged ? size.length(zoom) : 1),
        threshold: threshold, radius: size.pixels(radius), smear: size.length(smear), kept: kept)
    }
    settings = [
      setting(0.1, 0.2, zoom: 4, threshold: 0.6, radius: 24, smear: 8, kept: 0.95),
      setting(0.1, 0.2, zoom: 4, threshold: 0.5, radius: 32, smear: 12, kept: 0.9),
      setting(0.15, 0.3, zoom: 6, threshold: 0.55, radius: 32, smear: 12, kept: 0.9),
      setting(0.25, 0.3, zoom: 8, threshold: 0.6, radius: 40, smear: 16, kept: 0.85),
      setting(0.3, 0.3, zoom: 5, threshold: 0.6, radius: 40, smear: 20, kept: 0.8),
    ]
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    let grey = image.grey
    let noise = grey.mapped { _ in Float(generator.normal()) }
    let angle = generator.uniform(in: -0.75 ..< -0.25) * Double.pi
    return settings.map { setting in
      let layer = Self.layer(noise, setting, angle: angle)
      return image.mapped { plane in
        var result = plane
        for pixel in 0..<plane.count {
          let value = plane.values[pixel]
          let scene = setting.kept * value + (1 - setting.kept) * max(value, grey.values[pixel] * 1.5 + 0.5)
          result.values[pixel] = scene + layer.values[pixel] + layer.values[plane.count - 1 - pixel]
        }
        return result
      }
    }
  }

  private static func layer(_ noise: Plane, _ setting: Setting, angle: Double) -> Plane {
    let grains = noise.mapped { setting.mean + setting.deviation * $0 }
    let flakes = setting.zoom.applied(to: grains).mapped { $0 < setting.threshold ? 0 : min(1, $0) }
    return flakes.sumOfShifts(Smear.taps(radius: setting.radius, deviation: setting.smear, angle: angle))
  }
}
