package import Core
package import Samples

/// The fifteen corruptions of ImageNet-C (Hendrycks & Dietterich, ICLR 2019) at five severities, for grey and colour images
/// of 8 to 256 pixels a side.
///
/// Each kind's type states its parameters beside those of ImageNet-C (224 pixels) and of the same authors' CIFAR-10-C
/// (32 pixels); ``CorruptionSize`` says how lengths follow the size. Colour is treated as ImageNet-C does: noise is
/// independent in each channel; blurs and stretches move all channels alike; snow, frost and fog are one grey layer over all
/// of them.
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

  /// Throws a ``DatasetError`` about `place` unless samples of `shape` can be corrupted: images of 8…256 pixels a side with 1
  /// or 3 channels.
  package static func check(_ shape: SampleShape, place: String) throws {
    let sides = CorruptionSize.sides
    if case .image(let height, let width, let channels) = shape, sides.contains(height), sides.contains(width),
      channels == 1 || channels == 3
    {
      return
    }
    throw DatasetError(
      place,
      "corruptions need images of \(sides.lowerBound) to \(sides.upperBound) pixels a side with 1 or 3 channels, not "
        + "\(shape)")
  }

  /// Every severity of this kind over `images`: one image set a severity, severity 1 first. Together they take five times
  /// the memory of `images`; beside them only one image is held. Large sets are corrupted block by block, with `streams`.
  ///
  /// - Parameters:
  ///   - streams: What tells the random draws of one image from those of others, one an image: where it is the image's
  ///     identity, its corrupted forms do not depend on its place among the images. Without it, the place counts.
  ///   - context: Hears of every image.
  /// - Throws: A ``DatasetError`` for a shape that ``check(_:place:)`` refuses; `CancellationError` once nobody wants it.
  package func corrupted(
    _ images: ImageSet, seed: UInt64, streams: [UInt64]? = nil, context: TaskContext = .unobserved
  ) throws -> [ImageSet] {
    try Self.check(images.shape, place: "corruption \(rawValue)")
    precondition(streams.map { $0.count == images.count } ?? true, "one stream an image")
    let corruption = corruption(for: CorruptionSize(height: images.height, width: images.width))
    var pixels = [[UInt8]](repeating: [], count: Self.severities)
    for severity in pixels.indices { pixels[severity].reserveCapacity(images.pixels.count) }
    for index in 0..<images.count {
      try context.proceed(index, of: images.count)
      let stream = streams?[index] ?? UInt64(index)
      var generator = SeededGenerator(seed: seed, purpose: "corruption/\(rawValue)/\(stream)")
      let forms = corruption.severities(of: PlanarImage(images, at: index), &generator)
      for (severity, form) in forms.enumerated() { pixels[severity] += form.bytes }
    }
    return pixels.map {
      ImageSet(
        count: images.count, height: images.height, width: images.width, channels: images.channels, pixels: $0)
    }
  }
}
