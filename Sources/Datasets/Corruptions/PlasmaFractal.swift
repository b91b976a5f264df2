import Core

/// A cloud-like height map by the diamond-square algorithm on a torus (as ImageNet-C's `plasma_fractal`), whose side is the
/// least power of two that holds the image: 256 for ImageNet-C's 224 pixels, 32 for CIFAR-10-C.
struct PlasmaFractal: Sendable {
  private let height: Int
  private let width: Int
  private let side: Int

  init(_ size: CorruptionSize) {
    (height, width) = (size.height, size.width)
    var side = 1
    while side < max(height, width) { side *= 2 }
    self.side = side
  }

  /// The random numbers that one map needs, in −1…1.
  func draws(_ generator: inout SeededGenerator) -> [Float] {
    (0..<side * side).map { _ in Float(2 * generator.uniform() - 1) }
  }

  /// Heights from 0 to 1. Each halving of the scale divides the size of the bumps by `decay`.
  func plane(draws: [Float], decay: Float) -> Plane {
    var map = [Float](repeating: 0, count: side * side)
    var (step, bump) = (side, Float(1))
    while step >= 2 {
      let half = step / 2
      fill(
        &map, from: (half, half), step: step, corners: [(-half, -half), (half, -half), (-half, half), (half, half)],
        draws, bump)
      let edges = [(-half, 0), (half, 0), (0, -half), (0, half)]
      fill(&map, from: (half, 0), step: step, corners: edges, draws, bump)
      fill(&map, from: (0, half), step: step, corners: edges, draws, bump)
      step = half
      bump /= decay
    }
    return normalised(map)
  }

  /// Sets every `step`-th point to the mean of four neighbours and a random bump.
  private func fill(
    _ map: inout [Float], from start: (x: Int, y: Int), step: Int, corners: [(x: Int, y: Int)], _ draws: [Float],
    _ bump: Float
  ) {
    // The side is a power of two: a mask is the remainder.
    let mask = side - 1
    for y in stride(from: start.y, to: side, by: step) {
      for x in stride(from: start.x, to: side, by: step) {
        var sum: Float = 0
        for corner in corners { sum += map[((y + corner.y) & mask) * side + ((x + corner.x) & mask)] }
        map[y * side + x] = sum / 4 + bump * draws[y * side + x]
      }
    }
  }

  /// The upper left part that is as large as the image, with the whole map's lowest and highest point at 0 and 1.
  private func normalised(_ map: [Float]) -> Plane {
    let (low, high) = (map.min() ?? 0, map.max() ?? 1)
    let scale = high > low ? 1 / (high - low) : 0
    var plane = Plane(height: height, width: width, filledWith: 0)
    for y in 0..<height {
      for x in 0..<width { plane.values[y * width + x] = (map[y * side + x] - low) * scale }
    }
    return plane
  }
}
