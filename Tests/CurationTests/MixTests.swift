import Core
import Curation
import Datasets
import Economics
import Sweeps
import TestSupport
import Testing

/// A market of synthetic pools, one a shift.
struct Market {
  let pools: [String: Pool]
  let prices: PriceList

  init(_ noise: [String: Double] = [:], count: Int = 300, prices: PriceList = SyntheticPools.prices) {
    pools = Dictionary(
      uniqueKeysWithValues: FashionPlusPlus.shifts.enumerated().map {
        ($1, SyntheticPools.make(shift: $1, count: count, noise: noise[$1] ?? 0, seed: UInt64($0 + 1)))
      })
    self.prices = prices
  }

  /// Prices from a thousandth of a unit to a tenth, some of them 0, others in every shift.
  static func randomPrices(_ generator: inout SeededGenerator) -> PriceList {
    func items() -> [PriceItem: Price] {
      Dictionary(
        uniqueKeysWithValues: PriceItem.allCases.map {
          ($0, generator.uniform() < 0.15 ? .zero : Price(generator.uniform(in: 0.001..<0.1)))
        })
    }
    let exceptions = Dictionary(uniqueKeysWithValues: FashionPlusPlus.shifts.map { ($0, items()) })
    return PriceList(currency: "USD", isIllustrative: false, prices: items(), exceptions: exceptions)
  }

  static func choice(_ text: String) throws -> StrategyChoice {
    try StrategyChoice(json: try JSONValue.parse(Array(text.utf8), source: "choice"), place: "choice")
  }

  func buy(_ text: String, budget: Double, seed: Int = 0, crowdVotes: Int = 3) throws -> MixPurchase {
    let mix = try Mix(
      try Self.choice(text), shifts: FashionPlusPlus.shifts, known: FashionPlusPlus.shifts, judges: ["expert"])
    let terms = try MixTerms(
      mix, budget: Money(budget), prices: prices, crowdVotes: crowdVotes, seed: seed, judge: "expert",
      supply: SyntheticPools.supply)
    #expect(try MixTerms(json: terms.json, place: "terms", supply: SyntheticPools.supply) == terms)
    return try mix.choose(
      terms, pools: pools.filter { mix.sources.contains($0.key) }, judge: pools["expert"]!,
      target: SyntheticPools.points(30, 8, seed: 3))
  }

  /// What one image bought unseen costs in `shift`.
  func price(_ shift: String, crowdVotes: Int = 3) -> Money {
    let items: [(PriceItem, Int)] =
      switch shift {
      case "expert": [(.acquire, 1), (.labelExpert, 1)]
      case "field": [(.photograph, 1), (.labelExpert, 1)]
      case "crowdsourced": [(.acquire, 1), (.labelCrowd, crowdVotes)]
      case "retrieval-image", "retrieval-text": [(.acquire, 1), (.retrieve, 1)]
      default: [(.generate, 1)]
      }
    return (items + [(.store, 1)]).reduce(.zero) { $0 + prices.price($1.0, in: shift) * $1.1 }
  }
}

@Suite struct MixTests {
  @Test func moneyIsSplitAsStatedToWithinOneImage() throws {
    var generator = SeededGenerator(seed: 5, purpose: "mix")
    for round in 0..<40 {
      let market = Market(prices: Market.randomPrices(&generator))
      let weights = FashionPlusPlus.shifts.map { ($0, generator.integer(below: 5)) }.filter { $0.1 > 0 }
      guard !weights.isEmpty else { continue }
      let text = weights.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
      let budget = generator.uniform(in: 2.0..<10)
      let bought = try market.buy(#"{"name": "mix", "proportions": {\#(text)}}"#, budget: budget, seed: round)
      #expect(bought.ledger.total <= Money(budget))
      let sum = weights.reduce(0) { $0 + $1.1 }
      for (shift, weight) in weights {
        let part = try #require(bought.parts.first { $0.shift == shift })
        // Setting a pool up is part of its price.
        let setup = part.subset.isEmpty ? .zero : market.prices.price(.setup, in: shift)
        let spent = market.price(shift) * part.subset.count + setup
        let stated = budget * Double(weight) / Double(sum)
        #expect(spent.amount <= stated + 2e-5)
        let isSoldOut = part.subset.count == market.pools[shift]!.count
        #expect(
          isSoldOut
            || spent.amount > stated - market.price(shift).amount - market.prices.price(.setup, in: shift).amount
              - 2e-5,
          "\(shift)")
        #expect(abs((bought.split[shift] ?? 0) - Double(weight) / Double(sum)) < 1e-5)
      }
    }
  }

  @Test(arguments: StrategyRegistry.all.filter { !$0.readsFiles && $0.isAchievable }.map(\.name))
  func noStrategyPassesTheBudget(
    _ name: String
  ) throws {
    var generator = SeededGenerator(seed: 6, purpose: "mix")
    for round in 0..<3 {
      let market = Market(
        ["crowdsourced": 0.2], prices: round == 0 ? SyntheticPools.prices : Market.randomPrices(&generator))
      for text in [
        #"{"name": "mix", "proportions": {"crowdsourced": 1, "synthetic-text": 2}, "with": "\#(name)"}"#,
        #"{"name": "mix-search", "sources": ["expert", "crowdsourced"], "with": "\#(name)"}"#,
      ] {
        let bought: MixPurchase
        do {
          bought = try market.buy(text, budget: 12, seed: round)
        } catch let error as CurationError {
          #expect(round > 0, "\(error)")  // Prices can be too high for a search or a proxy.
          continue
        }
        #expect(bought.ledger.total <= Money(12))
        for part in bought.parts {
          #expect(Set(part.subset).count == part.subset.count && part.labels.count == part.subset.count)
        }
        let stored = bought.ledger.entries.filter { $0.item == .store && $0.purpose == .purchase }
        #expect(stored.reduce(0) { $0 + $1.quantity } == bought.parts.reduce(0) { $0 + $1.subset.count })
      }
    }
  }

  @Test func oneSourceIsThatSourcesOwnTrial() throws {
    let market = Market()
    for name in ["random", "herding", "el2n"] {
      let mixed = try market.buy(
        #"{"name": "mix", "proportions": {"expert": 1}, "with": "\#(name)"}"#, budget: 4, seed: 2)
      let plain = try CuratorTests.buy(
        name, try SyntheticPools.terms(shift: "expert", budget: 4, seed: 2), from: market.pools["expert"]!)
      #expect(mixed.parts.count == 1 && mixed.parts[0].subset == plain.subset && mixed.parts[0].labels == plain.labels)
      #expect(mixed.ledger == plain.ledger && mixed.candidates == plain.candidates)
    }
  }

  @Test func mergedPoolsKeepEveryImageWithItsOrigin() throws {
    let market = Market(["crowdsourced": 0.3])
    let bought = try market.buy(#"{"name": "mix", "proportions": {"expert": 1, "crowdsourced": 1}}"#, budget: 5)
    let merged = bought.merged(market.pools)
    #expect(merged.count == bought.parts.reduce(0) { $0 + $1.subset.count })
    var row = 0
    for part in bought.parts {
      let pool = market.pools[part.shift]!
      for position in part.subset {
        #expect(merged.images.image(row).elementsEqual(pool.images.image(position)))
        #expect(
          merged.trueLabels[row] == pool.trueLabels[position] && merged.sourceIDs[row] == pool.sourceIDs[position])
        #expect((0..<8).allSatisfy { merged.features.matrix[row, $0] == pool.features.matrix[position, $0] })
        row += 1
      }
    }
  }

  @Test func aPartThatBuysNothingIsSaid() throws {
    let bought = try Market().buy(#"{"name": "mix", "proportions": {"expert": 1, "synthetic-text": 999}}"#, budget: 2)
    #expect(bought.parts.map(\.subset.isEmpty) == [true, false])
    #expect(
      bought.remarks.contains(Remark(.buysNothing, numbers: ["money": 0.002], names: ["shift": "expert"])),
      "\(bought.remarks)")
    #expect(throws: CurationError.self) {
      try Market().buy(#"{"name": "mix", "proportions": {"expert": 1, "crowdsourced": 1}}"#, budget: 0.01)
    }
  }

  @Test(arguments: [
    (#"{"name": "mix"}"#, "an object such as"), (#"{"name": "mix", "proportions": {}}"#, "no shift has a share"),
    (#"{"name": "mix", "proportions": {"exprt": 1}}"#, "did you mean \"expert\"?"),
    (#"{"name": "mix", "proportions": {"expert": -1}}"#, "a number from 0"),
    (#"{"name": "mix", "proportions": {"expert": 1}, "with": "randon"}"#, "did you mean \"random\"?"),
    (
      #"{"name": "mix", "proportions": {"expert": 1}, "with": {"name": "herding", "keeep": 1}}"#,
      "did you mean \"keep\"?"
    ),
    (#"{"name": "mix", "proportions": {"expert": 1}, "with": {"name": "mix"}}"#, "a mix within a mix"),
    (#"{"name": "mix", "proportion": {"expert": 1}, "proportions": {"expert": 1}}"#, "did you mean \"proportions\"?"),
    (#"{"name": "mix-search", "sources": ["expert"]}"#, "two sources or more"),
    (#"{"name": "mix-search", "sources": ["expert", "expert"]}"#, "listed twice"),
    (#"{"name": "mix-search", "steps": 9}"#, "from 1 to 4"),
    (#"{"name": "mix-search", "validation": 0.6, "search": 0.6}"#, "pass the whole budget"),
  ]) func mistakesAreAnsweredWithWhatWouldBeRight(text: String, sentence: String) throws {
    let choice = try Market.choice(text)
    let error = #expect(throws: ConfigurationError.self) {
      try Mix(choice, shifts: FashionPlusPlus.shifts, known: FashionPlusPlus.shifts, judges: ["expert"])
    }
    #expect(error?.description.contains(sentence) == true, "said: \(error?.description ?? "")")
  }

  @Test func aCompleteChoiceMeansTheSame() throws {
    for text in [
      #"{"name": "mix", "proportions": {"expert": 3, "synthetic-text": 7}, "with": "herding"}"#,
      #"{"name": "mix", "proportions": {"expert": 1, "crowdsourced": 1, "retrieval-text": 1}}"#,
      #"{"name": "mix-search", "steps": 3, "search": 0.4}"#,
    ] {
      let complete = try Mix(
        try Market.choice(text), shifts: ["crowdsourced", "expert"], known: FashionPlusPlus.shifts, judges: ["expert"]
      ).completeChoice
      #expect(
        try Mix(complete, shifts: [], known: FashionPlusPlus.shifts, judges: ["expert"]).completeChoice == complete)
    }
    let half = try Mix(
      try Market.choice(#"{"name": "mix", "proportions": {"expert": 5, "crowdsourced": 5}}"#), shifts: [],
      known: FashionPlusPlus.shifts, judges: [])
    let same = try Mix(
      try Market.choice(#"{"name": "mix", "proportions": {"expert": 0.5, "crowdsourced": 0.5}, "with": "random"}"#),
      shifts: [], known: FashionPlusPlus.shifts, judges: [])
    #expect(half.completeChoice == same.completeChoice)
  }
}

@Suite struct SplitSearchTests {
  private static let text = #"{"name": "mix-search", "sources": ["retrieval-image", "retrieval-text"]}"#

  @Test(arguments: ["retrieval-image", "retrieval-text"]) func findsTheCleanSource(clean: String) throws {
    let noisy = clean == "retrieval-image" ? "retrieval-text" : "retrieval-image"
    // Wrong three times of four among four classes: the labels say nothing.
    let market = Market([noisy: 0.75], count: 1_500)
    for seed in 0..<3 {
      let bought = try market.buy(Self.text, budget: 10, seed: seed)
      #expect(bought.split == [clean: 1, noisy: 0], "seed \(seed): \(bought.remarks)")
      let counts = Dictionary(uniqueKeysWithValues: bought.parts.map { ($0.shift, $0.subset.count) })
      #expect(counts[clean]! > 4 * counts[noisy]! && counts[noisy]! > 0, "the pilot of the noise is kept, nothing more")
      #expect(bought.remarks.contains { $0.code == .splitSearched && $0.numbers["splits"] == 3 })
    }
  }

  @Test func theSearchIsPaidFor() throws {
    let bought = try Market().buy(Self.text, budget: 10)
    func quantity(_ item: PriceItem, _ purpose: Ledger.Purpose) -> Int {
      bought.ledger.entries.filter { $0.item == item && $0.purpose == purpose }.reduce(0) { $0 + $1.quantity }
    }
    let validation = quantity(.labelExpert, .selection)
    #expect(validation == 24 && quantity(.store, .selection) == 24)
    #expect(quantity(.score, .selection) == 3 * validation && quantity(.train, .selection) > 0)
    #expect(quantity(.labelExpert, .purchase) == 0)
    #expect(bought.ledger.total(for: .selection) < Money(4))
  }

  @Test func equalTermsBuyTheSameAnotherSeedSomethingElse() throws {
    let market = Market()
    let first = try market.buy(Self.text, budget: 4)
    #expect(try market.buy(Self.text, budget: 4) == first)
    #expect(try market.buy(Self.text, budget: 4, seed: 1).parts != first.parts)
  }

  @Test func tooLittleMoneyIsSaid() throws {
    let nothing = #expect(throws: CurationError.self) { try Market().buy(Self.text, budget: 0.1) }
    #expect(nothing?.description.contains("not a single validation image") == true)
    let little = #expect(throws: CurationError.self) { try Market().buy(#"{"name": "mix-search"}"#, budget: 0.5) }
    #expect(little?.description.contains("too little to try 28 splits of 7 sources") == true)
  }

  @Test func freeImagesAreNoEndlessSearch() throws {
    let free = PriceList(currency: "USD", isIllustrative: false, prices: [:], exceptions: [:])
    let bought = try Market(prices: free).buy(Self.text, budget: 1)
    #expect(bought.ledger.total == .zero && bought.parts.allSatisfy { $0.subset.count > 100 })
  }
}
