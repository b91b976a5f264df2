import Core
import Datasets
import Formats
import Numerics
import Samples
import TestSupport
import Testing

@Suite struct FixedRepresentationTests {
  static func noise(_ count: Int, seed: UInt64) -> ImageSet {
    var generator = SeededGenerator(seed: seed, purpose: "noise")
    let pixels = (0..<count * 784).map { index -> UInt8 in
      index % 28 < 9 ? 0 : UInt8(truncatingIfNeeded: generator.next() >> 20)
    }
    return ImageSet(count: count, height: 28, width: 28, pixels: pixels)
  }

  @Test func filtersRespondAsTheFormulaSays() {
    let images = Self.noise(3, seed: 4)
    var generator = SeededGenerator(seed: 0, purpose: "filters")
    var filters = Matrix(rows: 64, columns: 36)
    for row in 0..<64 {
      let values = (0..<36).map { _ in generator.normal() }
      let mean = values.reduce(0, +) / 36
      for column in 0..<36 { filters[row, column] = Float(values[column] - mean) }
    }
    let bias = (0..<64).map { _ in Float(generator.normal()) }
    let features = PatchKernels.features(of: images.pixels, filters: filters, bias: bias, epsilon: 10)
    var worst = 0.0
    for image in 0..<3 {
      for filter in 0..<64 {
        let expected = Self.quadrantSums(Array(images.image(image)), filters.row(filter), bias[filter])
        for quadrant in 0..<4 {
          worst = max(worst, abs(Double(features[image, quadrant * 64 + filter]) - expected[quadrant]))
        }
      }
    }
    #expect(worst < 1e-3)
  }

  /// The definition, patch by patch: normalised patch = (patch − mean) / √(variance + 10).
  static func quadrantSums(_ pixels: [UInt8], _ filter: [Float], _ bias: Float) -> [Double] {
    var sums = [0.0, 0, 0, 0]
    for y in 0..<23 {
      for x in 0..<23 {
        let patch = (0..<36).map { Double(pixels[(y + $0 / 6) * 28 + x + $0 % 6]) }
        let mean = patch.reduce(0, +) / 36
        let variance = patch.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 36
        let response = zip(patch, filter).reduce(0) { $0 + ($1.0 - mean) * Double($1.1) } / (variance + 10).squareRoot()
        sums[(y < 12 ? 0 : 2) + (x < 12 ? 0 : 1)] += max(0, response + Double(bias))
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
