import Core
import Datasets
import Models
import Samples
import Testing
import Utilities

/// Images of 6 × 6 pixels with one bright column or row each, and tasks on them.
private struct Stripes {
  /// `direction` 0: columns; 1: rows.
  static func image(_ place: Int, direction: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    (0..<36).map { pixel in
      let along = direction == 0 ? pixel % 6 : pixel / 6
      return UInt8(max(0, min(255, (along == place ? 180 : 30) + 30 * generator.normal())))
    }
  }

  static func task(
    _ name: String, labels: Int, count: Int, label: (Int, Int, inout SeededGenerator) -> Int
  ) -> TransferTask {
    func side(_ purpose: String) -> (ImageSet, [Int32]) {
      var generator = SeededGenerator(seed: 5, purpose: purpose)
      var (pixels, truth): ([UInt8], [Int32]) = ([], [])
      for _ in 0..<count {
        let (place, direction) = (generator.integer(below: 6), generator.integer(below: 2))
        pixels += image(place, direction: direction, &generator)
        truth.append(Int32(label(place, direction, &generator)))
      }
      return (ImageSet(count: count, height: 6, width: 6, pixels: pixels), truth)
    }
    let (training, test) = (side("training"), side("test"))
    return TransferTask(
      name: name, labels: labels, trainingImages: .images(training.0), trainingLabels: training.1,
      testImages: .images(test.0),
      testLabels: test.1)
  }

  /// A body that was trained to tell columns and rows apart.
  static func body(steps: Int) throws -> Network {
    let source = task("source", labels: 12, count: 1_000) { place, direction, _ in direction * 6 + place }
    var recipe = Recipe(steps: steps, learningRate: 0.05)
    recipe.batch = 64
    let set = TrainingSet(
      source.trainingImages, labels: source.trainingLabels, normalisation: .fashionMNIST)
    return try MultilayerPerceptron(hidden: [24, 12])
      .train(on: set, classes: 12, recipe: recipe, seed: 2, context: .unobserved)
  }

  /// A body that has learnt nothing.
  static func fresh(hidden: [Int], seed: UInt64) -> Network {
    MultilayerPerceptron(hidden: hidden)
      .network(for: .vector(width: 36), normalisation: .fashionMNIST, classes: 12, seed: seed)
  }

  static let direction = task("direction", labels: 2, count: 400) { _, direction, _ in direction }
  static let place = task("place", labels: 6, count: 400) { place, _, _ in place }
  static let noise = task("noise", labels: 4, count: 800) { _, _, generator in generator.integer(below: 4) }
}

@Suite struct TaskAdaptationTests {
  @Test func aTrainedBodyIsWorthMoreThanAnUntrainedOne() throws {
    let tasks = [Stripes.direction, Stripes.place]
    let trained = try TaskAdaptation.measure(Stripes.body(steps: 400), tasks: tasks, seed: 0).metrics
    let fresh = try TaskAdaptation.measure(
      Stripes.fresh(hidden: [24, 12], seed: 2), tasks: tasks, seed: 0
    ).metrics
    #expect(trained["transfer.direction"]! > 0.85 && trained["transfer.place"]! > 0.97)
    #expect(trained["transfer"]! > fresh["transfer"]! + 0.1)
    #expect(trained["transfer"] == (trained["transfer.direction"]! + trained["transfer.place"]!) / 2)
  }

  @Test func fineTuningAdaptsTheBodyToo() throws {
    let body = try Stripes.body(steps: 400)
    let tasks = [Stripes.direction, Stripes.place]
    let tuned = try TaskAdaptation.measure(body, tasks: tasks, mode: .fineTune, seed: 0).metrics
    let frozen = try TaskAdaptation.measure(body, tasks: tasks, seed: 0).metrics
    #expect(tuned["transfer.place"]! > 0.97 && tuned["transfer"]! > frozen["transfer"]!)
    #expect(try TaskAdaptation.measure(body, tasks: tasks, mode: .fineTune, seed: 0).metrics == tuned)
    let guessed = try TaskAdaptation.measure(body, tasks: [Stripes.noise], mode: .fineTune, seed: 0).metrics[
      "transfer.noise"]!
    #expect(abs(guessed - 0.25) < 0.062)
  }

  @Test func labelsThatMeanNothingAreGuessedAtChance() throws {
    for network in [try Stripes.body(steps: 100), Stripes.fresh(hidden: [], seed: 1)] {
      let found = try TaskAdaptation.measure(network, tasks: [Stripes.noise], seed: 0).metrics["transfer.noise"]!
      // Four standard errors of 800 guesses.
      #expect(abs(found - 0.25) < 0.062)
    }
  }

  @Test func oneLabelledSetIsDividedAlikeEveryTime() throws {
    let source = Stripes.task("source", labels: 6, count: 150) { place, _, _ in place }
    let task = try TransferTask(name: "own", images: source.trainingImages, labels: source.trainingLabels)
    #expect(task.trainingLabels.count == 75 && task.testLabels.count == 75 && task.labels == 6)
    func images(_ set: SampleSet) -> [[UInt8]] { (0..<set.count).map { set.bytes(of: $0) } }
    let both = images(task.trainingImages) + images(task.testImages)
    #expect(Set(both) == Set(images(source.trainingImages)) && both.count == 150)
    #expect(try TransferTask(name: "own", images: source.trainingImages, labels: source.trainingLabels) == task)
    for labels: [Int32] in [[3, 3], [0]] {
      let few = source.trainingImages.selecting(Array(labels.indices))
      #expect(throws: DatasetError.self) { try TransferTask(name: "own", images: few, labels: labels) }
    }
  }

  @Test func fewImagesOrOneLabelAreEnough() throws {
    let one = SampleSet.images(ImageSet(count: 1, height: 6, width: 6, pixels: [UInt8](repeating: 9, count: 36)))
    let task = TransferTask(
      name: "one", labels: 3, trainingImages: one, trainingLabels: [2], testImages: one, testLabels: [2])
    #expect(task.chance == 1)
    #expect(try TaskAdaptation.measure(Stripes.body(steps: 1), tasks: [task], seed: 0).metrics["transfer.one"] == 1)
    #expect(try TaskAdaptation.measure(Stripes.body(steps: 1), tasks: [], seed: 0) == Measurement())
  }

  @Test func theSameSeedGivesTheSameBitsAndStoppingThrows() throws {
    let body = try Stripes.body(steps: 20)
    let tasks = [Stripes.place, Stripes.noise]
    let first = try TaskAdaptation.measure(body, tasks: tasks, seed: 3).metrics
    #expect(try TaskAdaptation.measure(body, tasks: tasks, seed: 3).metrics == first)
    // A task does not depend on the others.
    #expect(
      try TaskAdaptation.measure(body, tasks: [Stripes.noise], seed: 3).metrics["transfer.noise"]
        == first["transfer.noise"]
    )
    for questions in [0, 1, 40] {
      #expect(throws: CancellationError.self) {
        try TaskAdaptation.measure(body, tasks: tasks, seed: 3, context: Questions(until: questions).context)
      }
    }
  }
}
