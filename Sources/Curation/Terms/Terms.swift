package import Core
package import Economics
package import Sweeps

/// The economic terms of one trial: everything about money that decides what is bought.
///
/// Only what can matter is kept, so that a change elsewhere (the currency's name, another shift's price, the rivals
/// of an equal-cost trial) leaves a task what it was.
package struct Terms: Hashable, Sendable {
  package let shift: String
  package private(set) var budget: Money
  /// Prices of what is bought in this shift.
  package private(set) var prices: [PriceItem: Price]
  /// Votes per image where labels are voted on; 1 elsewhere.
  package let crowdVotes: Int
  package let sizing: Sizing
  /// The trial's seed: it decides which candidates are looked at and how proxies are trained.
  package let seed: Int
  /// The strategies that must end up with equally many items, with all their options, sorted by label; empty unless
  /// `sizing` is equal-items.
  package let rivals: [StrategyChoice]
  let supply: Supply
  /// Whether what the pool needs before its first image is paid elsewhere in the same trial.
  private(set) var isSetUp = false
  /// Whether the pictures of the target sample are paid elsewhere in the same trial.
  private(set) var isTargetPaid = false
  /// What the rivals pay, in the order of ``rivals``.
  private(set) var rivalOffers: [Offer] = []

  /// - Parameters:
  ///   - supply: where the images and labels of the shift come from, as its data set says.
  ///   - crowdVotes: votes per image where labels are voted on.
  ///   - rivals: all strategies of the sweep; they matter only when `sizing` is equal-items.
  ///   - further: items beside those of the shift's supply whose prices matter in every shift to the trial's own strategy:
  ///     ``ResolvedStrategy/furtherItems``.
  /// - Throws: a ``ConfigurationError`` for a rival that cannot be resolved.
  package init(
    shift: String, supply: Supply, budget: Money, prices: PriceList, crowdVotes: Int, sizing: Sizing, seed: Int,
    rivals: [StrategyChoice], further: Set<PriceItem> = []
  ) throws {
    self.supply = supply
    self.shift = shift
    self.budget = budget
    self.crowdVotes = supply.label == .labelCrowd ? crowdVotes : 1
    self.sizing = sizing
    self.seed = seed
    let resolved = try sizing == .equalItems ? rivals.map(StrategyRegistry.resolve) : []
    let sorted = resolved.sorted { $0.completeChoice.label < $1.completeChoice.label }
    self.rivals = sorted.map(\.completeChoice)
    let items = resolved.reduce(further) { $0.union($1.furtherItems) }.union(supply.items)
    self.prices = Dictionary(uniqueKeysWithValues: items.map { ($0, prices.schedule($0, in: shift).effective) })
    rivalOffers = sorted.map { $0.offer(in: self) }
  }

  package var json: JSONValue {
    [
      "shift": .string(shift), "budget": budget.json, "crowdVotes": .integer(Int64(crowdVotes)),
      "prices": .object(Dictionary(uniqueKeysWithValues: prices.map { ($0.key.rawValue, $0.value.json) })),
      "sizing": .string(sizing.rawValue), "seed": .integer(Int64(seed)), "rivals": .array(rivals.map(\.json)),
    ]
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  ///
  /// - Parameter supply: tells the supply of a shift; throws for one that the data set does not have.
  package init(json: JSONValue, place: String = "terms", supply: (String) throws -> Supply) throws {
    var object = try StrictObject(json, place: place)
    let given = try object.require("prices")
    let prices = try PriceList(json: given, place: object.path("prices"))
    guard let shift = try object.string("shift"), let budget = try object.number("budget", in: 0...1e12),
      let votes = try object.integer("crowdVotes", in: 1...9), let sizing = try object.choice("sizing", Sizing.self),
      let seed = try object.integer("seed", in: 0...Int(Int32.max)), let rivals = try object.array("rivals")
    else {
      throw ConfigurationError(place: place, problem: "terms need shift, budget, crowdVotes, sizing, seed and rivals")
    }
    try object.finish()
    let items = PriceItem.allCases.filter { given.members?[$0.rawValue] != nil }
    let terms = try Terms(
      shift: shift, supply: try supply(shift), budget: Money(budget), prices: Self.everywhere(prices),
      crowdVotes: votes, sizing: sizing,
      seed: seed, rivals: rivals.map { try StrategyChoice(json: $0, place: place + ".rivals") }, further: Set(items))
    self = terms.keeping(Set(items))
  }

  /// These terms with another budget.
  func spending(_ budget: Money) -> Terms {
    var terms = self
    terms.budget = budget
    return terms
  }

  /// These terms in a trial that has paid for the pool's setup, or for the target's pictures, already.
  func after(setup isSetUp: Bool, target isTargetPaid: Bool) -> Terms {
    var terms = self
    (terms.isSetUp, terms.isTargetPaid) = (isSetUp, isTargetPaid)
    return terms
  }

  /// These terms without the prices of other items than `items`.
  func keeping(_ items: Set<PriceItem>) -> Terms {
    var terms = self
    terms.prices = prices.filter { items.contains($0.key) }
    return terms
  }

  /// The list without exceptions: the prices of terms are those of their own shift already.
  private static func everywhere(_ list: PriceList) -> PriceList {
    PriceList(currency: list.currency, isIllustrative: false, prices: list.prices, exceptions: [:])
  }
}
