import Core
import Datasets
import Samples
import Testing

@Suite struct CorruptionTests {
  /// A bright disc with a gradient and a dark hole.
  static let disc: ImageSet = {
    let pixels = (0..<784).map { index -> UInt8 in
      let (x, y) = (Double(index % 28) - 13.5, Double(index / 28) - 13.5)
      let radius = (x * x + y * y).squareRoot()
      return radius > 10 || radius < 3 ? 0 : UInt8(150 + 6 * Int(x.rounded()))
    }
    return ImageSet(count: 1, height: 28, width: 28, pixels: pixels)
  }()

  static func distance(_ left: ImageSet, _ right: ImageSet) -> Double {
    zip(left.pixels, right.pixels).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(left.pixels.count)
  }

  @Test(arguments: CorruptionKind.allCases.map(\.rawValue)) func everyKindChangesMoreWithSeverity(name: String) throws {
    let kind = try #require(CorruptionKind(rawValue: name))
    let images = Self.disc.selecting([Int](repeating: 0, count: 40))
    let corrupted = try kind.corrupted(images, seed: 3)
    let distances = corrupted.map { Self.distance($0, images) }
    #expect(distances[0] > 0.5)
    #expect(distances[4] > 1.2 * distances[0])
    for (mild, severe) in zip(distances, distances.dropFirst()) { #expect(severe > 0.97 * mild) }
    #expect(try kind.corrupted(images, seed: 3) == corrupted)
  }

  @Test func randomKindsTreatEachImageAndSeedDifferently() throws {
    let images = Self.disc.selecting([0, 0])
    let steady: Set<CorruptionKind> = [.defocusBlur, .zoomBlur, .brightness, .contrast, .pixelate, .jpeg]
    for kind in CorruptionKind.allCases {
      let severe = try kind.corrupted(images, seed: 3)[4]
      #expect((severe.image(0) == severe.image(1)) == steady.contains(kind), "\(kind)")
      #expect(try (kind.corrupted(images, seed: 4)[4] == severe) == steady.contains(kind), "\(kind)")
    }
  }

  @Test func glassBlurKeepsTheImageInItsPlace() throws {
    let severe = try CorruptionKind.glassBlur.corrupted(Self.disc, seed: 0)[4]
    func centre(_ set: ImageSet) -> (x: Double, y: Double) {
      let total = set.pixels.reduce(0.0) { $0 + Double($1) }
      let x = set.pixels.enumerated().reduce(0.0) { $0 + Double($1.element) * Double($1.offset % 28) }
      let y = set.pixels.enumerated().reduce(0.0) { $0 + Double($1.element) * Double($1.offset / 28) }
      return (x / total, y / total)
    }
    let (before, after) = (centre(Self.disc), centre(severe))
    #expect(abs(before.x - after.x) < 1 && abs(before.y - after.y) < 1)
  }

  @Test func jpegAtFullQualityIsNearlyLossless() {
    let plane = Plane(bytes: Self.disc.image(0), height: 28, width: 28)
    let coefficients = JPEGRoundTrip.coefficients(of: plane)
    let restored = JPEGRoundTrip.image(
      from: coefficients, quantisation: JPEGRoundTrip.quantisation(quality: 100), height: 28, width: 28
    ).bytes
    #expect(zip(restored, Self.disc.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
  }

  @Test func jpegTablesAreTheStandardOnes() {
    // Quality 50 is Annex K itself; 25 doubles it.
    #expect(JPEGRoundTrip.quantisation(quality: 50)[0] == [16, 11, 10, 16, 24, 40, 51, 61])
    #expect(JPEGRoundTrip.quantisation(quality: 25)[0] == [32, 22, 20, 32, 48, 80, 102, 122])
    #expect(JPEGRoundTrip.quantisation(quality: 1).allSatisfy { $0 == SIMD8(repeating: 255) })
    let chrominance = JPEGRoundTrip.quantisation(quality: 50, table: .chrominance)
    #expect(chrominance[1] == [18, 21, 26, 66, 99, 99, 99, 99] && chrominance[7] == SIMD8(repeating: 99))
  }

  @Test func poissonCountsHaveTheRightMeanAndVariance() {
    var generator = SeededGenerator(seed: 0, purpose: "poisson")
    for mean in [0.0, 0.3, 4, 60] {
      let table = PoissonTable(mean: mean)
      let counts = (0..<20_000).map { _ in Double(table.count(at: generator.uniform())) }
      let average = counts.reduce(0, +) / 20_000
      let variance = counts.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 20_000
      #expect(abs(average - mean) <= 4 * (mean / 20_000).squareRoot())
      #expect(abs(variance - mean) <= 0.06 * mean)
    }
  }

  @Test func samplingAtPixelsReturnsThem() {
    let plane = Plane(bytes: Self.disc.image(0), height: 28, width: 28)
    for (x, y) in [(0, 0), (27, 27), (5, 20), (27, 3)] {
      #expect(plane.sample(x: Float(x), y: Float(y)) == plane.values[y * 28 + x])
    }
    #expect(plane.sample(x: -5, y: 40) == plane.values[27 * 28])
  }

  @Test func blurKeepsBrightness() {
    let plane = Plane(bytes: Self.disc.image(0), height: 28, width: 28)
    for deviation in [0.3, 1.0, 3.0] {
      let blurred = plane.blurred(kernel: Plane.gaussianKernel(deviation: deviation))
      #expect(abs(blurred.values.reduce(0, +) - plane.values.reduce(0, +)) < 0.01)
    }
  }
}
