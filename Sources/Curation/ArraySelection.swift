package import Core
package import Numerics
package import Sweeps

/// Strategies on anybody's arrays, without images, prices or a budget: the candidates are the rows, in their own order.
package struct ArraySelection: Sendable {
  /// What was chosen.
  package struct Picks: Sendable, Hashable {
    /// Row numbers, from 0, in order of choice; fewer than asked for when a filter found no more acceptable.
    package let indices: [Int]
    /// What each pick adds to what the strategy maximises, in order of choice; nil where it does not say.
    package let gains: [Double]?
  }

  private let rows: ArrayRows
  private let labels: [Int32]
  private let classCount: Int
  private let probabilities: Matrix?

  /// - Parameters:
  ///   - features: one row a candidate.
  ///   - labels: one a row: any whole numbers; columns of `probabilities` where those are given. Strategies that need no
  ///     labels run without.
  ///   - target: features of the distribution to follow, as wide as `features`.
  ///   - probabilities: class probabilities of each row under a model of the caller's; strategies that would train proxies
  ///     use these instead where they suffice.
  /// - Throws: a ``CurationError`` that names the array, and the first row that is wrong.
  package init(
    features: RealRows, labels: [Int]? = nil, target: RealRows? = nil, probabilities: Matrix? = nil
  ) throws {
    guard features.rows > 0, features.columns > 0 else { throw CurationError("the features hold no values") }
    try Self.check(features, "the features")
    if let target {
      try Self.check(target, "the target's features")
      _ = try Points(
        rows: RowTable(Matrix(rows: 0, columns: features.columns)),
        target: Matrix(rows: target.rows, columns: target.columns)
      ).requireTarget()
    }
    if let probabilities {
      try Self.check(RealRows(probabilities), "the probabilities")
      try Self.check(probabilities, rows: features.rows)
    }
    if let labels, labels.count != features.rows {
      throw CurationError("there are \(labels.count) labels for \(features.rows) rows of features")
    }
    (self.labels, classCount) = try Self.classes(of: labels ?? [], columns: probabilities?.columns)
    rows = ArrayRows(features: features, target: target)
    self.probabilities = probabilities
  }

  /// The same for arrays in single precision.
  package init(
    features: Matrix, labels: [Int]? = nil, target: Matrix? = nil, probabilities: Matrix? = nil
  ) throws {
    try self.init(
      features: RealRows(features), labels: labels, target: target.map(RealRows.init), probabilities: probabilities)
  }

  /// Chooses up to `count` rows.
  ///
  /// - Parameters:
  ///   - choice: the strategy and its options; `keep` has no meaning here, and where there are no labels nothing is
  ///     balanced unless asked.
  ///   - costs: what each row costs and what may be spent, one cost a row. Facility location then weighs gains by costs;
  ///     every other strategy buys in the order in which it would choose all rows, passing over what no longer fits.
  ///   - seed: decides everything random; equal arrays, choice, count and seed give equal picks.
  /// - Throws: a `ConfigurationError` for an unknown strategy or option, a ``CurationError`` when the arrays lack what it
  ///   needs or `count` is not from 1 to the number of rows, `CancellationError` once nobody wants the result.
  package func select(
    _ choice: StrategyChoice, count: Int, costs: Costs? = nil, seed: Int = 0, context: TaskContext = .unobserved
  ) throws -> Picks {
    let strategy = try resolve(choice)
    guard (1...rows.features.rows).contains(count) else {
      throw CurationError("a count from 1 to \(rows.features.rows), the number of rows, is needed, not \(count)")
    }
    if let costs, costs.values.count != rows.features.rows {
      throw CurationError("there are \(costs.values.count) costs for \(rows.features.rows) rows of features")
    }
    let scores = try given(for: strategy)
    try checkNeeds(of: strategy, trains: strategy.looking.scorer != nil && scores == nil)
    let candidates = Candidates(
      rows: rows, labels: labels, classCount: classCount, seed: seed, isBalanced: strategy.isBalanced, costs: costs)
    let evidence = Evidence(
      scores: try scores
        ?? strategy.looking.scorer?.score(candidates, seed: seed, context: context.part(from: 0, to: 0.7)))
    let wanted = costs == nil ? count : rows.features.rows
    let selection = try strategy.choose(
      wanted, from: candidates, evidence: evidence, context: context.part(from: scores == nil ? 0.7 : 0, to: 1))
    selection.checkContract(of: strategy, count: wanted, candidates: candidates)
    let bought = costs?.affordable(selection.positions, count: count) ?? Array(selection.positions.indices)
    return Picks(
      indices: bought.map { selection.positions[$0] }, gains: selection.gains.map { gains in bought.map { gains[$0] } })
  }

  private func resolve(_ choice: StrategyChoice) throws -> ResolvedStrategy {
    let strategy = try StrategyRegistry.resolve(choice)
    guard strategy.isBalanced, labels.isEmpty, choice.options["balanced"] == nil else { return strategy }
    let options = choice.options.merging(["balanced": false]) { own, _ in own }
    return try StrategyRegistry.resolve(StrategyChoice(name: choice.name, options: options))
  }

  /// The scores that follow from the given probabilities; nil when proxies must be trained, or none are needed.
  private func given(for strategy: ResolvedStrategy) throws -> Scores? {
    guard let scorer = strategy.looking.scorer, let probabilities else { return nil }
    // Here the features are the inputs of a layer: their size and place matter.
    return try scorer.scores(given: probabilities, features: rows.features.matrix, labels: labels)
  }

  private func checkNeeds(of strategy: ResolvedStrategy, trains: Bool) throws {
    let (needs, name) = (strategy.needs, strategy.choice.label)
    if needs.contains(.truth) || needs.contains(.experts) {
      throw CurationError("\(name) asks for true labels, which arrays do not hold; it runs in sweeps alone")
    }
    if !strategy.files.isEmpty {
      throw CurationError("\(name) reads files of a sweep, for which arrays do not stand; it runs in sweeps alone")
    }
    if needs.contains(.target), rows.target == nil {
      throw CurationError("\(name) needs the features of a target sample, and none were given")
    }
    guard labels.isEmpty else { return }
    if needs.contains(.labels) { throw CurationError("\(name) needs labels, and none were given") }
    if strategy.isBalanced {
      throw CurationError("\(name) is to choose within each class, and no labels were given")
    }
    if trains {
      let cure = probabilities == nil ? "; class probabilities may serve instead" : ""
      throw CurationError("\(name) trains models, which needs labels, and none were given\(cure)")
    }
  }

  /// Differences of larger values than this could pass what double precision holds.
  private static let limit = 1e300

  private static func check(_ rows: RealRows, _ name: String) throws {
    guard let position = rows.firstBeyond(limit) else { return }
    let place = "row \(position / rows.columns), column \(position % rows.columns), counted from 0"
    let cure = rows[position].isFinite ? "; scale them to at most \(limit)" : ""
    throw CurationError("\(name) hold \(rows[position]) in \(place)\(cure)")
  }

  private static func check(_ probabilities: Matrix, rows: Int) throws {
    guard probabilities.rows == rows, probabilities.columns > 0 else {
      throw CurationError("there are \(probabilities.rows) rows of probabilities for \(rows) rows of features")
    }
    for row in 0..<rows {
      let values = probabilities.row(row)
      guard values.allSatisfy({ $0 >= 0 }), abs(values.reduce(0, +) - 1) < 0.01 else {
        throw CurationError("row \(row) of the probabilities, counted from 0, does not consist of shares of 1")
      }
    }
  }

  /// Numbers the classes from 0: as the columns say, or in the order of the labels' values.
  private static func classes(of labels: [Int], columns: Int?) throws -> (labels: [Int32], count: Int) {
    let values = Set(labels).sorted()
    if let columns, values.allSatisfy((0..<columns).contains) { return (labels.map { Int32($0) }, columns) }
    if let columns, values.count != columns {
      throw CurationError("the labels have \(values.count) values, the probabilities \(columns) columns")
    }
    let numbers = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.element, Int32($0.offset)) })
    return (labels.map { numbers[$0]! }, values.count)
  }
}
