import Sweeps
import Testing
import Utilities

/// What utilities measured of a small world when their versions were last raised. A change of these values is a change of what
/// is measured: raise the version of the row, so that stored outcomes of the old one are not taken for new ones, and record
/// the values again.
@Suite struct RecordedValuesTests {
  private let world = SmallWorld()

  @Test func versionsAreThoseOfTheRecordedValues() {
    let versions = UtilityTable.builtIn.versions
    let second = ["classification", "deployment", "further-set", "quality"].map { "utility \($0)" }
    #expect(versions.count == 12 && versions.allSatisfy { $0.value == (second.contains($0.key) ? 2 : 1) })
  }

  @Test func noisyLabels() throws {
    let found = try world.measure(world.web, Array(0..<85), network: world.madeUpNetwork)
    check(found, Self.noisy)
    let halves = ["accuracy.half-1", "accuracy.half-2"]
    let likeness = ["data.likeness-threshold", "data.likeness-chance"]
    #expect(
      Set(found.metrics.keys.filter { !$0.hasPrefix("cost.") }) == Set(Self.noisy.keys).union(halves).union(likeness))
    // The largest cosine of two of the 90 test images.
    #expect(found.metrics["data.likeness-chance"] == 0)
    // Of 15 images a class eight are in the first half; 80 of all 90 are right.
    #expect(halves.map { found.counts[$0] } == [48, 42])
    let rightOfHalves = halves.map { (found.metrics[$0] ?? .nan) * Double(found.counts[$0] ?? 0) }
    #expect(abs(rightOfHalves[0] + rightOfHalves[1] - 80) < 1e-9)
    #expect(
      found.confusion?.rows == [
        [12, 0, 0, 0, 0, 3], [0, 13, 0, 1, 1, 0], [2, 0, 13, 0, 0, 0], [0, 0, 0, 15, 0, 0], [0, 0, 1, 1, 13, 0],
        [0, 1, 0, 0, 0, 14],
      ])
    #expect(found.perClass["count"] == [15, 14, 14, 14, 14, 14])
    let right: [Double] = [12, 13, 13, 15, 13, 14]
    #expect(found.perClass["accuracy"] == right.map { $0 / 15 })
    let precision: [Double] = [12.0 / 14, 13.0 / 14, 13.0 / 14, 15.0 / 17, 13.0 / 14, 14.0 / 17]
    #expect(found.perClass["precision"] == precision)
  }

  @Test func twoClassesOfTheReference() throws {
    check(
      try world.measure(world.expert, Array(stride(from: 0, to: 120, by: 3)), network: world.madeUpNetwork),
      Self.twoClasses)
  }

  @Test func repeatedImagesUnderOtherSettings() throws {
    var settings = EvaluationSettings()
    (settings.transfer, settings.absentClasses, settings.memoryPerClass) = (.fineTune, .absentAsPublished, 5)
    let subset = (10..<50).filter { $0 % 6 != 2 } + [10, 11, 12, 13, 15]
    check(
      try world.measure(world.web, subset, settings: settings, network: world.madeUpNetwork), Self.repeated)
  }

  /// Shares to the bit; other numbers as far as kernels of different processors agree.
  private func check(_ found: Measurement, _ recorded: [String: Double]) {
    for (name, value) in recorded {
      let own = found.metrics[name] ?? .nan
      let isEqual = found.counts[name] != nil ? own == value : abs(own - value) <= 1e-6 * max(1, abs(value))
      #expect(isEqual, "\(name) is \(own), not \(value)")
    }
  }

  private static let noisy: [String: Double] = [
    "accuracy": 0.8888888888888888,
    "accuracy.top5": 1.0,
    "accuracy.worst-class": 0.8,
    "accuracy.worst-tenth": 0.8,
    "brier": 0.2670198817851414,
    "correlation.precision-count": -0.3757575901286005,
    "correlation.precision-count.spearman": -0.41736500618415145,
    "correlation.precision-recall": -0.22431246845606134,
    "correlation.precision-recall.spearman": -0.22580645161290322,
    "data.cmmd": -0.1366749427933467,
    "data.coverage": 6.0,
    "data.exp-entropy": 5.997955818492235,
    "data.expert-coverage": 1.0,
    "data.expert-density": 0.9529411764705882,
    "data.expert-precision": 0.9294117647058824,
    "data.expert-recall": 0.9294117647058824,
    "data.gini": 0.00980392156862745,
    "data.imbalance": 1.0714285714285714,
    "data.inception-score": 5.989273792628394,
    "data.label-noise": 0.1411764705882353,
    "data.leakage": 0.047058823529411764,
    "data.ls5pct": 0.17647058823529413,
    "data.lt500": 6.0,
    "data.near-duplicates": 0.8117647058823529,
    "ece": 0.2995408064789242,
    "nll": 0.5884715449184779,
    "representation.knn10": 0.9111111111111111,
    "representation.knn10.top5": 1.0,
    "representation.knn100": 0.9111111111111111,
    "representation.knn100.top5": 1.0,
    "representation.knn20": 0.9222222222222223,
    "representation.knn20.top5": 1.0,
    "representation.knn200": 0.9111111111111111,
    "representation.knn200.top5": 1.0,
    "robustness": 0.7166666666666667,
    "robustness.fog": 0.7166666666666667,
    "robustness.fog.1": 0.85,
    "robustness.fog.2": 0.5833333333333334,
    "robustness.snow": 0.7166666666666667,
    "robustness.snow.1": 0.85,
    "robustness.snow.2": 0.5833333333333334,
    "transfer": 1.0,
    "transfer.halves": 1.0,
    "transfer.thirds": 1.0,
  ]

  private static let twoClasses: [String: Double] = [
    "correlation.precision-count": -0.3758749471425896,
    "correlation.precision-count.spearman": -0.4399413450640599,
    "data.cmmd": 5.450291132359064,
    "data.coverage": 2.0,
    "data.exp-entropy": 2.0,
    "data.expert-coverage": 0.0,
    "data.expert-density": 0.0,
    "data.expert-precision": 0.0,
    "data.expert-recall": 0.0,
    "data.gini": 0.6666666666666666,
    "data.imbalance": 1.0,
    "data.inception-score": 1.6496193309350093,
    "data.label-noise": 0.0,
    "data.ls5pct": 0.5,
    "representation.knn10": 0.3333333333333333,
    "representation.knn10.top5": 0.3333333333333333,
    "representation.knn100": 0.3333333333333333,
    "representation.knn20": 0.3333333333333333,
    "representation.knn200": 0.3333333333333333,
  ]

  private static let repeated: [String: Double] = [
    "correlation.precision-count": -0.558132987810707,
    "correlation.precision-count.spearman": -0.6468431588153823,
    "data.cmmd": -0.0010391546811927554,
    "data.coverage": 5.0,
    "data.exp-entropy": 4.928968626670635,
    "data.expert-coverage": 0.8461538461538461,
    "data.expert-density": 1.0307692307692307,
    "data.expert-precision": 1.0,
    "data.expert-recall": 0.7435897435897436,
    "data.gini": 0.24358974358974358,
    "data.imbalance": 1.6666666666666667,
    "data.inception-score": 4.98629437026426,
    "data.label-noise": 0.10256410256410256,
    "data.leakage": 0.05128205128205128,
    "data.ls5pct": 0.2564102564102564,
    "data.near-duplicates": 0.717948717948718,
    "representation.knn10": 0.7555555555555555,
    "representation.knn10.top5": 0.9333333333333333,
    "representation.knn100": 0.7444444444444445,
    "representation.knn100.top5": 0.9888888888888889,
    "representation.knn20": 0.7444444444444445,
    "representation.knn20.top5": 0.9888888888888889,
    "representation.knn200": 0.7444444444444445,
    "representation.knn200.top5": 0.9888888888888889,
    "transfer": 0.95,
    "transfer.halves": 0.95,
    "transfer.thirds": 0.95,
  ]
}
