import Core
import Datasets
import Models
import Numerics
import Samples
import Sweeps
import Testing
import Utilities

/// A small world of `classes` classes: images of one bright column each, on noise, and features that are their pixels.
struct SmallWorld {
  let classes: Int
  let sets: EvaluationSets
  let deployment: LabelledImages
  let expert: Pool
  let web: Pool
  let network: Network

  init(classes: Int = 6, size: Int = 6) {
    self.classes = classes
    func images(_ count: Int, noise: Double, _ seed: UInt64) -> (ImageSet, [Int32]) {
      var generator = SeededGenerator(seed: seed, purpose: "images")
      var pixels: [UInt8] = []
      for image in 0..<count {
        for pixel in 0..<size * size {
          let signal = pixel % size == image % classes ? 200.0 : 20
          pixels.append(UInt8(max(0, min(255, signal + noise * generator.normal()))))
        }
      }
      return (
        ImageSet(count: count, height: size, width: size, pixels: pixels), (0..<count).map { Int32($0 % classes) }
      )
    }
    func features(_ images: ImageSet) -> Matrix {
      Matrix(rows: images.count, columns: size * size, values: images.pixels.map { Float($0) - 60 })
    }
    func labelled(_ count: Int, noise: Double, _ seed: UInt64) -> LabelledImages {
      let (images, labels) = images(count, noise: noise, seed)
      return LabelledImages(images: images, labels: labels, features: features(images))
    }
    func pool(_ shift: String, _ seed: UInt64, wrong: Int) -> Pool {
      let (images, labels) = images(120, noise: 60, seed)
      let observed = labels.enumerated().map { $0.offset < wrong ? ($0.element + 1) % Int32(classes) : $0.element }
      return Pool(
        shift: shift, images: images, classNames: (0..<classes).map { "class \($0)" }, observedLabels: observed,
        trueLabels: labels, sourceIDs: (0..<120).map(UInt32.init), features: features(images), labelOrigin: "made",
        licence: "none")
    }
    let corrupted = [("fog", 1), ("fog", 2), ("snow", 1), ("snow", 2)].map { kind, severity in
      EvaluationSets.Corruption(
        kind: kind, severity: severity, images: images(60, noise: 150 * Double(severity), UInt64(severity)).0)
    }
    sets = EvaluationSets(
      base: labelled(90, noise: 140, 3), corruptions: corrupted, corruptionLabels: (0..<60).map { Int32($0 % classes) },
      transfer: [("halves", 2), ("thirds", 3)].map { name, labels in
        let (training, test) = (images(60, noise: 60, 20), images(60, noise: 60, 21))
        func group(_ label: Int32) -> Int32 { label % Int32(labels) }
        return TransferTask(
          name: name, labels: labels, trainingImages: training.0, trainingLabels: training.1.map(group),
          testImages: test.0, testLabels: test.1.map(group))
      })
    deployment = labelled(30, noise: 90, 5)
    expert = pool("expert", 10, wrong: 0)
    web = pool("crowdsourced", 11, wrong: 12)
    let set = TrainingSet(images: web.images, labels: web.observedLabels, normalisation: .fashionMNIST)
    network = try! MultilayerPerceptron(hidden: []).train(
      on: set, classes: classes, recipe: Recipe(steps: 60, learningRate: 0.02), seed: 1, context: .unobserved)
  }

  func evaluate(
    _ pool: Pool, _ subset: [Int], options: Evaluator.Options = .init(), shouldContinue: () -> Bool = { true }
  ) throws -> TrialEvaluation {
    try Evaluator.evaluate(
      network: network, pool: pool, subset: subset, labels: subset.map { pool.observedLabels[$0] }, expert: expert,
      sets: sets, seed: 7, options: options, shouldContinue: shouldContinue)
  }
}

@Suite struct EvaluatorTests {
  private let world = SmallWorld()

  @Test func everyMetricIsInTheCatalogueAndWithinItsRange() throws {
    let metrics = try world.evaluate(world.web, Array(0..<85)).metrics
    for (name, value) in metrics {
      let metric = try #require(MetricCatalogue.metric(name), "\(name) is not in the catalogue")
      #expect(value.isFinite)
      if metric.unit == .fraction { #expect((0...1).contains(value), "\(name) = \(value)") }
    }
    // All but cost, what compares trials, and what is measured on further sets and on tasks that this world lacks.
    for metric in MetricCatalogue.metrics where metric.group != .cost && !MetricCatalogue.derived.contains(metric) {
      guard !metric.name.hasPrefix("deployment"), !metric.name.hasPrefix("transfer.") else { continue }
      #expect(metrics[metric.name] != nil, "\(metric.name) is missing")
    }
  }

  @Test func aFurtherSetIsMeasuredByTheNetworkAlone() throws {
    let predicted = world.network.predictions(of: world.deployment.images)
    let right = zip(predicted, world.deployment.labels).count { $0 == $1 }
    #expect(
      Evaluator.measure(network: world.network, on: world.deployment.images, labels: world.deployment.labels)[
        "accuracy"]
        == Double(right) / 30)
    let metrics = Evaluator.measure(
      network: world.network, on: world.deployment.images, labels: world.deployment.labels)
    for name in metrics.keys where name != "accuracy" {
      #expect(MetricCatalogue.metrics.contains { $0.name == "deployment.\(name)" })
    }
  }

  @Test func robustnessIsTheMeanOfKindsAndSeverities() throws {
    let metrics = try world.evaluate(world.web, Array(0..<85)).metrics
    let each = ["fog.1", "fog.2", "snow.1", "snow.2"].compactMap { metrics["robustness.\($0)"] }
    #expect(each.count == 4 && abs(metrics["robustness"]! - each.reduce(0, +) / 4) < 1e-12)
    #expect(abs(metrics["robustness.fog"]! - (each[0] + each[1]) / 2) < 1e-12)
    #expect(metrics["accuracy"]! > metrics["robustness"]! && metrics["robustness"]! > 1.0 / 6)
  }

  @Test func countsNoiseAndConfusionDescribeTheSubset() throws {
    let found = try world.evaluate(world.web, Array(0..<24))
    #expect(found.metrics["data.label-noise"] == 0.5 && found.perClass["count"]?.reduce(0, +) == 24)
    #expect(found.confusion.map { $0.reduce(0, +) } == [Int](repeating: 15, count: 6))
    #expect(found.perClass["accuracy"] == ConfusionMatrix(counts: found.confusion).recall)
  }

  @Test func expertSubsetsAreComparedWithTheExpertImagesTheyLeaveOut() throws {
    let half = try world.evaluate(world.expert, Array(0..<60)).metrics
    #expect(abs(half["data.cmmd"]!) < 0.5 && half["data.expert-coverage"]! < 1)
    let all = try world.evaluate(world.expert, Array(0..<120)).metrics
    #expect(all["data.cmmd"] == nil && all["data.inception-score"] == nil && all["data.near-duplicates"] != nil)
  }

  @Test func oneImageIsEnough() throws {
    let metrics = try world.evaluate(world.web, [50]).metrics
    #expect(metrics["data.coverage"] == 1 && metrics["data.gini"] == 5.0 / 6)
    #expect(metrics["data.cmmd"] == nil && metrics["data.near-duplicates"] == 0)
    #expect(abs(metrics["representation.knn200"]! - 1.0 / 6) < 1e-12)
  }

  @Test func classesWithoutImagesAreNotRecognised() throws {
    let one = (0..<120).filter { world.web.observedLabels[$0] == 2 }
    #expect(try world.evaluate(world.web, one).metrics["representation.knn10.top5"] == 1.0 / 6)
  }

  @Test func optionsChangeWhatTheyName() throws {
    // One class has no image, another a single one.
    let subset =
      (0..<120).filter { world.web.observedLabels[$0] > 1 } + [(0..<120).first { world.web.observedLabels[$0] == 1 }!]
    let plain = try world.evaluate(world.web, subset).metrics
    let options = Evaluator.Options(transfer: .fineTune, absentClasses: .absentAsPublished, memoryPerClass: 5)
    let changed = try world.evaluate(world.web, subset, options: options).metrics
    let different = plain.keys.filter { plain[$0] != changed[$0] }
    #expect(different.contains("transfer") && different.contains("representation.knn10"))
    #expect(different.allSatisfy { $0.hasPrefix("transfer") || $0.hasPrefix("representation.") })
  }

  @Test func equalInputsGiveEqualBits() throws {
    let subset = Array(stride(from: 0, to: 120, by: 2))
    #expect(try world.evaluate(world.web, subset) == world.evaluate(world.web, subset))
  }

  @Test func aStoppedEvaluationThrows() throws {
    for questions in 0..<9 {
      var remaining = questions
      #expect(throws: CancellationError.self) {
        try world.evaluate(world.web, [1, 2, 3]) {
          remaining -= 1
          return remaining >= 0
        }
      }
    }
  }
}
