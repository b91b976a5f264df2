package import Core
package import Economics

/// The economic terms of a mix: those of each source, and those of the shift that validation images come from.
package struct MixTerms: Sendable, Hashable {
  package let budget: Money
  package let seed: Int
  /// One for each source, in the order of the mix. With stated proportions each has its part of the budget; a search has
  /// the whole budget everywhere.
  package let sources: [Terms]
  /// For a search: what validation images cost.
  package let validation: Terms?

  /// Takes from a price list what `mix` pays; throws what ``Terms`` and `supply` throw.
  ///
  /// - Parameters:
  ///   - judge: the shift that a search takes its validation images from.
  ///   - supply: tells the supply of a shift.
  package init(
    _ mix: Mix, budget: Money, prices: PriceList, crowdVotes: Int, seed: Int, judge: String,
    supply: (String) throws -> Supply
  ) throws {
    func terms(_ shift: String, _ budget: Money) throws -> Terms {
      try Terms(
        shift: shift, supply: supply(shift), budget: budget, prices: prices, crowdVotes: crowdVotes, sizing: .equalCost,
        seed: seed, rivals: [], further: mix.strategy.furtherItems)
    }
    self.budget = budget
    self.seed = seed
    switch mix.split {
    case .stated(let shares):
      sources = try zip(mix.sources, shares).map { shift, share in
        mix.strategy.relevant(try terms(shift, budget.part(Int64(share), of: 1_000_000)))
      }
      validation = nil
    case .searched:
      sources = try mix.sources.map { try terms($0, budget) }
      validation = try terms(judge, budget)
    }
  }

  package var json: JSONValue {
    [
      "budget": budget.json, "seed": .integer(Int64(seed)), "sources": .array(sources.map(\.json)),
      "validation": validation?.json ?? .null,
    ]
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else, and what `supply` throws.
  package init(json: JSONValue, place: String, supply: (String) throws -> Supply) throws {
    var object = try StrictObject(json, place: place)
    guard let budget = try object.number("budget", in: 0...1e12),
      let seed = try object.integer("seed", in: 0...Int(Int32.max)), let sources = try object.array("sources")
    else { throw ConfigurationError(place: place, problem: "the terms of a mix need budget, seed and sources") }
    self.budget = Money(budget)
    self.seed = seed
    self.sources = try sources.map { try Terms(json: $0, place: object.path("sources"), supply: supply) }
    validation = try object.value("validation").map {
      try Terms(json: $0, place: object.path("validation"), supply: supply)
    }
    try object.finish()
  }
}
