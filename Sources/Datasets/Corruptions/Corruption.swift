import Core

/// One kind of corruption, prepared for images of one size: kernels, grids and tables are made once.
protocol Corruption: Sendable {
  /// The corrupted forms of `image`, severity 1 first, as many as ``CorruptionKind/severities``. All severities share their
  /// random draws, so that a greater severity means more of the same damage.
  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage]
}

extension CorruptionKind {
  /// This kind for images of one size.
  func corruption(for size: CorruptionSize) -> any Corruption {
    switch self {
    case .gaussianNoise: GaussianNoise()
    case .shotNoise: ShotNoise()
    case .impulseNoise: ImpulseNoise()
    case .defocusBlur: DefocusBlur(size)
    case .glassBlur: GlassBlur(size)
    case .motionBlur: MotionBlur(size)
    case .zoomBlur: ZoomBlur(size)
    case .snow: Snow(size)
    case .frost: Frost(size)
    case .fog: Fog(size)
    case .brightness: Brightness()
    case .contrast: Contrast()
    case .elastic: Elastic(size)
    case .pixelate: Pixelate(size)
    case .jpeg: JPEGCompression()
    }
  }
}
