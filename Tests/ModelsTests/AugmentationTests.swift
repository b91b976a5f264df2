import Core
import Models
import Numerics
import Samples
import Testing

@Suite struct AugmentationTests {
  private static let normalisation = PixelNormalisation(mean: [0.5], deviation: [0.25])

  /// Changes one image of pixels from 0 to 1 and answers what has become of them.
  private func changed(
    _ pixels: [Float], height: Int, width: Int, channels: Int = 1, seed: UInt64, _ set: (inout Augmentation) -> Void
  ) -> [Float] {
    var augmentation = Augmentation()
    set(&augmentation)
    let normalisation = PixelNormalisation(
      mean: [Float](repeating: 0.5, count: channels), deviation: [Float](repeating: 0.25, count: channels))
    var generator = SeededGenerator(seed: seed, purpose: "augmentation")
    var rows = pixels.map { ($0 - 0.5) / 0.25 }
    augmentation.apply(
      to: &rows, count: 1, shape: .image(height: height, width: width, channels: channels),
      normalisation: normalisation,
      &generator)
    return rows.map { $0 * 0.25 + 0.5 }
  }

  private let ramp = (0..<12).map { Float($0) / 16 }

  @Test func movedImagesAreReflectedAtTheirEdges() {
    let columns = (0..<4).map { Float($0) / 4 }
    let rows = columns + columns + columns
    var seen: Set<[Float]> = []
    for seed in 0..<60 as Range<UInt64> {
      let found = changed(rows, height: 3, width: 4, seed: seed) { ($0.shift, $0.reflects) = (2, true) }
      // All rows are equal, however far they were moved.
      #expect(found[0..<4] == found[4..<8] && found[0..<4] == found[8..<12])
      seen.insert(Array(found[0..<4]))
    }
    // By −2 to 2 columns: … 2 1 | 0 1 2 3 | 2 1 …
    let expected: Set<[Float]> = [
      [2, 1, 0, 1], [1, 0, 1, 2], [0, 1, 2, 3], [1, 2, 3, 2], [2, 3, 2, 1],
    ]
    #expect(seen == Set(expected.map { $0.map { $0 / 4 } }))
  }

  @Test func aCropOfTheWholeIsTheImageAndOthersLieWithinIt() {
    for seed in 0..<40 as Range<UInt64> {
      let found = changed(ramp, height: 3, width: 4, seed: seed) { $0.leastArea = 0.2 }
      #expect(found.allSatisfy { $0 >= -1e-6 && $0 <= 11.0 / 16 + 1e-6 })
      // A linear ramp stays one: interpolation keeps order within rows and columns.
      for y in 0..<3 { #expect((0..<3).allSatisfy { found[y * 4 + $0] <= found[y * 4 + $0 + 1] + 1e-6 }) }
      for x in 0..<4 { #expect((0..<2).allSatisfy { found[$0 * 4 + x] <= found[($0 + 1) * 4 + x] + 1e-6 }) }
    }
    let flat = changed([Float](repeating: 0.25, count: 12), height: 3, width: 4, seed: 1) { $0.leastArea = 0.1 }
    #expect(flat.allSatisfy { abs($0 - 0.25) < 1e-6 })
  }

  @Test func erasedRectanglesAreTheMeanColourAndAsLargeAsAllowed() {
    let image = [Float](repeating: 1, count: 400)
    var sizes: [Int] = []
    for seed in 0..<200 as Range<UInt64> {
      let found = changed(image, height: 20, width: 20, seed: seed) { $0.erasing = 0.5 }
      let erased = found.indices.filter { found[$0] == 0.5 }
      #expect(found.allSatisfy { $0 == 0.5 || $0 == 1 })
      guard let first = erased.first, let last = erased.last else { continue }
      let (tall, wide) = (last / 20 - first / 20 + 1, last % 20 - first % 20 + 1)
      #expect(erased.count == tall * wide)
      sizes.append(erased.count)
    }
    #expect((70...130).contains(sizes.count) && sizes.min()! >= 4 && sizes.max()! <= 150)
  }

  @Test func coloursChangeByFactorsWithinTheirRange() {
    // A grey image has no contrast and no saturation: only its brightness changes.
    var factors: [Float] = []
    for seed in 0..<100 as Range<UInt64> {
      let found = changed(
        [Float](repeating: 0.4, count: 48), height: 4, width: 4, channels: 3, seed: seed
      ) { $0.jitter = 0.5 }
      #expect(found.allSatisfy { abs($0 - found[0]) < 1e-5 })
      factors.append(found[0] / 0.4)
    }
    #expect(factors.allSatisfy { (0.499...1.501).contains($0) } && factors.max()! - factors.min()! > 0.8)
    // One channel: brightness b, then contrast c around the mean m of the bright image.
    let found = changed([0.25, 0.5, 0.25, 0.5], height: 2, width: 2, seed: 9) { $0.jitter = 0.3 }
    var generator = SeededGenerator(seed: 9, purpose: "augmentation")
    let (b, c) = (1 + generator.uniform(in: -0.3..<0.3), 1 + generator.uniform(in: -0.3..<0.3))
    for (value, own) in zip(found, [0.25, 0.5, 0.25, 0.5]) {
      #expect(abs(Double(value) - (c * b * own + (1 - c) * b * 0.375)) < 1e-5)
    }
  }

  @Test func mixupMixesPartnersAndSaysHowMuch() {
    var augmentation = Augmentation()
    augmentation.mixup = 0.4
    var generator = SeededGenerator(seed: 1, purpose: "mixing")
    var rows: [Float] = [1, 2, 3, 4, 5, 6]
    let share = augmentation.mix(&rows, count: 3, shape: .vector(width: 2), &generator)
    #expect(share > 0 && share < 1)
    let mixed: [Float] = [1, 2, 3, 4, 5, 6]
    for place in 0..<2 {
      #expect(abs(rows[place] - (share * mixed[place] + (1 - share) * mixed[4 + place])) < 1e-6)
      #expect(abs(rows[4 + place] - (share * mixed[4 + place] + (1 - share) * mixed[place])) < 1e-6)
    }
    #expect(rows[2...3] == [3, 4])
    // Beta(α, α) has the mean ½ and the variance 1 / (4 (2 α + 1)).
    let shares = (0..<4_000).map { _ in Double(augmentation.mix(&rows, count: 0, shape: .vector(width: 2), &generator))
    }
    let mean = shares.reduce(0, +) / 4_000
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000
    #expect(abs(mean - 0.5) < 0.02 && abs(variance - 1 / 7.2) < 0.01)
  }

  @Test func cutmixExchangesARectangleAndSaysHowMuchIsLeft() {
    var augmentation = Augmentation()
    augmentation.cutmix = 1
    let shape = SampleShape.image(height: 6, width: 5, channels: 2)
    var generator = SeededGenerator(seed: 1, purpose: "mixing")
    for _ in 0..<50 {
      var rows = [Float](repeating: 1, count: 60) + [Float](repeating: 2, count: 60)
      let share = augmentation.mix(&rows, count: 2, shape: shape, &generator)
      let foreign = (0..<60).filter { rows[$0] == 2 }
      #expect(abs(Float(60 - foreign.count) / 60 - share) < 1e-6)
      #expect((0..<60).allSatisfy { rows[$0] + rows[60 + $0] == 3 })
    }
    // Vectors have no rectangles.
    var vectors: [Float] = [1, 2]
    #expect(augmentation.mix(&vectors, count: 2, shape: .vector(width: 1), &generator) == 1 && vectors == [1, 2])
  }

  /// Two samples of different classes that are mixed become targets of both classes, in the same shares.
  @Test func labelsAreMixedLikeTheirImages() throws {
    let rows = Matrix(rows: 2, columns: 1, values: [1, -1])
    let set = TrainingSet(.vectors(rows), labels: [0, 1], normalisation: nil)
    var recipe = Recipe(steps: 400, learningRate: 0.5)
    recipe.augmentation.mixup = 1
    let network = try MultilayerPerceptron(hidden: []).train(
      on: set, classes: 2, recipe: recipe, seed: 1, context: .unobserved)
    // The target of λ · 1 + (1 − λ) · (−1) is the class 0 with λ: the middle is one half, and the ends are not sure.
    let middle = network.probabilities(of: .vectors(Matrix(rows: 1, columns: 1, values: [0]))).values
    #expect(abs(middle[0] - 0.5) < 0.02)
    let end = network.probabilities(of: .vectors(Matrix(rows: 1, columns: 1, values: [0.5]))).values
    #expect(abs(end[0] - 0.75) < 0.06)
  }

  @Test func whatIsDrawnDependsOnIdentitiesAndSeedAlone() throws {
    var generator = SeededGenerator(seed: 7, purpose: "images")
    let pixels = (0..<30 * 64).map { _ in UInt8(generator.integer(below: 256)) }
    let images = ImageSet(count: 30, height: 8, width: 8, pixels: pixels)
    let labels = (0..<30).map { Int32($0 % 3) }
    let names = (0..<30).map { SampleIdentifier(high: UInt64($0 * 7 % 30), low: 1) }
    var recipe = Recipe(steps: 10, learningRate: 0.05)
    recipe.batch = 8
    (recipe.augmentation.leastArea, recipe.augmentation.jitter, recipe.augmentation.erasing) = (0.3, 0.4, 0.5)
    (recipe.augmentation.mixup, recipe.augmentation.cutmix, recipe.augmentation.flips) = (0.2, 1, true)
    func train(_ order: [Int], seed: UInt64 = 1) throws -> [UInt8] {
      let set = TrainingSet(
        images: images.selecting(order), labels: order.map { labels[$0] }, normalisation: Self.normalisation,
        identities: order.map { names[$0] })
      return try MultilayerPerceptron(hidden: [8]).train(
        on: set, classes: 3, recipe: recipe, seed: seed, context: .unobserved
      ).bytes
    }
    let first = try train(Array(0..<30))
    #expect(try train(Array((0..<30).reversed())) == first)
    #expect(try train(Array(0..<30), seed: 2) != first)
  }
}
