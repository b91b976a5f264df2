import Core
import Datasets
import Formats
import Numerics
import Samples
import TestSupport
import Testing

@Suite struct FixedRepresentationTests {
  /// Noise, with flat stripes on the left where patches have no contrast.
  static func noise(_ count: Int, height: Int = 28, width: Int = 28, channels: Int = 1, seed: UInt64) -> ImageSet {
    var generator = SeededGenerator(seed: seed, purpose: "noise")
    let row = width * channels
    let pixels = (0..<count * height * row).map { index -> UInt8 in
      index % row < row / 3 ? 0 : UInt8(truncatingIfNeeded: generator.next() >> 20)
    }
    return ImageSet(count: count, height: height, width: width, channels: channels, pixels: pixels)
  }

  @Test(arguments: [[28, 28, 1], [6, 7, 1], [32, 32, 3], [17, 70, 2], [64, 48, 3]])
  func filtersRespondAsTheFormulaSays(shape: [Int]) {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let images = Self.noise(3, height: height, width: width, channels: channels, seed: 4)
    var generator = SeededGenerator(seed: 0, purpose: "filters")
    let taps = 36 * channels
    var filters = Matrix(rows: 64, columns: taps)
    for row in 0..<64 {
      let values = (0..<taps).map { _ in generator.normal() }
      let mean = values.reduce(0, +) / Double(taps)
      for column in 0..<taps { filters[row, column] = Float(values[column] - mean) }
    }
    let bias = (0..<64).map { _ in Float(generator.normal()) }
    let features = PatchKernels.features(
      of: images.pixels, height: height, width: width, channels: channels, filters: filters, bias: bias, epsilon: 10)
    var worst = 0.0
    for image in 0..<3 {
      for filter in [0, 1, 5, 62, 63] {
        let expected = Self.quadrantSums(images, image, filters.row(filter), bias[filter])
        for quadrant in 0..<4 {
          let found = Double(features[image, quadrant * 64 + filter])
          worst = max(worst, abs(found - expected[quadrant]) / max(1, expected[quadrant]))
        }
      }
    }
    #expect(worst < 1e-4)
  }

  /// The definition, patch by patch: normalised patch = (patch − mean) / √(variance + 10).
  static func quadrantSums(_ images: ImageSet, _ image: Int, _ filter: [Float], _ bias: Float) -> [Double] {
    let (pixels, width, channels) = (Array(images.image(image)), images.width, images.channels)
    let (down, across) = (images.height - 5, width - 5)
    var sums = [0.0, 0, 0, 0]
    for y in 0..<down {
      for x in 0..<across {
        let patch = (0..<36 * channels).map { tap in
          Double(pixels[((y + tap % 36 / 6) * width + x + tap % 6) * channels + tap / 36])
        }
        let mean = patch.reduce(0, +) / Double(patch.count)
        let variance = patch.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(patch.count)
        let response = zip(patch, filter).reduce(0) { $0 + ($1.0 - mean) * Double($1.1) } / (variance + 10).squareRoot()
        sums[(2 * y < down ? 0 : 2) + (2 * x < across ? 0 : 1)] += max(0, response + Double(bias))
      }
    }
    return sums
  }

  @Test func featuresAreUnitRowsAndSurviveStorage() throws {
    let (representation, features) = try FixedRepresentation.fit(to: Self.noise(40, seed: 1), seed: 0)
    for row in 0..<features.rows {
      #expect(abs(features.row(row).reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
    let restored = try FixedRepresentation(objects: representation.objects())
    #expect(restored == representation)
    #expect(try restored.features(of: Self.noise(40, seed: 1)) == features)
    #expect(try FixedRepresentation.fit(to: Self.noise(40, seed: 1), seed: 1).representation != representation)
  }

  @Test func damagedObjectsNeverTrap() throws {
    let objects = try FixedRepresentation.fit(to: Self.noise(40, seed: 1), seed: 0).representation.objects()
    var mutation = Mutation("representation")
    for (name, bytes) in objects.sorted(by: { $0.key < $1.key }) {
      let refused = mutation.attack(bytes, times: 200) { damaged in
        _ = try FixedRepresentation(objects: objects.merging([name: damaged]) { _, damaged in damaged })
      }
      #expect(refused > 20)
    }
  }

  @Test(.enabled(if: FashionMNIST.isInstalled)) func neighboursShareTheirClass() throws {
    let images = try IDXFile.images(FashionMNIST.file(FashionMNIST.names[0]), name: "images")
    let labels = try IDXFile.labels(FashionMNIST.file(FashionMNIST.names[1]), classes: 10, name: "labels")
    let (representation, _) = try FixedRepresentation.fit(to: images.selecting(Array(20_000..<40_000)), seed: 0)
    let memory = try representation.features(of: images.selecting(Array(0..<10_000)))
    let queries = try representation.features(of: images.selecting(Array(50_000..<52_000)))
    let nearest = Kernels.rowArgmax(queries.multiplied(by: memory, transposedOther: true))
    let right = nearest.enumerated().filter { labels[Int($1)] == labels[50_000 + $0] }.count
    #expect(right > 1_600)
  }
}
