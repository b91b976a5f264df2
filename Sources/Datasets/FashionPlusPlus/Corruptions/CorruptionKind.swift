import Core
package import Samples

/// The fifteen corruptions of ImageNet-C (Hendrycks & Dietterich, ICLR 2019) at five severities, for 28 × 28 grey images.
///
/// Grey-level parameters (noise, brightness, contrast, JPEG quality) are ImageNet-C's own; lengths follow the authors'
/// CIFAR-10-C release, adapted to 28 pixels where that was too weak to be seen. The five severities of one image share
/// their random draws, so that a greater severity means more of the same damage.
package enum CorruptionKind: String, CaseIterable, Sendable {
  case gaussianNoise = "gaussian-noise"
  case shotNoise = "shot-noise"
  case impulseNoise = "impulse-noise"
  case defocusBlur = "defocus-blur"
  case glassBlur = "glass-blur"
  case motionBlur = "motion-blur"
  case zoomBlur = "zoom-blur"
  case snow
  case frost
  case fog
  case brightness
  case contrast
  case elastic
  case pixelate
  case jpeg

  package static let severities = 5

  /// The corrupted forms of `image`, severity 1 first.
  func severities(of image: Plane, _ generator: inout SeededGenerator) -> [Plane] {
    switch self {
    case .gaussianNoise: NoiseCorruption.gaussian(image, deviations: [0.08, 0.12, 0.18, 0.26, 0.38], &generator)
    case .shotNoise: NoiseCorruption.shot(image, photons: [60, 25, 12, 5, 3], &generator)
    case .impulseNoise: NoiseCorruption.impulse(image, shares: [0.03, 0.06, 0.09, 0.17, 0.27], &generator)
    case .defocusBlur: BlurCorruption.defocus(image)
    case .glassBlur:
      BlurCorruption.glass(
        image, settings: [(0.3, 1, 1), (0.4, 1, 2), (0.5, 1, 3), (0.5, 2, 2), (0.6, 2, 4)], &generator)
    case .motionBlur:
      BlurCorruption.motion(image, settings: [(6, 1), (6, 1.5), (6, 2), (8, 2.5), (9, 3.5)], &generator)
    case .zoomBlur: BlurCorruption.zoom(image)
    case .snow: WeatherCorruption.snow(image, &generator)
    case .frost: WeatherCorruption.frost(image, &generator)
    case .fog: WeatherCorruption.fog(image, &generator)
    case .brightness: [0.1, 0.2, 0.3, 0.4, 0.5].map { amount in image.mapped { $0 + amount } }
    case .contrast: DigitalCorruption.contrast(image, factors: [0.4, 0.3, 0.2, 0.1, 0.05])
    case .elastic: DigitalCorruption.elastic(image, &generator)
    case .pixelate: DigitalCorruption.pixelate(image)
    case .jpeg: DigitalCorruption.jpeg(image)
    }
  }

  /// Every severity of this kind over `images`: one image set a severity. Each image has its own random stream.
  package func corrupted(_ images: ImageSet, seed: UInt64) -> [ImageSet] {
    var pixels = [[UInt8]](repeating: [], count: Self.severities)
    for severity in pixels.indices { pixels[severity].reserveCapacity(images.pixels.count) }
    for index in 0..<images.count {
      var generator = SeededGenerator(seed: seed, purpose: "corruption/\(rawValue)/\(index)")
      let planes = severities(of: Plane(bytes: images.image(index)), &generator)
      for (severity, plane) in planes.enumerated() { pixels[severity] += plane.bytes }
    }
    return pixels.map { ImageSet(count: images.count, height: Plane.side, width: Plane.side, pixels: $0) }
  }
}

/// The Gaussian bell in portable arithmetic.
enum PortableGaussian {
  /// exp(−distance² / 2 deviation²).
  static func weight(_ distance: Double, deviation: Double) -> Double {
    PortableMath.exp(-distance * distance / (2 * deviation * deviation))
  }
}
