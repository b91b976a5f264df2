package import Core
package import Sweeps

/// A strategy with checked options, ready to choose.
package struct ResolvedStrategy: Sendable {
  /// As it was asked for.
  package let choice: StrategyChoice
  package let description: StrategyDescription
  /// Every option, defaults filled in: two choices that mean the same are equal here.
  package let options: [String: JSONValue]
  let strategy: any SelectionStrategy
  /// Whether it chooses within each observed class.
  let isBalanced: Bool
  /// The share of the looked-at candidates that it buys.
  let keptShare: Share
  /// What it must know of every candidate before it can choose.
  let looking: Looking

  init(_ choice: StrategyChoice, type: any SelectionStrategy.Type, options: StrategyOptions) {
    self.choice = choice
    description = type.description
    self.options = options.values
    strategy = type.init(options: options)
    isBalanced = options.has("balanced") && options.flag("balanced")
    keptShare = options.has("keep") ? options.share("keep") : .all
    let needs = type.description.needs
    looking = Looking(
      // Proxies are trained on the labels that come with the candidates.
      labels: needs.contains(.labels) || isBalanced || strategy.scorer != nil, features: needs.contains(.features),
      scorer: strategy.scorer,
      expertShare: needs.contains(.experts) ? options.share("experts") : nil)
  }

  /// The share of the looked-at candidates that it buys, in (0, 1].
  package var keep: Double { keptShare.value }

  /// Whether it has experts label candidates anew.
  package var asksExperts: Bool { looking.expertShare != nil }

  /// The strategy with all its options as a choice that resolves to the same again; for task parameters.
  package var completeChoice: StrategyChoice { StrategyChoice(name: choice.name, options: options) }

  /// The versions of the algorithms that choose, by name; for task specifications.
  package var algorithms: [String: Int] { ["strategy \(description.name)": description.version] }

  /// The versions of the algorithms that score, by name; empty when it needs no scores.
  package var scorerAlgorithms: [String: Int] {
    looking.scorer.map { ["scorer \($0.name)": Scorer.version] } ?? [:]
  }

  /// The parameters of the score task that this strategy reads; nil when it needs no scores. Equal parameters, as
  /// canonical JSON, are one task.
  package func scoreParameters(in terms: Terms) -> JSONValue? {
    guard let scorer = looking.scorer else { return nil }
    return ScoreTask(scorer: scorer, shift: terms.shift, seed: terms.seed, power: purchasingPower(in: terms)).json
  }

  /// What the strategy can afford under `terms`, as a function of the pool's size.
  func purchasingPower(in terms: Terms) -> PurchasingPower {
    PurchasingPower(
      budget: terms.budget, offer: offer(in: terms),
      rivals: terms.sizing == .equalCost ? nil : terms.rivalOffers)
  }

  /// What the shift's suppliers ask of this strategy.
  func offer(in terms: Terms) -> Offer {
    let tariff = Tariff(for: looking, in: terms)
    return Offer(
      look: tariff.lookPrice, buy: tariff.buyPrice, keep: keptShare, isFilter: description.isFilter,
      experts: looking.expertShare.map { Offer.Experts(price: tariff.expertPrice, share: $0) })
  }
}
