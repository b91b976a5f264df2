import Core

/// A random affine map after a smooth random displacement, the same for all channels.
///
/// At 224 pixels the displacements are 2…8 pixels (root mean square) and smooth over 12, and the three points that define the
/// affine map are moved by up to 2.4…8. ImageNet-C, whose five severities are rather five styles, displaces by 0.8…4 pixels
/// (most at severity 2), smooth over 2.4…171, and moves the points by 5…49. CIFAR-10-C, at 32 pixels, displaces by up to 0.5
/// pixels, smooth over 1…6, and moves the points by 1…2.6; here it is 0.5…2.2, over 3.3, and 0.7…2.2.
struct Elastic: Corruption {
  private let size: CorruptionSize
  private let settings: [(displacement: Float, jitter: Float)]
  private let kernel: [Float]

  init(_ size: CorruptionSize) {
    self.size = size
    settings = [(2.0, 2.4), (3.2, 3.6), (4.4, 4.8), (6, 6.4), (8, 8)].map {
      (Float(size.length($0)), Float(size.length($1)))
    }
    kernel = Plane.gaussianKernel(deviation: size.length(12))
  }

  /// The standard deviation of a uniform draw from −1…1, smoothed in two directions.
  private var spread: Float {
    let square = kernel.reduce(0) { $0 + $1 * $1 }
    return (square * square / 3).squareRoot()
  }

  func severities(of image: PlanarImage, _ generator: inout SeededGenerator) -> [PlanarImage] {
    let corners = (0..<6).map { _ in Float(2 * generator.uniform() - 1) }
    let (height, width) = (size.height, size.width)
    let fields = (0..<2).map { _ in
      Plane(
        height: height, width: width,
        values: (0..<height * width).map { _ in Float(2 * generator.uniform() - 1) }
      ).blurred(kernel: kernel)
    }
    return settings.map { setting in
      let affine = AffineJitter(corners.map { $0 * setting.jitter }, size)
      let scale = setting.displacement / spread
      var places: [Plane.Place] = []
      places.reserveCapacity(height * width)
      for y in 0..<height {
        for x in 0..<width {
          let (place, pixel) = (affine.applied(x: Float(x), y: Float(y)), places.count)
          places.append(
            image.planes[0].place(
              x: place.x + scale * fields[0].values[pixel], y: place.y + scale * fields[1].values[pixel]))
        }
      }
      return image.mapped { plane in
        Plane(height: height, width: width, values: places.map { plane.value(at: $0) })
      }
    }
  }
}

/// The affine map that moves three corners of the square in the middle, which reaches a third of the shorter side to each
/// direction, by the given jitter.
struct AffineJitter {
  private let origin: (x: Float, y: Float)
  private let alongX: (x: Float, y: Float)
  private let alongY: (x: Float, y: Float)
  /// The upper left corner before it is moved.
  private let corner: (x: Float, y: Float)

  /// Six shifts: x and y of the upper left, the upper right and the lower left corner.
  init(_ jitter: [Float], _ size: CorruptionSize) {
    let reach = Float(size.shorter / 3)
    let side = 2 * reach
    corner = (Float(size.width - 1) / 2 - reach, Float(size.height - 1) / 2 - reach)
    origin = (corner.x + jitter[0], corner.y + jitter[1])
    alongX = (1 + (jitter[2] - jitter[0]) / side, (jitter[3] - jitter[1]) / side)
    alongY = ((jitter[4] - jitter[0]) / side, 1 + (jitter[5] - jitter[1]) / side)
  }

  func applied(x: Float, y: Float) -> (x: Float, y: Float) {
    let (u, v) = (x - corner.x, y - corner.y)
    return (origin.x + u * alongX.x + v * alongY.x, origin.y + u * alongX.y + v * alongY.y)
  }
}
