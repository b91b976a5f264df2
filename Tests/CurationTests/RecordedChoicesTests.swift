import Core
import Curation
import Datasets
import Economics
import Numerics
import Sweeps
import Testing

/// What every strategy is and what it chooses, against digests that were recorded when each strategy was a file of its own
/// (version 1.0). A strategy whose choice changes on purpose gets a new version, and its line here a new digest; another default of an
/// option changes what a strategy is, but not what it chooses.
@Suite struct RecordedChoicesTests {
  private static let pool = SyntheticPools.make(shift: "crowdsourced", count: 150, noise: 0.2)
  private static let target = SyntheticPools.points(20, 8, seed: 3)
  private static let names = StrategyRegistry.all.filter { !$0.readsFiles }.map(\.name)

  @Test(arguments: names) func aStrategyIsWhatItWas(_ name: String) throws {
    let digest = try Self.digest(Self.definition(of: name))
    #expect(digest == RecordedChoices.definitions[name], "\(name) is \(digest)")
  }

  @Test(arguments: names) func aStrategyChoosesWhatItChose(_ name: String) throws {
    var choices = [try Self.orderOfPool(name, [:])]
    for options in Self.variants[name] ?? [] { choices.append(try Self.orderOfPool(name, options)) }
    choices += try Self.choicesOfRows(name)
    let digest = Self.digest(.array(choices))
    #expect(digest == RecordedChoices.choices[name], "\(name) chooses \(digest)")
  }

  @Test func everyRecordIsOfAStrategyThatThereIs() {
    #expect(Set(RecordedChoices.definitions.keys) == Set(Self.names))
    #expect(Set(RecordedChoices.choices.keys) == Set(Self.names))
  }

  private static let variants: [String: [[String: JSONValue]]] = [
    "herding": [["balanced": false]], "herding-deepcore": [["balanced": false]],
    "k-center": [["balanced": true], ["first": "seeded"], ["first": 17]], "margin": [["balanced": true]],
    "el2n": [["order": "smallest"], ["balanced": true]], "target-herding": [["balanced": true]],
    "facility-location": [
      ["balanced": true], ["similarity": "max-squared-euclidean"], ["similarity": "gaussian"],
    ],
    "graph-cut": [["balanced": true], ["similarity": "max-squared-euclidean"], ["similarity": "gaussian"]],
    "ssl-prototypes": [["order": "easy"], ["clusters": 5, "balanced": true]],
    "semdedup": [["epsilon": 0.3, "clusters": 4]], "cal": [["neighbours": 3]],
    "knn-shapley": [["k": 3, "validation": 0.2]], "target-importance": [["ridge": 1]],
    "ccs": [["drop": 0.3, "strata": 7]], "craig": [["balanced": false]], "grad-match": [["balanced": false]],
    "glister": [["balanced": false, "validation": 0.4]], "relabel": [["experts": 0.4]],
  ]

  private static func digest(_ json: JSONValue) -> String { String("\(Digest(of: json.canonical))".prefix(16)) }

  /// Everything but its sentences.
  private static func definition(of name: String) throws -> JSONValue {
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name))
    let terms = try SyntheticPools.terms(shift: "crowdsourced", budget: 10)
    return [
      "choice": strategy.completeChoice.json, "keep": .number(strategy.keep),
      "needs": .array(strategy.needs.map(\.rawValue).sorted().map { .string($0) }),
      "allowed": .array(strategy.description.options.map { .string("\($0.name): \($0.values)") }),
      "algorithms": .object(
        strategy.algorithms.merging(strategy.scorerAlgorithms) { $1 }.mapValues { .integer(Int64($0)) }),
      "costs": .array((strategy.costs.looking + ["|"] + strategy.costs.buying).map { .string($0) }),
      "achievable": .bool(strategy.description.isAchievable), "filter": .bool(strategy.description.isFilter),
      "scores": strategy.scoreParameters(in: terms) ?? .null, "asks": .bool(strategy.asksExperts),
    ]
  }

  /// In which order it buys the whole pool, by made-up scores.
  private static func orderOfPool(_ name: String, _ options: [String: JSONValue]) throws -> JSONValue {
    let free = PriceList(currency: "EUR", isIllustrative: false, prices: [:], exceptions: [:])
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name, options: options))
    let purchase = try Curator.choose(
      strategy, terms: SyntheticPools.terms(shift: "crowdsourced", budget: 1, prices: free, seed: 4), pool: pool,
      target: target, scores: scores)
    return [
      "subset": .array(purchase.subset.map { .integer(Int64($0)) }),
      "labels": .array(purchase.labels.map { .integer(Int64($0)) }),
    ]
  }

  /// What it chooses among rows, for those that need no proxies where probabilities are given.
  private static func choicesOfRows(_ name: String) throws -> [JSONValue] {
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name))
    let scorer = try strategy.scoreParameters(in: SyntheticPools.terms(budget: 1))?["scorer"]?["name"]?.text
    guard scorer != "history", strategy.needs.isDisjoint(with: [.truth, .experts]) else { return [] }
    let arrays = try ArraySelection(
      features: pool.features.matrix, labels: pool.observedLabels.map { Int($0) }, target: target,
      probabilities: scores.arrays["probabilities"])
    let picks = try arrays.select(StrategyChoice(name: name), count: 40, seed: 3)
    return [
      .array(picks.indices.map { .integer(Int64($0)) }),
      .array((picks.gains ?? []).map { .string(String($0.bitPattern, radix: 16)) }),
    ]
  }

  /// Every array that any scorer makes, of all images of the pool.
  private static let scores: Scores = {
    var generator = SeededGenerator(seed: 5, purpose: "scores")
    let probabilities = (0..<150).flatMap { _ in generator.dirichlet([1, 1, 1, 1]).map { Float($0) } }
    let forgetting = (0..<150).map { _ in
      let events = generator.integer(below: 6)
      return events == 5 ? Float.infinity : Float(events)
    }
    return Scores(arrays: [
      "probabilities": Matrix(rows: 150, columns: 4, values: probabilities),
      "logits": SyntheticPools.points(150, 4, seed: 11), "hidden": SyntheticPools.points(150, 6, seed: 12),
      "error-norm": SyntheticPools.points(150, 1, seed: 13), "gradient-norm": SyntheticPools.points(150, 1, seed: 14),
      "margin-sum": SyntheticPools.points(150, 1, seed: 15),
      "forgetting": Matrix(rows: 150, columns: 1, values: forgetting),
    ])
  }()
}
