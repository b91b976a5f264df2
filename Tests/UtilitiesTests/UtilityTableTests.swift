import Core
import Datasets
import Samples
import Sweeps
import TestSupport
import Testing
import Utilities

/// The smallest possible utility: how many rows were chosen.
private struct RowCount: UtilityKind {
  var name: String { "row-count" }
  var version: Int { 3 }
  var needs: Set<UtilityNeed> = [.choice]
  var placement: UtilityPlacement = .trial
  var measured = "toy.rows"
  var announced = "toy.rows"

  func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      Metric(
        announced, Words(english: "Rows", japanese: "行"), Words(english: "rows chosen", japanese: "選んだ行の数"),
        unit: .count, .descriptive, .data)
    ]
  }

  func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    Measurement(metrics: [measured: Double(subject.choice?.rows.count ?? 0)])
  }
}

@Suite struct UtilityTableTests {
  private let world = SmallWorld()
  private static let sets = [
    SetDescription(name: "sketch", part: "set.sketch", meaning: .classes),
    SetDescription(name: "coarser", part: "set.coarser", meaning: .map([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])),
    SetDescription(name: "faces", part: "transfer.faces", meaning: .task),
  ]
  private static let catalogue = UtilityTable.builtIn.catalogue(for: .builtIn(sets: sets))

  @Test("every metric is worded in English and in Japanese", arguments: catalogue.metrics)
  func words(metric: Metric) {
    let isJapanese = { (text: String) in
      text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) || (0x4E00...0x9FFF).contains($0.value) }
    }
    for words in [metric.title, metric.meaning] { #expect(!isJapanese(words.english), "\(metric.name)") }
    #expect(isJapanese(metric.meaning.japanese), "\(metric.name)")
    #expect(!metric.title.english.isEmpty && metric.title.english.count <= 24, "\(metric.name)")
    #expect(!metric.title.japanese.isEmpty, "\(metric.name)")
    #expect(metric.meaning.english.count > 10 && !metric.meaning.english.hasSuffix("."), "\(metric.name)")
  }

  @Test func theBuiltInDataSetHasTheMetricsOfRelease1AndHalves() {
    let names = Self.catalogue.metrics.map(\.name)
    #expect(Set(names).count == names.count)
    let corruptions = CorruptionKind.allCases.flatMap { kind in
      ["robustness.\(kind.rawValue)"] + (1...5).map { "robustness.\(kind.rawValue).\($0)" }
    }
    let classes = ["accuracy", "accuracy.worst-class", "accuracy.worst-tenth", "accuracy.top5", "nll", "brier", "ece"]
    let neighbours = [10, 20, 100, 200].flatMap { ["representation.knn\($0)", "representation.knn\($0).top5"] }
    let transfer = ["transfer"] + TransferTasks.names.map { "transfer.\($0)" } + ["transfer.faces"]
    let deployment = ["deployment", "deployment.nll", "deployment.ece", "deployment.cmmd"]
    let sets = ["sketch", "coarser"].flatMap { ["set.\($0)", "set.\($0).nll", "set.\($0).ece"] }
    let cost = ["cost.total", "cost.selection", "cost.items", "cost.per-accuracy-point"]
    let data = [
      "coverage", "lt500", "ls5pct", "gini", "exp-entropy", "imbalance", "label-noise", "near-duplicates", "leakage",
      "likeness-threshold", "likeness-chance",
      "cmmd", "inception-score", "expert-precision", "expert-recall", "expert-density", "expert-coverage",
    ].map { "data.\($0)" }
    let pairs = [
      "precision-count", "accuracy-confusion-skewness", "precision-recall", "baseline-accuracy", "baseline-count",
    ].flatMap { ["correlation.\($0)", "correlation.\($0).spearman"] }
    let all =
      classes + neighbours + transfer + ["robustness", "robustness.mce"] + corruptions + deployment + sets + cost + data
      + pairs
    let halves = ["accuracy", "deployment", "set.sketch", "set.coarser"].flatMap { ["\($0).half-1", "\($0).half-2"] }
    #expect(Set(names).symmetricDifference(all + halves).sorted() == [])
  }

  @Test func headlineMetricsHaveAGoodSide() {
    let headline = Self.catalogue.headline
    #expect(
      headline.map(\.name) == [
        "accuracy", "accuracy.worst-class", "representation.knn20", "transfer", "robustness", "deployment",
        "set.sketch",
        "set.coarser",
      ])
    #expect(headline.allSatisfy { $0.direction == .higherIsBetter })
  }

  @Test func metricsOfSeveralTrialsAreNamed() {
    #expect(
      Self.catalogue.derived.map(\.name) == [
        "robustness.mce", "correlation.baseline-accuracy", "correlation.baseline-accuracy.spearman",
        "correlation.baseline-count", "correlation.baseline-count.spearman",
      ])
  }

  @Test func corruptionsAndTasksAreSpokenOfInTheWordsOfTheDataSet() throws {
    let fog = try #require(Self.catalogue[name: "robustness.fog"])
    #expect(fog.title == Words(english: "Under fog", japanese: "劣化：霧") && fog.thing?.japanese == "霧")
    let noise = try #require(Self.catalogue[name: "robustness.shot-noise.3"])
    #expect(noise.meaning.english == "top-1 accuracy under shot noise of severity 3 of 5")
    let rotation = try #require(Self.catalogue[name: "transfer.rotation"])
    #expect(rotation.meaning.japanese == "画像が90度単位でどれだけ回っているかを当てる下流タスクの正解率")
  }

  @Test func aDataSetThatLacksSomethingLacksItsMetrics() {
    let plain = DatasetDescription(
      kind: "plain", classes: ["a", "b"], shape: .vector(width: 3),
      parts: [PartDescription(name: "test", roles: [.evaluation], version: 1)], pools: [])
    let names = UtilityTable.builtIn.catalogue(for: plain).metrics.map(\.name)
    #expect(names.contains("accuracy") && names.contains("representation.knn10") && names.contains("data.leakage"))
    for name in ["accuracy.top5", "representation.knn10.top5", "transfer", "robustness", "deployment", "data.cmmd"] {
      #expect(!names.contains(name), "\(name)")
    }
  }

  @Test(arguments: [
    "", "set", "set.", "set.a", "set.sketch.ece.1", "robustness.", "transfer.", "transfer.a", "robustness.fog.0",
    "robustness.fog.6", "robustness.fog.03", "accuracies", "fog.1",
  ])
  func whatNothingCanMeasureHasNoMetric(name: String) { #expect(Self.catalogue[name: name] == nil) }

  @Test func aRowMoreIsMeasuredWithTheOthers() throws {
    let table = UtilityTable(UtilityTable.builtIn.rows + [RowCount()])
    let found = try table.measure(.trial, world.subject(world.web, [4, 7, 9]), context: .unobserved)
    #expect(found.metrics["toy.rows"] == 3 && found.metrics["accuracy"] != nil)
    #expect(
      table.versions(for: .trial)["utility row-count"] == 3 && table.catalogue(for: .builtIn())[name: "toy.rows"] != nil
    )
    #expect(UtilityTable.builtIn.versions(for: .measure(.deployment)) == ["utility deployment": 2])
  }

  @Test func aMetricThatIsNotAnnouncedCannotBeProduced() {
    let table = UtilityTable([RowCount(measured: "toy.columns")])
    #expect {
      try table.measure(.trial, world.subject(world.web, [4]), context: .unobserved)
    } throws: {
      "\($0)".contains("row-count") && "\($0)".contains("toy.columns")
    }
  }

  @Test func aRowWhoseNeedsAreNotMetMeasuresNothing() throws {
    let subject = world.subject(world.web, [4])
    for row in [RowCount(needs: [.deployment]), RowCount(placement: .measure(.deployment))] {
      #expect(try UtilityTable([row]).measure(.trial, subject, context: .unobserved) == Measurement())
    }
  }

  @Test func deploymentIsMeasuredUnderShortNames() throws {
    let sets = DeploymentSets(
      test: world.deployment, target: world.deployment.images, targetFeatures: world.deployment.features)
    let found = try UtilityTable.builtIn.measure(
      .measure(.deployment),
      MeasuredSubject(network: world.network, features: world.web.features.matrix, deployment: sets, seed: 1),
      context: .unobserved)
    let right = zip(world.network.predictions(of: world.deployment.images), world.deployment.labels).count { $0 == $1 }
    #expect(found.metrics.keys.sorted() == ["accuracy", "cmmd", "ece", "half-1", "half-2", "nll"])
    #expect(found.metrics["accuracy"] == Double(right) / 30 && found.counts["accuracy"] == 30)
    #expect(found.json["counts"]?["accuracy"]?.int == 30)
  }
}
