import Core

/// Snow, frost and fog.
enum WeatherCorruption {
  /// Flakes: normal noise of `mean` and `deviation`, enlarged by `zoom`, cut off below `threshold`, smeared; the scene
  /// keeps `kept` of its contrast and whitens.
  private static let snowSettings:
    [(mean: Float, deviation: Float, zoom: AxisZoom, threshold: Float, radius: Int, smear: Double, kept: Float)] = [
      (0.1, 0.2, AxisZoom(factor: 1), 0.6, 6, 2, 0.95), (0.1, 0.2, AxisZoom(factor: 1), 0.5, 8, 3, 0.9),
      (0.15, 0.3, AxisZoom(factor: 1.5), 0.55, 8, 3, 0.9), (0.25, 0.3, AxisZoom(factor: 2), 0.6, 10, 4, 0.85),
      (0.3, 0.3, AxisZoom(factor: 1.25), 0.6, 10, 5, 0.8),
    ]

  static func snow(_ image: Plane, _ generator: inout SeededGenerator) -> [Plane] {
    let noise = (0..<Plane.count).map { _ in Float(generator.normal()) }
    let angle = generator.uniform(in: -0.75 ..< -0.25) * Double.pi
    return snowSettings.map { setting in
      let grains = Plane(values: noise.map { setting.mean + setting.deviation * $0 })
      let flakes = setting.zoom.applied(to: grains).mapped { $0 < setting.threshold ? 0 : min(1, $0) }
      let layer = BlurCorruption.smeared(flakes, radius: setting.radius, deviation: setting.smear, angle: angle)
      var result = image
      for pixel in 0..<Plane.count {
        let value = image.values[pixel]
        let scene = setting.kept * value + (1 - setting.kept) * max(value, value * 1.5 + 0.5)
        result.values[pixel] = scene + layer.values[pixel] + layer.values[Plane.count - 1 - pixel]
      }
      return result
    }
  }

  /// How much of the scene and how much frost, by severity.
  private static let frostSettings: [(scene: Float, frost: Float)] = [
    (1, 0.3), (0.9, 0.45), (0.8, 0.6), (0.7, 0.7), (0.6, 0.85),
  ]

  /// ImageNet-C pastes photographs of frost; here the ice is procedural: bright veins along the level lines of two
  /// plasma fractals, thicker towards the border, on a thin uneven film.
  static func frost(_ image: Plane, _ generator: inout SeededGenerator) -> [Plane] {
    let ice = iceTexture(&generator)
    return frostSettings.map { setting in
      var result = image
      for pixel in 0..<Plane.count {
        result.values[pixel] = setting.scene * image.values[pixel] + setting.frost * ice.values[pixel]
      }
      return result
    }
  }

  private static func iceTexture(_ generator: inout SeededGenerator) -> Plane {
    let film = PlasmaFractal.plane(draws: PlasmaFractal.draws(&generator), decay: 2.2)
    let veins = PlasmaFractal.plane(draws: PlasmaFractal.draws(&generator), decay: 2.2)
    let centre = Float(Plane.side - 1) / 2
    var ice = Plane(filledWith: 0)
    for pixel in 0..<Plane.count {
      let (x, y) = (Float(pixel % Plane.side) - centre, Float(pixel / Plane.side) - centre)
      let border = min(1, (x * x + y * y).squareRoot() / centre)
      let ridge = 1 - min(1, abs(veins.values[pixel] - 0.5) * 8)
      let crystals = ridge * (0.35 + 0.65 * border) + 0.45 * border * border * film.values[pixel]
      ice.values[pixel] = min(1, crystals + 0.15 * film.values[pixel])
    }
    return ice
  }

  /// Density of the fog, and how fast its unevenness falls with scale.
  private static let fogSettings: [(density: Float, decay: Float)] = [
    (0.2, 3), (0.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75),
  ]

  static func fog(_ image: Plane, _ generator: inout SeededGenerator) -> [Plane] {
    let draws = PlasmaFractal.draws(&generator)
    let brightest = image.values.max() ?? 0
    return fogSettings.map { setting in
      let fog = PlasmaFractal.plane(draws: draws, decay: setting.decay)
      let scale = brightest / (brightest + setting.density)
      var result = image
      for pixel in 0..<Plane.count {
        result.values[pixel] = (image.values[pixel] + setting.density * fog.values[pixel]) * scale
      }
      return result
    }
  }
}

/// A cloud-like height map by the diamond-square algorithm on a 32 × 32 torus (as ImageNet-C's `plasma_fractal`).
enum PlasmaFractal {
  private static let side = 32

  /// The random numbers that one map needs, in −1…1.
  static func draws(_ generator: inout SeededGenerator) -> [Float] {
    (0..<side * side).map { _ in Float(2 * generator.uniform() - 1) }
  }

  /// Heights from 0 to 1. Each halving of the scale divides the size of the bumps by `decay`.
  static func plane(draws: [Float], decay: Float) -> Plane {
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
  private static func fill(
    _ map: inout [Float], from start: (x: Int, y: Int), step: Int, corners: [(x: Int, y: Int)], _ draws: [Float],
    _ bump: Float
  ) {
    for y in stride(from: start.y, to: side, by: step) {
      for x in stride(from: start.x, to: side, by: step) {
        var sum: Float = 0
        for corner in corners { sum += map[(y + corner.y + side) % side * side + (x + corner.x + side) % side] }
        map[y * side + x] = sum / 4 + bump * draws[y * side + x]
      }
    }
  }

  private static func normalised(_ map: [Float]) -> Plane {
    let (low, high) = (map.min() ?? 0, map.max() ?? 1)
    let scale = high > low ? 1 / (high - low) : 0
    var plane = Plane(filledWith: 0)
    for pixel in 0..<Plane.count {
      plane.values[pixel] = (map[pixel / Plane.side * side + pixel % Plane.side] - low) * scale
    }
    return plane
  }
}
