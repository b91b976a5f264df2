import Core
import Curation
import Datasets
import Economics
import Numerics
import Sweeps
import TestSupport
import Testing

/// What each strategy pays for, and that it chooses by the scores it says.
@Suite struct StrategyChoiceTests {
  private let pool = SyntheticPools.make(shift: "crowdsourced", count: 160, noise: 0.2)

  /// Units per candidate or purchase that the ledger must show with three votes a label.
  private static let tariffs: [(String, selection: [PriceItem: Int], purchase: [PriceItem: Int])] = [
    ("random", [:], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("oracle-clean", [:], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("class-balanced", [.look: 1, .labelCrowd: 3], [.acquire: 1, .store: 1]),
    ("herding", [.look: 1, .labelCrowd: 3, .score: 1], [.acquire: 1, .store: 1]),
    ("k-center", [.look: 1, .score: 1], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("margin", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("el2n", [.look: 1, .labelCrowd: 3, .score: 3, .train: 6], [.acquire: 1, .store: 1]),
    ("confident-filter", [.look: 1, .labelCrowd: 3, .score: 1, .train: 10], [.acquire: 1, .store: 1]),
    ("target-nearest", [.look: 1, .score: 1, .photograph: 20], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("target-herding", [.look: 1, .score: 1, .photograph: 20], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("target-importance", [.look: 1, .score: 1, .photograph: 20], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("facility-location", [.look: 1, .score: 1], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("graph-cut", [.look: 1, .score: 1], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("herding-deepcore", [.look: 1, .labelCrowd: 3, .score: 1], [.acquire: 1, .store: 1]),
    ("ssl-prototypes", [.look: 1, .score: 1], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("semdedup", [.look: 1, .score: 1], [.acquire: 1, .labelCrowd: 3, .store: 1]),
    ("contextual-diversity", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("cal", [.look: 1, .labelCrowd: 3, .score: 2, .train: 5], [.acquire: 1, .store: 1]),
    ("cal-deepcore", [.look: 1, .labelCrowd: 3, .score: 2, .train: 5], [.acquire: 1, .store: 1]),
    ("knn-shapley", [.look: 1, .labelCrowd: 3, .score: 1], [.acquire: 1, .store: 1]),
    ("least-confidence", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("least-confidence-deepcore", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("entropy", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("forgetting", [.look: 1, .labelCrowd: 3, .score: 10, .train: 10], [.acquire: 1, .store: 1]),
    ("forgetting-zero", [.look: 1, .labelCrowd: 3, .score: 10, .train: 10], [.acquire: 1, .store: 1]),
    ("aum", [.look: 1, .labelCrowd: 3, .score: 10, .train: 10], [.acquire: 1, .store: 1]),
    ("ccs", [.look: 1, .labelCrowd: 3, .score: 10, .train: 10], [.acquire: 1, .store: 1]),
    ("grand", [.look: 1, .labelCrowd: 3, .score: 3, .train: 6], [.acquire: 1, .store: 1]),
    ("craig", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("grad-match", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("glister", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
    ("glister-deepcore", [.look: 1, .labelCrowd: 3, .score: 1, .train: 5], [.acquire: 1, .store: 1]),
  ]

  @Test func theLedgerItemisesLookingAndBuying() throws {
    for (name, selection, purchase) in Self.tariffs {
      let bought = try CuratorTests.buy(name, SyntheticPools.terms(shift: "crowdsourced", budget: 5), from: pool)
      func units(_ purpose: Ledger.Purpose, _ images: Int) -> [PriceItem: Int] {
        let entries = bought.ledger.entries.filter { $0.purpose == purpose }
        // Photographs of the target are taken once, however many candidates there are.
        return Dictionary(
          uniqueKeysWithValues: entries.map {
            ($0.item, $0.item == .photograph ? $0.quantity : $0.quantity / max(images, 1))
          })
      }
      #expect(units(.selection, bought.candidates) == selection, "\(name)")
      #expect(units(.purchase, bought.subset.count) == purchase, "\(name)")
    }
  }

  @Test func imagesArePaidForAsTheirShiftSuppliesThem() throws {
    let obtained: [String: [PriceItem]] = [
      "expert": [.acquire, .labelExpert], "crowdsourced": [.acquire, .labelCrowd],
      "retrieval-image": [.acquire, .retrieve], "retrieval-text": [.acquire, .retrieve],
      "synthetic-image": [.generate], "synthetic-text": [.generate], "field": [.photograph, .labelExpert],
    ]
    for shift in FashionPlusPlus.shifts {
      let pool = SyntheticPools.make(shift: shift, count: 50)
      let purchase = try CuratorTests.buy("random", SyntheticPools.terms(shift: shift, budget: 1), from: pool)
      #expect(purchase.ledger.entries.map(\.item) == obtained[shift]! + [.store])
    }
  }

  @Test func balancedFormsBuyEquallyManyOfEachClassAtThePriceOfLabels() throws {
    let pool = SyntheticPools.make(shift: "crowdsourced", count: 600, noise: 0.2)
    let terms = try SyntheticPools.terms(shift: "crowdsourced", budget: 15)
    for description in StrategyRegistry.all where description.options.contains(where: { $0.name == "balanced" }) {
      let purchase = try CuratorTests.buy(
        description.name, terms, from: pool, options: ["balanced": true, "keep": 0.4])
      #expect(Self.spread(purchase) <= 1, "\(description.name)")
      #expect(purchase.ledger.entries.contains { $0.purpose == .selection && $0.item == .labelCrowd })
    }
    #expect(Self.spread(try CuratorTests.buy("class-balanced", terms, from: pool, options: ["keep": 0.4])) <= 1)
    #expect(Self.spread(try CuratorTests.buy("random", terms, from: pool)) > 1)
  }

  /// How much the most frequent of the four labels exceeds the least frequent.
  private static func spread(_ purchase: Purchase) -> Int {
    let counts = (0..<4).map { label in purchase.labels.count { $0 == label } }
    return counts.max()! - counts.min()!
  }

  @Test func el2nKeepsTheLargestErrorsOrTheSmallestWhenAsked() throws {
    let terms = try SyntheticPools.terms(shift: "crowdsourced", budget: 3)
    let largest = try CuratorTests.buy("el2n", terms, from: pool, options: ["keep": 0.5]).subset
    let smallest = try CuratorTests.buy(
      "el2n", terms, from: pool, options: ["order": "smallest", "keep": 0.5]
    ).subset
    // Half of the candidates each: together all of them.
    #expect(Set(largest).isDisjoint(with: smallest))
    func noise(_ subset: [Int]) -> Int { subset.count { pool.observedLabels[$0] != pool.trueLabels[$0] } }
    #expect(noise(largest) > 2 * noise(smallest))
  }

  @Test func marginKeepsTheSmallestMarginsOfItsOwnScores() throws {
    let terms = try SyntheticPools.terms(shift: "crowdsourced", budget: 3)
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: "margin"))
    let count = try Curator.score(parameters: strategy.scoreParameters(in: terms)!, pool: pool).arrays["probabilities"]!
      .rows
    // Made-up scores: the later a candidate comes, the closer its two best classes are.
    var values: [Float] = []
    for position in 0..<count { values += [1 - Float(position) / 1_000, 0, 0, Float(position) / 1_000] }
    let scores = Scores(arrays: ["probabilities": Matrix(rows: count, columns: 4, values: values)])
    let picks = try Curator.choose(strategy, terms: terms, pool: pool, target: nil, scores: scores)
    let all = try CuratorTests.buy("random", SyntheticPools.terms(shift: "crowdsourced", budget: 1_000), from: pool)
      .subset
    #expect(picks.subset == Array(all.prefix(count).reversed().prefix(picks.subset.count)))
  }

  @Test func noCandidateIsJudgedByAProxyThatSawItsLabel() throws {
    let pool = SyntheticPools.make(count: 80)
    let terms = try SyntheticPools.terms(budget: 1_000)
    let order = try CuratorTests.buy("random", terms, from: pool).subset
    var labels = pool.observedLabels
    labels[order[0]] = (labels[order[0]] + 1) % 4
    func probabilities(_ pool: Pool) throws -> Matrix {
      let strategy = try StrategyRegistry.resolve(StrategyChoice(name: "confident-filter"))
      return try Curator.score(parameters: strategy.scoreParameters(in: terms)!, pool: pool).arrays["probabilities"]!
    }
    let (before, after) = (try probabilities(pool), try probabilities(pool.with(observedLabels: labels)))
    // Every second candidate is held out together with the first, whose label changed.
    for row in 0..<80 { #expect((before.row(row) == after.row(row)) == row.isMultiple(of: 2)) }
  }

  @Test func filteringLeavesFewerWrongLabelsThanItFound() throws {
    let noisy = SyntheticPools.make(count: 600, noise: 0.25)
    let purchase = try CuratorTests.buy("confident-filter", SyntheticPools.terms(budget: 100), from: noisy)
    func noise(_ subset: [Int]) -> Double {
      Double(subset.count { noisy.observedLabels[$0] != noisy.trueLabels[$0] }) / Double(subset.count)
    }
    #expect(noise(purchase.subset) < 0.5 * noise(Array(0..<600)))
    #expect(purchase.subset.count > 300)
    #expect(purchase.remarks.contains { $0.code == .fewAcceptable })
  }

  @Test func targetAwareStrategiesBuyWhatResemblesTheTarget() throws {
    let mixed = SyntheticPools.make(count: 400)
    let wanted = mixed.features.matrix.selecting(rows: (0..<400).filter { mixed.trueLabels[$0] == 2 })
    let terms = try SyntheticPools.terms(budget: 1)
    for name in ["target-nearest", "target-herding", "target-importance"] {
      let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name, options: ["keep": 0.2]))
      let purchase = try Curator.choose(strategy, terms: terms, pool: mixed, target: wanted, scores: nil)
      #expect(purchase.labels.count { $0 == 2 } * 10 > purchase.labels.count * 7, "\(name)")
    }
  }

  @Test func scoresSurviveTheStore() throws {
    let scores = Scores(arrays: [
      "probabilities": SyntheticPools.points(7, 3), "error-norm": SyntheticPools.points(7, 1),
    ])
    #expect(try Scores(objects: scores.objects()) == scores)
    #expect(throws: DatasetError.self) { try Scores(objects: ["probabilities": [1, 2, 3]]) }
  }
}
