import Core

/// The Gaussian bell in portable arithmetic.
enum PortableGaussian {
  /// exp(−distance² / 2 deviation²).
  static func weight(_ distance: Double, deviation: Double) -> Double {
    PortableMath.exp(-distance * distance / (2 * deviation * deviation))
  }
}
