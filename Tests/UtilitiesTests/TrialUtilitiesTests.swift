import Core
import Datasets
import Sweeps
import Testing
import Utilities

@Suite struct TrialUtilitiesTests {
  private let world = SmallWorld()

  @Test func everyMetricIsInTheCatalogueAndWithinItsRange() throws {
    let found = try world.measure(world.web, Array(0..<85))
    let catalogue = UtilityTable.builtIn.catalogue(for: world.description)
    for (name, value) in found.metrics {
      let metric = try #require(catalogue[name: name], "\(name) is not in the catalogue")
      #expect(value.isFinite)
      if metric.unit == .fraction { #expect((0...1).contains(value), "\(name) = \(value)") }
    }
    // All but what compares trials, and what is measured on further sets.
    for metric in catalogue.metrics where metric.origin == .measured && !metric.name.hasPrefix("deployment") {
      #expect(found.metrics[metric.name] != nil, "\(metric.name) is missing")
    }
  }

  @Test func sharesKnowWhatTheyAreSharesOf() throws {
    let found = try world.measure(world.web, Array(0..<85))
    for (name, count) in found.counts {
      let whole = try #require(found.metrics[name]) * Double(count)
      #expect(abs(whole - whole.rounded()) < 1e-9, "\(name) is \(whole) of \(count)")
    }
    #expect(
      found.counts["accuracy"] == 90 && found.counts["robustness"] == 240 && found.counts["robustness.fog"] == 120)
    #expect(found.counts["accuracy.worst-class"] == 15 && found.counts["data.label-noise"] == 85)
    #expect(found.counts["transfer.halves"] == 60 && found.counts["transfer"] == nil && found.counts["nll"] == nil)
  }

  @Test func moneyIsThatOfTheLedger() throws {
    let metrics = try world.measure(world.web, Array(0..<20)).metrics
    #expect(metrics["cost.total"] == 12 && metrics["cost.selection"] == 2 && metrics["cost.items"] == 20)
    #expect(metrics["cost.per-accuracy-point"] == 12 / (100 * metrics["accuracy"]!))
  }

  @Test func robustnessIsTheMeanOfKindsAndSeverities() throws {
    let metrics = try world.measure(world.web, Array(0..<85)).metrics
    let each = ["fog.1", "fog.2", "snow.1", "snow.2"].compactMap { metrics["robustness.\($0)"] }
    #expect(each.count == 4 && abs(metrics["robustness"]! - each.reduce(0, +) / 4) < 1e-12)
    #expect(abs(metrics["robustness.fog"]! - (each[0] + each[1]) / 2) < 1e-12)
    #expect(metrics["accuracy"]! > metrics["robustness"]! && metrics["robustness"]! > 1.0 / 6)
  }

  @Test func countsNoiseAndConfusionDescribeTheSubset() throws {
    let found = try world.measure(world.web, Array(0..<24))
    #expect(found.metrics["data.label-noise"] == 0.5 && found.perClass["count"]?.reduce(0, +) == 24)
    let confusion = try #require(found.confusion)
    #expect(confusion.rows.map { $0.reduce(0, +) } == [Int](repeating: 15, count: 6))
    #expect(found.perClass["accuracy"] == ConfusionMatrix(confusion).recall)
  }

  @Test func expertSubsetsAreComparedWithTheExpertImagesTheyLeaveOut() throws {
    let half = try world.measure(world.expert, Array(0..<60)).metrics
    #expect(abs(half["data.cmmd"]!) < 0.5 && half["data.expert-coverage"]! < 1)
    let all = try world.measure(world.expert, Array(0..<120)).metrics
    #expect(all["data.cmmd"] == nil && all["data.inception-score"] == nil && all["data.near-duplicates"] != nil)
  }

  @Test func oneImageIsEnough() throws {
    let metrics = try world.measure(world.web, [50]).metrics
    #expect(metrics["data.coverage"] == 1 && metrics["data.gini"] == 5.0 / 6)
    #expect(metrics["data.cmmd"] == nil && metrics["data.near-duplicates"] == 0)
    #expect(abs(metrics["representation.knn200"]! - 1.0 / 6) < 1e-12)
  }

  @Test func classesWithoutImagesAreNotRecognised() throws {
    let one = (0..<120).filter { world.web.observedLabels[$0] == 2 }
    #expect(try world.measure(world.web, one).metrics["representation.knn10.top5"] == 1.0 / 6)
  }

  @Test func optionsChangeWhatTheyName() throws {
    // One class has no image, another a single one.
    let subset =
      (0..<120).filter { world.web.observedLabels[$0] > 1 } + [(0..<120).first { world.web.observedLabels[$0] == 1 }!]
    let plain = try world.measure(world.web, subset).metrics
    var settings = EvaluationSettings()
    (settings.transfer, settings.absentClasses, settings.memoryPerClass) = (.fineTune, .absentAsPublished, 5)
    let changed = try world.measure(world.web, subset, settings: settings).metrics
    let different = plain.keys.filter { plain[$0] != changed[$0] }
    #expect(different.contains("transfer") && different.contains("representation.knn10"))
    #expect(different.allSatisfy { $0.hasPrefix("transfer") || $0.hasPrefix("representation.") })
  }

  @Test func equalInputsGiveEqualBits() throws {
    let subset = Array(stride(from: 0, to: 120, by: 2))
    #expect(try world.measure(world.web, subset) == world.measure(world.web, subset))
  }

  @Test func aStoppedMeasurementThrowsWhereverItIs() throws {
    let whole = Questions(until: .max)
    _ = try world.measure(world.web, [1, 2, 3], context: whole.context)
    // Every utility asks at its beginning, and those that take long ask within.
    #expect(whole.asked > 60)
    for questions in [0, 1, 2, 5, 10, 20, 50, whole.asked - 1] {
      let some = Questions(until: questions)
      #expect(throws: CancellationError.self) {
        _ = try world.measure(world.web, [1, 2, 3], context: some.context)
      }
      #expect(some.asked == questions + 1)
    }
  }

  @Test func progressGrowsToTheEnd() throws {
    let questions = Questions(until: .max)
    _ = try world.measure(world.web, Array(0..<85), context: questions.context)
    let shares = questions.shares
    #expect(shares.first == 0 && shares.last == 1 && zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
  }
}
