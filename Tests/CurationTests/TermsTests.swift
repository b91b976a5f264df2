import Core
import Curation
import Economics
import Sweeps
import TestSupport
import Testing

@Suite struct TermsTests {
  private let rivals = ["random", "margin"].map { StrategyChoice(name: $0) }

  @Test(arguments: FashionPlusPlus.shifts, Sizing.allCases) func surviveTheirJSON(
    _ shift: String, _ sizing: Sizing
  ) throws {
    let terms = try SyntheticPools.terms(shift: shift, budget: 12.5, sizing: sizing, seed: 4, rivals: rivals)
    let bytes = terms.json.canonical
    let read = try Terms(json: JSONValue.parse(bytes, source: "test"), supply: SyntheticPools.supply)
    #expect(read == terms)
    #expect(read.json.canonical == bytes)
  }

  @Test func holdWhatMattersInTheirShiftAlone() throws {
    var prices = PriceList.illustrative
    prices.currency = "EUR"
    prices.claim()
    prices.state(.labelExpert, Price(7))
    prices.state(.generate, Price(3), in: "synthetic-text")
    func terms(_ shift: String, _ prices: PriceList, _ rivals: [StrategyChoice]) throws -> Terms {
      try SyntheticPools.terms(shift: shift, budget: 5, prices: prices, rivals: rivals)
    }
    #expect(try terms("retrieval-text", prices, rivals) == terms("retrieval-text", .illustrative, []))
    #expect(try terms("expert", prices, []) != terms("expert", .illustrative, []))
    #expect(try terms("synthetic-text", prices, []) != terms("synthetic-text", .illustrative, []))
    #expect(try terms("expert", prices, []).crowdVotes == 1)
    #expect(try terms("crowdsourced", prices, []).crowdVotes == 3)
  }

  @Test func rivalsThatMeanTheSameAreTheSame() throws {
    let written = [StrategyChoice(name: "margin", options: ["keep": 0.75]), StrategyChoice(name: "random")]
    let terms = try SyntheticPools.terms(budget: 5, sizing: .equalItems, rivals: written)
    #expect(try terms == SyntheticPools.terms(budget: 5, sizing: .equalItems, rivals: rivals))
  }

  @Test func refuseAShiftThatNobodySuppliesAndRivalsThatNobodyKnows() {
    #expect(throws: ConfigurationError.self) { try SyntheticPools.terms(shift: "experts", budget: 5) }
    #expect(throws: ConfigurationError.self) {
      try SyntheticPools.terms(budget: 5, sizing: .equalItems, rivals: [StrategyChoice(name: "magic")])
    }
  }

  @Test func damagedJSONIsAnErrorNeverATrap() throws {
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: "margin"))
    let terms = try SyntheticPools.terms(budget: 12.5, sizing: .equalItems, rivals: rivals)
    let parameters = strategy.scoreParameters(in: terms)!
    let pool = SyntheticPools.make(count: 10)
    var generator = SeededGenerator(seed: 1, purpose: "damage")
    for bytes in [terms.json.canonical, parameters.canonical] {
      for _ in 0..<400 {
        var damaged = bytes
        damaged[generator.integer(below: bytes.count)] = UInt8(generator.integer(below: 128))
        guard let json = try? JSONValue.parse(damaged, source: "test") else { continue }
        _ = try? Terms(json: json, supply: SyntheticPools.supply)
        _ = try? Curator.score(parameters: json, pool: pool)
      }
    }
  }
}
