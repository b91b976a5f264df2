import Core
import Curation
import Datasets
import Economics
import Numerics
import Sweeps
import TestSupport
import Testing

@Suite struct CuratorTests {
  private static let names = StrategyRegistry.all.filter { !$0.readsFiles }.map(\.name)
  private static let filters = StrategyRegistry.all.filter(\.isFilter).map(\.name)
  private static let target = SyntheticPools.points(30, 8, seed: 3)

  static func buy(
    _ name: String, _ terms: Terms, from pool: Pool, options: [String: JSONValue] = [:]
  ) throws -> Purchase {
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name, options: options))
    let scores = try strategy.scoreParameters(in: terms).map { try Curator.score(parameters: $0, pool: pool) }
    return try Curator.choose(strategy, terms: terms, pool: pool, target: target, scores: scores)
  }

  @Test(arguments: names) func everyPurchaseIsSoundInEveryShiftWhateverTheBudget(_ name: String) throws {
    for shift in FashionPlusPlus.shifts {
      let pool = SyntheticPools.make(shift: shift, count: 120, noise: 0.2)
      for budget in [0.6, 2, 5, 1_000] {
        let purchase = try Self.buy(name, try SyntheticPools.terms(shift: shift, budget: budget), from: pool)
        #expect(Set(purchase.subset).count == purchase.subset.count && !purchase.subset.isEmpty)
        #expect(purchase.subset.allSatisfy(pool.observedLabels.indices.contains))
        // Experts may correct labels; nobody else changes any.
        let corrections = zip(purchase.labels, purchase.subset).filter { $0 != pool.observedLabels[$1] }
        #expect(corrections.isEmpty || name == "relabel")
        #expect(corrections.allSatisfy { $0 == pool.trueLabels[$1] })
        #expect(purchase.ledger.total <= Money(budget))
        #expect(purchase.candidates == 0 || purchase.candidates >= purchase.subset.count)
        let stored = purchase.ledger.entries.filter { $0.item == .store }.map(\.quantity)
        #expect(stored == [purchase.subset.count])
      }
    }
  }

  @Test(arguments: names) func whateverThePricesNoPurchasePassesItsBudget(_ name: String) throws {
    var generator = SeededGenerator(seed: 6, purpose: "prices")
    let pool = SyntheticPools.make(shift: "crowdsourced", count: 60, noise: 0.2)
    for trial in 0..<6 {
      let prices = PriceItem.allCases.map { item in
        (item, generator.integer(below: 4) == 0 ? Price.zero : Price(generator.uniform(in: 0..<0.05)))
      }
      let list = PriceList(
        currency: "EUR", isIllustrative: false, prices: Dictionary(uniqueKeysWithValues: prices), exceptions: [:])
      let budget = generator.uniform(in: 0.5..<10)
      let terms = try Terms(
        shift: "crowdsourced", supply: SyntheticPools.supply(of: "crowdsourced"), budget: Money(budget), prices: list,
        crowdVotes: 3, sizing: .equalCost, seed: trial,
        rivals: [], further: try StrategyRegistry.resolve(StrategyChoice(name: name)).furtherItems)
      guard let purchase = try? Self.buy(name, terms, from: pool) else { continue }
      #expect(purchase.ledger.total <= Money(budget))
      #expect(Set(purchase.subset).count == purchase.subset.count)
    }
  }

  @Test(arguments: names) func equalTermsBuyTheSameAnotherSeedSomethingElse(_ name: String) throws {
    let pool = SyntheticPools.make(count: 150, noise: 0.2)
    let first = try Self.buy(name, try SyntheticPools.terms(budget: 0.5), from: pool)
    #expect(try Self.buy(name, try SyntheticPools.terms(budget: 0.5), from: pool) == first)
    #expect(try Self.buy(name, try SyntheticPools.terms(budget: 0.5, seed: 1), from: pool).subset != first.subset)
  }

  @Test(arguments: names) func onlyTheOracleAndExpertsKnowTrueLabels(_ name: String) throws {
    let pool = SyntheticPools.make(count: 100, noise: 0.3)
    let terms = try SyntheticPools.terms(budget: 0.4)
    let lied = pool.with(trueLabels: pool.trueLabels.map { ($0 + 1) % 4 })
    let same = try Self.buy(name, terms, from: pool) == Self.buy(name, terms, from: lied)
    #expect(same == !["oracle-clean", "relabel"].contains(name))
  }

  @Test func theOracleBuysCorrectLabelsAloneInTheOrderOfRandom() throws {
    let pool = SyntheticPools.make(count: 200, noise: 0.4)
    let distracted = pool.with(trueLabels: pool.trueLabels.enumerated().map { $0.offset % 5 == 0 ? -1 : $0.element })
    let terms = try SyntheticPools.terms(budget: 0.5)
    let oracle = try Self.buy("oracle-clean", terms, from: distracted)
    #expect(oracle.subset.allSatisfy { distracted.trueLabels[$0] == distracted.observedLabels[$0] })
    let everything = try Self.buy("random", try SyntheticPools.terms(budget: 100), from: distracted)
    let clean = everything.subset.filter { distracted.trueLabels[$0] == distracted.observedLabels[$0] }
    #expect(oracle.subset == Array(clean.prefix(oracle.subset.count)))
    #expect(oracle.subset.count == (try Self.buy("random", terms, from: distracted).subset.count))
  }

  @Test func moreMoneyKeepsWhatRandomHadBoughtBefore() throws {
    let pool = SyntheticPools.make(count: 200)
    let few = try Self.buy("random", try SyntheticPools.terms(budget: 0.3), from: pool).subset
    let many = try Self.buy("random", try SyntheticPools.terms(budget: 0.9), from: pool).subset
    #expect(few.count < many.count && many.starts(with: few))
  }

  @Test(arguments: names) func imagesWithoutALabelAreNeverBought(_ name: String) throws {
    let pool = SyntheticPools.make(count: 100)
    let unlabelled = pool.with(
      observedLabels: pool.observedLabels.enumerated().map { $0.offset % 3 == 0 ? -1 : $0.element })
    let purchase = try Self.buy(name, try SyntheticPools.terms(budget: 1_000), from: unlabelled)
    #expect(purchase.labels.allSatisfy { $0 >= 0 })
    #expect(purchase.subset.count <= 66)
  }

  @Test(arguments: names) func freePricesBuyAllThatIsAcceptable(_ name: String) throws {
    let pool = SyntheticPools.make(count: 60)
    let free = PriceList(currency: "EUR", isIllustrative: false, prices: [:], exceptions: [:])
    let purchase = try Self.buy(name, try SyntheticPools.terms(budget: 1, prices: free), from: pool)
    #expect(purchase.ledger.total == .zero)
    if Self.filters.contains(name) { return #expect(purchase.subset.count > 30) }
    #expect(purchase.subset.count == 60)
    #expect(purchase.remarks.contains { $0.code == .allBought })
  }

  @Test(arguments: names) func aBudgetThatBuysNothingIsExplained(_ name: String) throws {
    let pool = SyntheticPools.make(count: 60)
    let terms = try SyntheticPools.terms(budget: 0.001)
    let error = #expect(throws: CurationError.self) { try Self.buy(name, terms, from: pool) }
    #expect(error?.description.contains("at least 0.0") == true)
  }

  @Test func equalItemsEveryStrategyBuysTheSameNumber() throws {
    let pool = SyntheticPools.make(count: 400, noise: 0.1)
    let rivals = Self.names.map { StrategyChoice(name: $0) }
    let terms = try SyntheticPools.terms(budget: 1, sizing: .equalItems, rivals: rivals)
    let purchases = try Self.names.map { try Self.buy($0, terms, from: pool) }
    let alone = try Self.names.map { try Self.buy($0, try SyntheticPools.terms(budget: 1), from: pool) }
    #expect(purchases.allSatisfy { $0.subset.count == purchases[0].subset.count })
    #expect(
      purchases[0].subset.count
        == zip(Self.names, alone).filter { !Self.filters.contains($0.0) }.map { $0.1.subset.count }.min())
    #expect(purchases.allSatisfy { $0.ledger.total <= Money(1) })
  }

  @Test func scoresOrTargetsThatAreMissingOrOfOthersAreRefused() throws {
    let pool = SyntheticPools.make(count: 100)
    let terms = try SyntheticPools.terms(budget: 0.4)
    let margin = try StrategyRegistry.resolve(StrategyChoice(name: "margin"))
    let few = Scores(arrays: ["probabilities": Matrix(rows: 3, columns: 4)])
    let other = Scores(arrays: ["error-norm": Matrix(rows: 3, columns: 1)])
    for scores in [nil, few, other] {
      #expect(throws: CurationError.self) {
        try Curator.choose(margin, terms: terms, pool: pool, target: nil, scores: scores)
      }
    }
    let nearest = try StrategyRegistry.resolve(StrategyChoice(name: "target-nearest"))
    for target in [nil, Matrix(rows: 0, columns: 8), Matrix(rows: 4, columns: 7)] {
      #expect(throws: CurationError.self) {
        try Curator.choose(nearest, terms: terms, pool: pool, target: target, scores: nil)
      }
    }
    #expect(throws: CurationError.self) {
      try Curator.choose(
        nearest, terms: try SyntheticPools.terms(shift: "expert", budget: 1), pool: pool, target: Self.target,
        scores: nil)
    }
  }

  @Test func featuresThatAreNoNumbersAreRefused() throws {
    let pool = SyntheticPools.make(count: 100)
    var features = pool.features.matrix
    features.values[7] = .nan
    let broken = Pool(
      shift: pool.shift, images: pool.images, classNames: pool.classNames, observedLabels: pool.observedLabels,
      trueLabels: pool.trueLabels, sourceIDs: pool.sourceIDs, features: features, labelOrigin: pool.labelOrigin,
      licence: pool.licence)
    for name in StrategyRegistry.all.filter({ $0.needs.contains(.features) && !$0.needs.contains(.scores) }).map(\.name)
    {
      #expect(throws: CurationError.self) {
        try Self.buy(name, try SyntheticPools.terms(budget: 1_000), from: broken)
      }
    }
  }

  @Test func stopsWhenAskedTo() throws {
    let pool = SyntheticPools.make(count: 400)
    let terms = try SyntheticPools.terms(budget: 1_000)
    let geometric = [
      "herding", "k-center", "facility-location", "graph-cut", "semdedup", "knn-shapley", "target-nearest",
      "target-herding", "target-importance",
    ]
    for name in geometric {
      let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name))
      #expect(throws: CancellationError.self) {
        try Curator.choose(strategy, terms: terms, pool: pool, target: Self.target, scores: nil, context: .unwanted)
      }
    }
    for name in ["margin", "el2n", "confident-filter", "forgetting"] {
      let parameters = try StrategyRegistry.resolve(StrategyChoice(name: name)).scoreParameters(in: terms)!
      #expect(throws: CancellationError.self) {
        try Curator.score(parameters: parameters, pool: pool, context: .unwanted)
      }
    }
  }
}

extension Pool {
  /// The same pool with other labels.
  func with(observedLabels: [Int32]? = nil, trueLabels: [Int32]? = nil) -> Pool {
    Pool(
      shift: shift, images: images, classNames: classNames, observedLabels: observedLabels ?? self.observedLabels,
      trueLabels: trueLabels ?? self.trueLabels, sourceIDs: sourceIDs, features: features, labelOrigin: labelOrigin,
      licence: licence)
  }
}
