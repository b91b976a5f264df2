import Core
import Curation
import Numerics
import Sweeps
import Testing

@Suite struct ArraySelectionTests {
  private static let pool = SyntheticPools.make(count: 90, noise: 0.1)
  private static let labels = pool.observedLabels.map { Int($0) }
  private static let target = SyntheticPools.points(20, 8, seed: 3)
  /// What runs on features, labels and a target alone.
  private static let trainless = StrategyRegistry.all.filter {
    !$0.readsFiles && $0.needs.isDisjoint(with: [.scores, .truth, .experts])
  }

  private static func full() throws -> ArraySelection {
    try ArraySelection(features: pool.features.matrix, labels: labels, target: target)
  }

  @Test(arguments: trainless.map(\.name)) func everyStrategyChoosesDistinctRowsTheSameForTheSameSeed(
    _ name: String
  ) throws {
    for count in [1, 7, 89, 90] {
      let picks = try Self.full().select(StrategyChoice(name: name), count: count, seed: 5)
      #expect(Set(picks.indices).count == picks.indices.count && picks.indices.allSatisfy((0..<90).contains))
      let isFilter = StrategyRegistry.all.contains { $0.name == name && $0.isFilter }
      #expect(isFilter ? picks.indices.count <= count : picks.indices.count == count)
      #expect(picks.gains.map { $0.count == picks.indices.count } ?? true)
      #expect(try Self.full().select(StrategyChoice(name: name), count: count, seed: 5) == picks)
    }
  }

  @Test func rowsKeepTheirOwnOrderAndOnlyWhatIsRandomDependsOnTheSeed() throws {
    let arrays = try Self.full()
    func picks(_ name: String, _ seed: Int, _ options: [String: JSONValue] = [:]) throws -> [Int] {
      try arrays.select(StrategyChoice(name: name, options: options), count: 20, seed: seed).indices
    }
    #expect(try picks("random", 0) != picks("random", 1))
    #expect(try picks("class-balanced", 0) != picks("class-balanced", 1))
    #expect(try picks("k-center", 0, ["first": "seeded"]) != picks("k-center", 1, ["first": "seeded"]))
    for name in ["herding", "k-center", "target-nearest", "target-herding"] {
      #expect(try picks(name, 0) == picks(name, 1), "\(name)")
    }
    #expect(
      try picks("k-center", 0, ["first": 17]) == KCenter.select(20, from: Self.pool.features.matrix, start: 17).picks)
    #expect(
      try picks("herding", 0, ["balanced": false]) == Herding.select(20, from: Self.pool.features.matrix))
  }

  @Test(arguments: [
    "herding", "herding-deepcore", "k-center", "facility-location", "graph-cut", "contextual-diversity", "cal",
    "cal-deepcore", "knn-shapley", "target-nearest", "target-herding",
  ]) func picksFollowTheRowsWhenTheirOrderChanges(_ name: String) throws {
    var generator = SeededGenerator(seed: 8, purpose: "order")
    let order = generator.permutation(90)
    let values = (0..<90).flatMap { _ in generator.dirichlet([1, 1, 1, 1]).map { Float($0) } }
    let probabilities = Matrix(rows: 90, columns: 4, values: values)
    func picks(_ order: [Int]) throws -> [Int] {
      let arrays = try ArraySelection(
        features: Self.pool.features.matrix.selecting(rows: order), labels: order.map { Self.labels[$0] },
        target: Self.target,
        probabilities: probabilities.selecting(rows: order))
      let choice = StrategyChoice(name: name, options: ["balanced": false])
      return try arrays.select(choice, count: 25).indices.map { order[$0] }
    }
    let original = try picks(Array(0..<90))
    // Where points are worth the same but for the rounding of sums, the order of rows may decide between them.
    if ["knn-shapley", "facility-location"].contains(name) {
      return #expect(try Set(picks(order)).intersection(original).count > 20)
    }
    #expect(try picks(order) == original)
  }

  @Test func labelsMayBeAnyNumbersAndClassesAreTheirValues() throws {
    let odd = try ArraySelection(features: Self.pool.features.matrix, labels: Self.labels.map { $0 * 7 - 10 })
    for name in ["class-balanced", "herding"] {
      let choice = StrategyChoice(name: name)
      #expect(try odd.select(choice, count: 30) == Self.full().select(choice, count: 30), "\(name)")
    }
  }

  @Test func givenProbabilitiesServeWhereProxiesWouldBeTrained() throws {
    var values: [Float] = []
    for row in 0..<90 { values += [1 - Float(row) / 200, Float(row) / 200, 0, 0] }
    let probabilities = Matrix(rows: 90, columns: 4, values: values)
    let unlabelled = try ArraySelection(features: Self.pool.features.matrix, probabilities: probabilities)
    #expect(try unlabelled.select(StrategyChoice(name: "margin"), count: 3).indices == [89, 88, 87])
    let zeros = try ArraySelection(
      features: Self.pool.features.matrix, labels: [Int](repeating: 0, count: 90), probabilities: probabilities)
    #expect(try zeros.select(StrategyChoice(name: "el2n"), count: 3).indices == [89, 88, 87])
  }

  @Test func whatIsMissingOrWrongIsSaidPlainly() throws {
    func problem(_ work: () throws -> Void) -> String {
      do {
        try work()
        return "none"
      } catch { return "\(error)" }
    }
    func making(
      _ features: Matrix = pool.features.matrix, labels: [Int]? = nil, target: Matrix? = nil,
      probabilities: Matrix? = nil
    ) -> String {
      problem {
        _ = try ArraySelection(features: features, labels: labels, target: target, probabilities: probabilities)
      }
    }
    let pool = Self.pool
    var broken = pool.features.matrix
    broken.values[8 * 33 + 5] = .nan
    #expect(making(broken).contains("row 33, column 5"))
    #expect(making(Matrix(rows: 0, columns: 3)).contains("no values"))
    #expect(making(labels: [1, 2]).contains("2 labels for 90 rows"))
    #expect(making(target: Matrix(rows: 3, columns: 7)).contains("7 values each"))
    #expect(making(probabilities: Matrix(rows: 89, columns: 4)).contains("89 rows of probabilities"))
    #expect(making(probabilities: Matrix(rows: 90, columns: 4)).contains("row 0 of the probabilities"))
    let uniform = Matrix(rows: 90, columns: 2, values: [Float](repeating: 0.5, count: 180))
    #expect(making(labels: Self.labels, probabilities: uniform).contains("4 values"))

    let bare = try ArraySelection(features: pool.features.matrix)
    func choosing(_ name: String, _ count: Int = 5, _ options: [String: JSONValue] = [:]) -> String {
      problem { _ = try bare.select(StrategyChoice(name: name, options: options), count: count) }
    }
    #expect(choosing("random", 91).contains("from 1 to 90"))
    #expect(choosing("random", 0).contains("not 0"))
    #expect(choosing("herdin").contains("did you mean \"herding\"?"))
    #expect(choosing("k-center", 5, ["fist": 0]).contains("did you mean \"first\"?"))
    #expect(choosing("k-center", 5, ["first": 90]).contains("there are 90"))
    #expect(choosing("herding", 5, ["balanced": true]).contains("no labels were given"))
    #expect(choosing("class-balanced").contains("needs labels"))
    #expect(choosing("margin").contains("class probabilities may serve"))
    #expect(choosing("target-nearest").contains("target sample"))
    #expect(choosing("oracle-clean").contains("true labels"))
    // Without labels the default of choosing within classes gives way.
    let unbalanced = StrategyChoice(name: "herding", options: ["balanced": false])
    #expect(
      try bare.select(StrategyChoice(name: "herding"), count: 5).indices == bare.select(unbalanced, count: 5).indices)
  }
}
