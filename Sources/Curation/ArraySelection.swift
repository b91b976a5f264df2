import Core
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

  private let features: Matrix
  private let labels: [Int32]
  private let classCount: Int
  private let target: Matrix?
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
    features: Matrix, labels: [Int]? = nil, target: Matrix? = nil, probabilities: Matrix? = nil
  ) throws {
    guard features.rows > 0, features.columns > 0 else { throw CurationError("the features hold no values") }
    try Self.checkFinite(features, "the features")
    if let target {
      try Self.checkFinite(target, "the target's features")
      _ = try Evidence(target: target).targetFeatures(columns: features.columns)
    }
    if let probabilities {
      try Self.checkFinite(probabilities, "the probabilities")
      try Self.check(probabilities, rows: features.rows)
    }
    if let labels, labels.count != features.rows {
      throw CurationError("there are \(labels.count) labels for \(features.rows) rows of features")
    }
    (self.labels, classCount) = try Self.classes(of: labels ?? [], columns: probabilities?.columns)
    self.features = features
    self.target = target
    self.probabilities = probabilities
  }

  /// Chooses up to `count` rows.
  ///
  /// - Parameters:
  ///   - choice: the strategy and its options; `keep` has no meaning here, and where there are no labels nothing is
  ///     balanced unless asked.
  ///   - costs: what each row costs and what may be spent, one positive cost a row. Facility location then weighs gains by
  ///     costs; every other strategy buys in the order in which it would choose all rows, passing over what no longer fits.
  ///   - seed: decides everything random; equal arrays, choice, count and seed give equal picks.
  /// - Throws: a `ConfigurationError` for an unknown strategy or option, a ``CurationError`` when the arrays lack what it
  ///   needs or `count` is not from 1 to the number of rows, `CancellationError` once `shouldContinue` answers false.
  package func select(
    _ choice: StrategyChoice, count: Int, costs: Costs? = nil, seed: Int = 0, shouldContinue: () -> Bool = { true }
  ) throws -> Picks {
    let strategy = try resolve(choice)
    guard (1...features.rows).contains(count) else {
      throw CurationError("a count from 1 to \(features.rows), the number of rows, is needed, not \(count)")
    }
    if let costs, costs.values.count != features.rows {
      throw CurationError("there are \(costs.values.count) costs for \(features.rows) rows of features")
    }
    let scores = try given(for: strategy)
    try checkNeeds(of: strategy, trains: strategy.looking.scorer != nil && scores == nil)
    let candidates = Candidates(
      features: features, labels: labels, classCount: classCount, seed: seed, isBalanced: strategy.isBalanced,
      costs: costs)
    let evidence = Evidence(
      target: target,
      scores: try scores ?? strategy.looking.scorer?.score(candidates, seed: seed, shouldContinue: shouldContinue))
    let wanted = costs == nil ? count : features.rows
    let selection = try strategy.strategy.select(
      wanted, from: candidates, evidence: evidence, shouldContinue: shouldContinue)
    selection.checkContract(of: strategy, count: wanted, candidates: candidates)
    let bought =
      costs.map { Self.affordable(selection.positions, $0, count: count) } ?? Array(selection.positions.indices)
    return Picks(
      indices: bought.map { selection.positions[$0] }, gains: selection.gains.map { gains in bought.map { gains[$0] } })
  }

  /// The places in `order` of up to `count` rows that the budget buys one after the other.
  private static func affordable(_ order: [Int], _ costs: Costs, count: Int) -> [Int] {
    var left = costs.budget
    var places: [Int] = []
    for (place, row) in order.enumerated() where places.count < count && costs.values[row] <= left {
      left -= costs.values[row]
      places.append(place)
    }
    return places
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
    return try scorer.scores(given: probabilities, features: features, labels: labels)
  }

  private func checkNeeds(of strategy: ResolvedStrategy, trains: Bool) throws {
    let (needs, name) = (strategy.needs, strategy.choice.label)
    if needs.contains(.truth) || needs.contains(.experts) {
      throw CurationError("\(name) asks for true labels, which arrays do not hold; it runs in sweeps alone")
    }
    if !strategy.files.isEmpty {
      throw CurationError("\(name) reads files of a sweep, for which arrays do not stand; it runs in sweeps alone")
    }
    if needs.contains(.target), target == nil {
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

  private static func checkFinite(_ matrix: Matrix, _ name: String) throws {
    // Products of larger values than this would pass what single precision holds.
    guard let position = matrix.values.firstIndex(where: { !(abs($0) <= 1e15) }) else { return }
    let (row, column) = (position / matrix.columns, position % matrix.columns)
    guard !matrix.values[position].isFinite else {
      throw CurationError(
        "\(name) hold \(matrix.values[position]) in row \(row), column \(column), counted from 0; scale them to at most 1e15"
      )
    }
    throw CurationError("\(name) hold \(matrix.values[position]) in row \(row), column \(column), counted from 0")
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
