package import Core
package import Economics

/// One point of the grid.
package struct TrialPoint: Hashable, Sendable {
  package let strategy: StrategyChoice
  /// The shift that is chosen within, or ``mixedShift``.
  package let shift: String
  package let budget: Money
  package let seed: Int
  package let sizing: Sizing
  package let trainingLength: TrainingLength
  package let model: ModelChoice
  /// Which of the sweep's data sets; nil where it has one.
  package let variant: DatasetVariant?

  /// What stands for the shift of a trial that buys from several.
  package static let mixedShift = "mix"

  package init(
    strategy: StrategyChoice, shift: String, budget: Money, seed: Int, sizing: Sizing = .equalCost,
    trainingLength: TrainingLength = .equalSteps, model: ModelChoice = .standard, variant: DatasetVariant? = nil
  ) {
    self.strategy = strategy
    self.shift = shift
    self.budget = budget
    self.seed = seed
    self.sizing = sizing
    self.trainingLength = trainingLength
    self.model = model
    self.variant = variant
  }
}

/// What a trial measured: `Outcome.values` of a trial, typed.
package struct TrialValues: Hashable, Sendable {
  /// Scalars by metric name, for example `accuracy` or `robustness.fog.3`. Fractions, not percent.
  package var metrics: [String: Double]
  /// For metrics that are shares of a whole number of things, that number: an accuracy's test images. Values of one metric
  /// with the same number differ by whole counts. Absent in outcomes of release 1.
  package var counts: [String: Int]
  /// Per-class series by name (`accuracy`, `precision`, `recall`, `count`), each as long as the label set.
  package var perClass: [String: [Double]]
  /// Counts on the base test set.
  package var confusion: ConfusionCounts
  package var ledger: Ledger
  /// Items bought.
  package var items: Int
  /// Pool size and how many candidates were looked at.
  package var poolSize: Int
  package var candidates: Int
  /// What the reader should know, for example that every candidate was bought.
  package var remarks: [Remark]
  /// For a mix the share of the money that each shift was given; empty for a choice within one shift.
  package var split: [String: Double]

  package init(
    metrics: [String: Double], counts: [String: Int] = [:], perClass: [String: [Double]],
    confusion: ConfusionCounts = ConfusionCounts(rows: []), ledger: Ledger, items: Int,
    poolSize: Int, candidates: Int, remarks: [Remark], split: [String: Double] = [:]
  ) {
    self.metrics = metrics
    self.counts = counts
    self.perClass = perClass
    self.confusion = confusion
    self.ledger = ledger
    self.items = items
    self.poolSize = poolSize
    self.candidates = candidates
    self.remarks = remarks
    self.split = split
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "metrics": .object(metrics.mapValues { .number($0) }),
      "perClass": .object(perClass.mapValues { .array($0.map { .number($0) }) }),
      "confusion": confusion.json, "ledger": ledger.json,
      "items": .integer(Int64(items)), "poolSize": .integer(Int64(poolSize)),
      "candidates": .integer(Int64(candidates)), "remarks": .array(remarks.map(\.json)),
    ]
    if !counts.isEmpty { members["counts"] = .object(counts.mapValues { .integer(Int64($0)) }) }
    if !split.isEmpty { members["split"] = .object(split.mapValues { .number($0) }) }
    return .object(members)
  }

  /// Reads what ``json`` writes. A metric that could not be computed is null there and absent here.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    metrics = (object.value("metrics")?.members ?? [:]).compactMapValues(\.double)
    perClass = (object.value("perClass")?.members ?? [:]).mapValues { ($0.elements ?? []).map { $0.double ?? .nan } }
    counts = (object.value("counts")?.members ?? [:]).compactMapValues(\.int).filter { $0.value > 0 }
    confusion = try ConfusionCounts(json: object.value("confusion") ?? [], place: object.path("confusion"))
    ledger = try Ledger(json: try object.require("ledger"), place: object.path("ledger"))
    items = try object.integer("items", in: 0...Int(Int32.max)) ?? 0
    poolSize = try object.integer("poolSize", in: 0...Int(Int32.max)) ?? 0
    candidates = try object.integer("candidates", in: 0...Int(Int32.max)) ?? 0
    remarks = try Remark.list(try object.array("remarks"), place: object.path("remarks"))
    split = (object.value("split")?.members ?? [:]).compactMapValues(\.double)
    try object.finish()
  }
}

extension TrialValues {
  /// Adds what a measure task found, `Outcome.values` of it, whose metrics are named by ``MeasuredName``.
  package mutating func add(_ measured: JSONValue, measuredOn set: String) {
    for (name, value) in measured["metrics"]?.members ?? [:] {
      metrics[MeasuredName.full(name, on: set)] = value.double
    }
    for (name, count) in measured["counts"]?.members ?? [:] {
      guard let count = count.int, count > 0 else { continue }
      counts[MeasuredName.full(name, on: set)] = count
    }
  }
}

/// How a metric of a further set is called within the outcome of a measure task, which does not know what a sweep calls the
/// set, so that sweeps that call it otherwise share the task.
package enum MeasuredName {
  private static let accuracy = "accuracy"

  /// The accuracy goes by the name of the set, any other metric by `SET.METRIC`.
  package static func full(_ name: String, on set: String) -> String { name == accuracy ? set : "\(set).\(name)" }

  /// What ``full(_:on:)`` makes `name` of; nil for the name of a metric that does not belong to the set.
  package static func short(_ name: String, on set: String) -> String? {
    if name == set { return accuracy }
    return name.hasPrefix(set + ".") ? String(name.dropFirst(set.count + 1)) : nil
  }
}

/// Where a finished trial is from: what tells apart rows of several sweeps in one table.
package struct TrialOrigin: Hashable, Sendable {
  package let sweep: Digest
  package let name: String
  /// The kind of data set.
  package let dataset: String
  package let training: TrainingSettings
  /// The kernel that every host had to use; nil where each used its own.
  package let numericsCore: String?

  package init(sweep: Digest, request: Sweep) {
    self.sweep = sweep
    name = request.name
    dataset = request.dataset.kind
    training = request.training
    numericsCore = request.numericsCore
  }
}

/// A finished trial as reports and tables read it.
package struct TrialResult: Hashable, Sendable {
  package let point: TrialPoint
  package let task: TaskID
  package let outcome: Digest
  /// What the trial measured, with the metrics of its measure tasks.
  package let values: TrialValues
  /// The outcomes of its measure tasks, by the name of the metric that each is about (`deployment`).
  package let measures: [String: Digest]
  /// Nil for results that no store holds.
  package let origin: TrialOrigin?

  package init(
    point: TrialPoint, task: TaskID, outcome: Digest, values: TrialValues, measures: [String: Digest] = [:],
    origin: TrialOrigin? = nil
  ) {
    self.point = point
    self.task = task
    self.outcome = outcome
    self.values = values
    self.measures = measures
    self.origin = origin
  }
}
