import Core
import Samples
import Sweeps

/// The camera of the organisation that will use the classifier: turned and shifted a little, with a flatter tone curve,
/// light from one side and a noisy sensor.
struct DeploymentCamera: Hashable {
  /// Degrees either way.
  var largestRotation = 15.0
  /// Pixels either way, across and down.
  var largestShift = 2.0
  /// Grey level g becomes offset + contrast · g before the light.
  var contrast = 0.7
  var offset = 0.1
  /// The light varies from 1 + gradient to 1 − gradient across the image.
  var gradient = 0.35
  /// Whether the light comes from the right, and from below.
  var fromRight = false
  var fromBelow = false
  var noise = 0.06

  /// The camera of the first world.
  static let first = DeploymentCamera()

  private init() {}

  /// The camera of another world; every number is drawn.
  init(seed: UInt64, world: UInt64) {
    var generator = SeededGenerator(seed: seed, purpose: "deployment/world \(world)/camera")
    func draw(_ range: Range<Double>, _ places: Double = 100) -> Double {
      (generator.uniform(in: range) * places).rounded() / places
    }
    largestRotation = draw(5..<25, 1)
    largestShift = draw(1..<3.5, 10)
    contrast = draw(0.5..<0.9)
    offset = draw(0..<0.2)
    gradient = draw(0.1..<0.5)
    fromRight = generator.uniform() < 0.5
    fromBelow = generator.uniform() < 0.5
    noise = draw(0.02..<0.12)
  }

  /// What it does, for reports.
  var remark: Remark {
    Remark(
      .camera(fromRight: fromRight, fromBelow: fromBelow),
      numbers: [
        "rotation": largestRotation, "shift": largestShift, "contrast": contrast, "offset": offset,
        "gradient": gradient, "noise": noise,
      ])
  }

  /// The subjects as the camera sees them; each photograph has its own random stream.
  func photographs(of subjects: SourceImages, seed: UInt64) -> SourceImages {
    let images = subjects.images
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.pixels.count)
    for index in 0..<images.count {
      var generator = SeededGenerator(seed: seed, purpose: "deployment/camera/\(index)")
      pixels +=
        photograph(Plane(bytes: images.image(index), height: images.height, width: images.width), &generator).bytes
    }
    return SourceImages(
      images: ImageSet(count: images.count, height: images.height, width: images.width, pixels: pixels),
      labels: subjects.labels, sourceIDs: subjects.sourceIDs)
  }

  /// Of a square scene.
  private func photograph(_ scene: Plane, _ generator: inout SeededGenerator) -> Plane {
    let angle = generator.uniform(in: -largestRotation..<largestRotation) * .pi / 180
    let (cosine, sine) = (Float(PortableMath.cos(angle)), Float(PortableMath.sin(angle)))
    let side = scene.width
    let centre = Float(side - 1) / 2
    let centreX = centre + Float(generator.uniform(in: -largestShift..<largestShift))
    let centreY = centre + Float(generator.uniform(in: -largestShift..<largestShift))
    let (across, down): (Float, Float) = (fromRight ? -1 : 1, fromBelow ? -1 : 1)
    let (offset, contrast, gradient, noise) = (Float(offset), Float(contrast), Float(gradient), Float(noise))
    var photograph = scene
    for pixel in photograph.values.indices {
      let (x, y) = (Float(pixel % side), Float(pixel / side))
      let (u, v) = (x - centreX, y - centreY)
      let value = scene.sample(x: centre + cosine * u + sine * v, y: centre - sine * u + cosine * v)
      let light = 1 - gradient * (across * (x - centre) + down * (y - centre)) / (2 * centre)
      photograph.values[pixel] = (offset + contrast * value) * light + noise * Float(generator.normal())
    }
    return photograph
  }
}
