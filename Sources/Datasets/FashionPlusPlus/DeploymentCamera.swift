import Core

/// The camera of the organisation that will use the classifier: turned and shifted a little, with a flatter tone curve,
/// light from one side and a noisy sensor.
struct DeploymentCamera {
  static let largestRotation = 15.0
  static let largestShift = 2.0
  /// Grey level g becomes offset + contrast · g before the light.
  static let contrast: Float = 0.7
  static let offset: Float = 0.1
  /// The light varies from 1 − gradient to 1 + gradient across the image, from the lower right to the upper left.
  static let gradient: Float = 0.35
  static let noise: Float = 0.06

  static let statement =
    "rotation up to 15°, shift up to 2 pixels, contrast 0.7 on an offset of 0.1, light falling by 35 % either side from "
    + "upper left to lower right, sensor noise of 0.06"

  /// The images as the camera sees them; each has its own random stream.
  static func photograph(_ images: ImageSet, seed: UInt64) -> ImageSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.pixels.count)
    for index in 0..<images.count {
      var generator = SeededGenerator(seed: seed, purpose: "deployment/camera/\(index)")
      pixels += photograph(Plane(bytes: images.image(index)), &generator).bytes
    }
    return ImageSet(count: images.count, height: Plane.side, width: Plane.side, pixels: pixels)
  }

  private static func photograph(_ scene: Plane, _ generator: inout SeededGenerator) -> Plane {
    let angle = generator.uniform(in: -largestRotation..<largestRotation) * .pi / 180
    let (cosine, sine) = (Float(PortableMath.cos(angle)), Float(PortableMath.sin(angle)))
    let centre = Float(Plane.side - 1) / 2
    let centreX = centre + Float(generator.uniform(in: -largestShift..<largestShift))
    let centreY = centre + Float(generator.uniform(in: -largestShift..<largestShift))
    var photograph = Plane(filledWith: 0)
    for pixel in 0..<Plane.count {
      let (x, y) = (Float(pixel % Plane.side), Float(pixel / Plane.side))
      let (u, v) = (x - centreX, y - centreY)
      let value = scene.sample(x: centre + cosine * u + sine * v, y: centre - sine * u + cosine * v)
      let light = 1 - gradient * ((x - centre) + (y - centre)) / (2 * centre)
      photograph.values[pixel] = (offset + contrast * value) * light + noise * Float(generator.normal())
    }
    return photograph
  }
}
