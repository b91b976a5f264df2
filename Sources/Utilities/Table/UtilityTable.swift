package import Core
package import Datasets
package import Sweeps

/// Everything that trials can be measured by. Planner, tasks, ledger and report know no utility but from here.
package struct UtilityTable: Sendable {
  package let rows: [any UtilityKind]

  /// Takes rows of different names; traps otherwise.
  package init(_ rows: [any UtilityKind]) {
    precondition(Set(rows.map(\.name)).count == rows.count, "two utilities have the same name")
    self.rows = rows
  }

  package static let builtIn = UtilityTable([
    ClassificationUtility(), RepresentationUtility(), TransferUtility(), RobustnessUtility(), DeploymentUtility(),
    FurtherSetUtility(), FurtherTaskUtility(), CostUtility(), BalanceUtility(), QualityUtility(), ComparisonUtility(),
    CorrelationsUtility(),
  ])

  /// Every metric that trials on a data set can have, in the order in which reports show them.
  package func catalogue(for dataset: DatasetDescription) -> MetricCatalogue {
    MetricCatalogue(rows.filter { dataset.meets($0.needs) }.flatMap { $0.metrics(of: dataset) })
  }

  /// Measures `subject` by every row of `placement` whose needs it meets, in the table's order.
  ///
  /// In a measure task the metrics are named by ``MeasuredName``. Throws what the rows throw, `CancellationError` among it, and
  /// a ``UtilityError`` when a row measures what it does not announce.
  package func measure(
    _ placement: UtilityPlacement, _ subject: MeasuredSubject, context: TaskContext
  ) throws -> Measurement {
    let rows = rows.filter { $0.placement == placement && subject.meets($0.needs) }
    let described = subject.described
    var measurement = Measurement()
    for (index, row) in rows.enumerated() {
      let own = context.part(index, of: rows.count)
      try own.proceed(0)
      let measured = try row.measure(subject, context: own)
      try check(measured, of: row, described)
      measurement.add(measured)
    }
    try context.proceed(1)
    return try placement == .trial ? measurement : measurement.short(on: subject)
  }

  private func check(_ measured: Measurement, of row: any UtilityKind, _ dataset: DatasetDescription) throws {
    let announced = Set(row.metrics(of: dataset).filter { $0.origin == .measured }.map(\.name))
    if let name = measured.metrics.keys.filter({ !announced.contains($0) }).min() {
      throw UtilityError(utility: row.name, problem: "it measured \(name), which is not among its metrics")
    }
  }

  /// The version of every row of `placement`, by `utility NAME`: part of the specification of each task that measures, so that
  /// a changed utility is measured again.
  package func versions(for placement: UtilityPlacement) -> [String: Int] {
    Dictionary(
      uniqueKeysWithValues: rows.filter { $0.placement == placement }.map { ("utility \($0.name)", $0.version) })
  }

  /// The version of every row, by `utility NAME`.
  package var versions: [String: Int] {
    Dictionary(uniqueKeysWithValues: rows.map { ("utility \($0.name)", $0.version) })
  }
}

/// A utility that does not keep what it promises.
package struct UtilityError: Error, Hashable, CustomStringConvertible {
  package let utility: String
  package let problem: String

  package var description: String { "utility \(utility): \(problem)" }
}

extension Measurement {
  /// The metrics as the outcome of a measure task names them.
  fileprivate func short(on subject: MeasuredSubject) throws -> Measurement {
    func short<Value>(_ values: [String: Value]) throws -> [String: Value] {
      try Dictionary(
        uniqueKeysWithValues: values.map { name, value in
          guard let short = MeasuredName.short(name, on: subject.measuredName) else {
            throw UtilityError(
              utility: name, problem: "it does not begin with the name of the set, \(subject.measuredName)")
          }
          return (short, value)
        })
    }
    var measurement = self
    measurement.metrics = try short(metrics)
    measurement.counts = try short(counts)
    return measurement
  }
}
