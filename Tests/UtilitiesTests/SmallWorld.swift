import Core
import Datasets
import Economics
import Models
import Numerics
import Samples
import Sweeps
import TestSupport
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
      return LabelledImages(images: .images(images), labels: labels, features: features(images))
    }
    func pool(_ shift: String, _ seed: UInt64, wrong: Int) -> Pool {
      let (images, labels) = images(120, noise: 60, seed)
      let observed = labels.enumerated().map { $0.offset < wrong ? ($0.element + 1) % Int32(classes) : $0.element }
      return Pool(
        shift: shift, images: .images(images), classNames: (0..<classes).map { "class \($0)" },
        observedLabels: observed,
        trueLabels: labels, sourceIDs: (0..<120).map(UInt32.init), features: features(images), labelOrigin: "made",
        licence: "none",
        normalisation: .fashionMNIST)
    }
    let corrupted = [("fog", 1), ("fog", 2), ("snow", 1), ("snow", 2)].map { kind, severity in
      EvaluationSets.Corruption(
        kind: kind, severity: severity, images: .images(images(60, noise: 150 * Double(severity), UInt64(severity)).0))
    }
    sets = EvaluationSets(
      base: labelled(90, noise: 140, 3), corruptions: corrupted, corruptionLabels: (0..<60).map { Int32($0 % classes) },
      transfer: [("halves", 2), ("thirds", 3)].map { name, labels in
        let (training, test) = (images(60, noise: 60, 20), images(60, noise: 60, 21))
        func group(_ label: Int32) -> Int32 { label % Int32(labels) }
        return TransferTask(
          name: name, labels: labels, trainingImages: .images(training.0), trainingLabels: training.1.map(group),
          testImages: .images(test.0), testLabels: test.1.map(group))
      })
    deployment = labelled(30, noise: 90, 5)
    expert = pool("expert", 10, wrong: 0)
    web = pool("crowdsourced", 11, wrong: 12)
    network = try! MultilayerPerceptron(hidden: []).train(
      on: TrainingSet(web.images, labels: web.observedLabels, normalisation: web.normalisation), classes: classes,
      recipe: Recipe(steps: 60, learningRate: 0.02), seed: 1, context: .unobserved)
  }

  /// What there is to be measured on it.
  var description: DatasetDescription {
    func things(_ names: [String]) -> [MeasuredThing] {
      names.map {
        MeasuredThing(name: $0, title: Words(english: $0, japanese: $0), meaning: Words(english: $0, japanese: $0))
      }
    }
    let built = DatasetDescription.builtIn()
    return DatasetDescription(
      kind: "small", classes: (0..<classes).map { "class \($0)" }, shape: sets.base.images.shape, parts: built.parts,
      pools: [], corruptions: things(["fog", "snow"]), severities: 2, transfer: things(["halves", "thirds"]))
  }

  /// A trial that bought `subset` of `pool`.
  func subject(
    _ pool: Pool, _ subset: [Int], settings: EvaluationSettings = EvaluationSettings(), network: Network? = nil
  ) -> MeasuredSubject {
    var ledger = Ledger(budget: Money(100))
    ledger.charge(.selection, .score, quantity: 1, at: Money(2))
    ledger.charge(.purchase, .store, quantity: subset.count, at: Money(0.5))
    return MeasuredSubject(
      network: network ?? self.network,
      choice: .init(pool: pool, rows: subset, labels: subset.map { pool.observedLabels[$0] }, ledger: ledger),
      reference: expert, sets: sets, settings: settings, seed: 7)
  }

  func measure(
    _ pool: Pool, _ subset: [Int], settings: EvaluationSettings = EvaluationSettings(), network: Network? = nil,
    context: TaskContext = .unobserved
  ) throws -> Measurement {
    try UtilityTable.builtIn.measure(
      .trial, subject(pool, subset, settings: settings, network: network), context: context)
  }

  /// A network that nobody trained: what is measured of it depends on no trainer.
  var madeUpNetwork: Network {
    var generator = SeededGenerator(seed: 5, purpose: "weights")
    let weights = (0..<6 * 36).map { Float(generator.normal()) * 0.1 + ($0 % 36 % 6 == $0 / 36 ? 0.3 : 0) }
    return Network(
      input: .image(height: 6, width: 6, channels: 1), normalisation: .fashionMNIST,
      layers: [
        .linear(weights: Matrix(rows: 6, columns: 36, values: weights), bias: [Float](repeating: 0, count: 6))
      ])
  }
}
