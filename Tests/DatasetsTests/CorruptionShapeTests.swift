import Core
import Datasets
import Samples
import Synchronization
import Testing

@Suite struct CorruptionShapeTests {
  /// Images as dead leaves: discs of all sizes over one another, which have the edges and the spectrum of photographs (Lee,
  /// Mumford & Huang 2001), in colours that go together, with light from one side.
  static func photographs(_ count: Int, height: Int, width: Int, channels: Int) -> ImageSet {
    var generator = SeededGenerator(seed: 1, purpose: "photographs \(height) \(width)")
    var pixels: [UInt8] = []
    for _ in 0..<count {
      let mood = (0..<3).map { _ in generator.uniform(in: 60..<180) }
      var image = [Double](repeating: 0, count: height * width * 3)
      let side = Double(max(height, width))
      for leaf in 0..<60 {
        // The first one covers everything.
        let radius = leaf == 0 ? 2 * side : side * min(0.5, 0.06 / (1 - generator.uniform()).squareRoot())
        let (x, y) = (generator.uniform() * Double(width), generator.uniform() * Double(height))
        let light = generator.normal() * 40
        let colour = mood.map { $0 + light + generator.normal() * 20 }
        let (rows, columns) = (reach(y, radius, height), reach(x, radius, width))
        for row in rows {
          for column in columns {
            let (u, v) = (Double(column) - x, Double(row) - y)
            guard u * u + v * v <= radius * radius else { continue }
            let shade = leaf == 0 ? 0 : 25 * u / radius
            for channel in 0..<3 { image[(row * width + column) * 3 + channel] = colour[channel] + shade }
          }
        }
      }
      for pixel in 0..<height * width {
        for channel in 0..<channels { pixels.append(UInt8(max(0, min(255, image[pixel * 3 + channel])))) }
      }
    }
    return ImageSet(count: count, height: height, width: width, channels: channels, pixels: pixels)
  }

  private static func reach(_ centre: Double, _ radius: Double, _ length: Int) -> Range<Int> {
    let low = max(0, Int(centre - radius))
    return low..<max(low, min(length, Int(centre + radius) + 1))
  }

  /// Square photographs by side and channels.
  private static let squares: [Int: [Int: ImageSet]] = Dictionary(
    uniqueKeysWithValues: [(8, 24), (32, 24), (64, 6), (256, 1)].map { side, count in
      (
        side,
        [
          1: photographs(count, height: side, width: side, channels: 1),
          3: photographs(count, height: side, width: side, channels: 3),
        ]
      )
    })

  private static let names = CorruptionKind.allCases.map(\.rawValue)

  @Test(arguments: names, [8, 32, 64, 256])
  func everyKindDamagesMoreWithSeverityAtEverySize(name: String, side: Int) throws {
    let kind = try #require(CorruptionKind(rawValue: name))
    for channels in [1, 3] {
      let images = try #require(Self.squares[side]?[channels])
      let corrupted = try kind.corrupted(images, seed: 3)
      #expect(corrupted.allSatisfy { $0.shape == images.shape && $0.count == images.count })
      let distances = corrupted.map { CorruptionTests.distance($0, images) }
      #expect(distances[0] > 0.5, "\(channels) channels: \(distances)")
      for (mild, severe) in zip(distances, distances.dropFirst()) {
        #expect(severe > mild, "\(channels) channels: \(distances)")
      }
    }
  }

  /// The values of each pixel.
  private static func colours(_ images: ImageSet) -> [[UInt8]] {
    stride(from: 0, to: images.pixels.count, by: images.channels).map { start in
      [UInt8](images.pixels[start..<start + images.channels])
    }
  }

  private static func isGrey(_ colour: [UInt8]) -> Bool { colour.allSatisfy { $0 == colour[0] } }

  private static func isNear(_ left: UInt8, _ right: UInt8) -> Bool { abs(Int(left) - Int(right)) <= 1 }

  /// What moves pixels or lies over the image as one grey layer treats three equal channels as one.
  @Test(arguments: names) func aGreyImageInColourStaysGreyUnlessChannelsHaveNoiseOfTheirOwn(name: String) throws {
    let kind = try #require(CorruptionKind(rawValue: name))
    let grey = Self.photographs(2, height: 24, width: 40, channels: 1)
    let tripled: [UInt8] = grey.pixels.flatMap { level in [UInt8](repeating: level, count: 3) }
    let colour = ImageSet(count: 2, height: 24, width: 40, channels: 3, pixels: tripled)
    let noises: Set<CorruptionKind> = [.gaussianNoise, .shotNoise, .impulseNoise]
    let (ones, threes) = (try kind.corrupted(grey, seed: 5), try kind.corrupted(colour, seed: 5))
    for (one, three) in zip(ones, threes) {
      let colours = Self.colours(three)
      #expect(colours.allSatisfy(Self.isGrey) != noises.contains(kind))
      guard !noises.contains(kind) else { continue }
      // Rounding of luma may cost a level.
      #expect(zip(one.pixels, colours).allSatisfy { level, colour in Self.isNear(level, colour[0]) })
    }
  }

  @Test func theChannelsOfAPixelChangePlacesTogether() throws {
    // Every pixel has a colour of its own, and the mildest glass hardly blurs 8 × 8 pixels.
    var pixels: [UInt8] = []
    for level in 0..<UInt8(64) { pixels += [level * 4, 255 - level * 4, level * 2] }
    let images = ImageSet(count: 1, height: 8, width: 8, channels: 3, pixels: pixels)
    let moved = try CorruptionKind.glassBlur.corrupted(images, seed: 0)[0]
    #expect(Set(Self.colours(moved)) == Set(Self.colours(images)))
    #expect(moved != images)
  }

  @Test func brightnessKeepsHueAndMakesBlackGrey() throws {
    var pixels: [UInt8] = []
    for _ in 0..<64 { pixels += [102, 50, 0] }
    let images = ImageSet(count: 1, height: 8, width: 8, channels: 3, pixels: pixels)
    let bright = try CorruptionKind.brightness.corrupted(images, seed: 0)
    // The value 102 becomes 102 + 0.2 · 255, and the others grow by the same factor.
    #expect(bright[1].pixels.prefix(3) == [153, 75, 0])
    let black = ImageSet(count: 1, height: 8, width: 8, channels: 3, pixels: [UInt8](repeating: 0, count: 192))
    #expect(try CorruptionKind.brightness.corrupted(black, seed: 0)[1].pixels.allSatisfy { $0 == 51 })
  }

  @Test func contrastPullsEachChannelToItsOwnMean() throws {
    var pixels: [UInt8] = []
    for _ in 0..<32 { pixels += [200, 10, 7, 100, 50, 7] }
    let images = ImageSet(count: 1, height: 8, width: 8, channels: 3, pixels: pixels)
    let flat = try CorruptionKind.contrast.corrupted(images, seed: 0)[2].pixels
    #expect(flat.prefix(6) == [160, 26, 7, 140, 34, 7])
  }

  @Test(arguments: names) func rectanglesAreCorruptedInTheirShape(name: String) throws {
    let kind = try #require(CorruptionKind(rawValue: name))
    for (height, width, channels) in [(8, 61, 3), (61, 8, 1), (9, 11, 3)] {
      let images = Self.photographs(2, height: height, width: width, channels: channels)
      for severe in try kind.corrupted(images, seed: 1) {
        #expect(severe.shape == images.shape && severe.count == 2 && severe != images)
      }
    }
  }

  @Test(arguments: names) func withAStreamOfItsOwnAnImageIsCorruptedAlikeInAnyPlace(name: String) throws {
    let kind = try #require(CorruptionKind(rawValue: name))
    let images = Self.photographs(3, height: 12, width: 16, channels: 3)
    let streams: [UInt64] = [1 << 60, 7, 12_345]
    let corrupted = try kind.corrupted(images, seed: 2, streams: streams)
    let reversed = try kind.corrupted(images.selecting([2, 1, 0]), seed: 2, streams: streams.reversed())
    #expect(reversed == corrupted.map { $0.selecting([2, 1, 0]) })
    let alone = try kind.corrupted(images.selecting([1]), seed: 2, streams: [7])
    #expect(alone == corrupted.map { $0.selecting([1]) })
    #expect(try kind.corrupted(images, seed: 2) == kind.corrupted(images, seed: 2, streams: [0, 1, 2]))
  }

  @Test(arguments: [
    SampleShape.image(height: 7, width: 32, channels: 1), .image(height: 32, width: 257, channels: 3),
    .image(height: 32, width: 32, channels: 2), .vector(width: 512),
  ])
  func otherShapesAreRefusedInASentence(shape: SampleShape) throws {
    #expect(
      throws: DatasetError(
        "mine.json",
        "corruptions need images of 8 to 256 pixels a side with 1 or 3 channels, not \(shape)")
    ) { try CorruptionKind.check(shape, place: "mine.json") }
    guard case .image(let height, let width, let channels) = shape else { return }
    let images = ImageSet(
      count: 1, height: height, width: width, channels: channels,
      pixels: [UInt8](repeating: 0, count: height * width * channels))
    #expect(throws: DatasetError.self) { try CorruptionKind.fog.corrupted(images, seed: 0) }
  }

  @Test func eachImageIsReportedAndACancellationHeard() throws {
    let images = Self.photographs(4, height: 8, width: 8, channels: 1)
    let heard = Mutex<[Double]>([])
    func context(wanted: Int) -> TaskContext {
      TaskContext(
        report: { share in heard.withLock { $0.append(share) } }, isWanted: { heard.withLock { $0.count < wanted } })
    }
    _ = try CorruptionKind.snow.corrupted(images, seed: 0, context: context(wanted: 100))
    #expect(heard.withLock { $0 } == [0, 0.25, 0.5, 0.75])
    heard.withLock { $0 = [] }
    #expect(throws: CancellationError.self) {
      try CorruptionKind.snow.corrupted(images, seed: 0, context: context(wanted: 2))
    }
    #expect(heard.withLock { $0 } == [0, 0.25])
  }
}
