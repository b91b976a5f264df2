import Core

/// The size of the images to be corrupted, and how long lengths are at it.
///
/// Lengths (radii, deviations of kernels, displacements, distances) are stated for images of 224 pixels, ImageNet-C's size,
/// and shrink with the power ⅔ of the shorter side: an eighth of the side, a quarter of the length. Both published sets lie
/// near such a curve: ImageNet-C blurs by discs of 3…10 of 224 pixels and smears by deviations of 3…15, which become
/// 0.8…2.7 and 0.8…4.1 of 32 pixels; CIFAR-10-C has 0.3…1.5 and 1…2.5 there. A length that kept its share of the side would
/// leave nothing to see in small images or nothing of large ones.
///
/// What counts grey levels (noise, brightness, contrast, JPEG's quality, densities of snow, frost and fog), and what is a
/// share of the image (enlargement by zoom, the pixels that pixelate leaves), is the same at every size.
struct CorruptionSize: Hashable {
  let height: Int
  let width: Int

  /// Pixels along a side that corruptions are made for.
  static let sides = 8...256
  /// The side at which lengths are stated.
  private static let statedSide = 224.0

  /// The shorter side.
  var shorter: Int { min(height, width) }

  /// A length in pixels, stated for 224, at this size; to a thousandth of a pixel.
  func length(_ stated: Double) -> Double { (stated * factor * 1_000).rounded() / 1_000 }

  /// A length in whole pixels, at least one.
  func pixels(_ stated: Double) -> Int { max(1, Int(length(stated).rounded())) }

  private var factor: Double { PortableMath.pow(Double(shorter) / Self.statedSide, 2.0 / 3) }
}
