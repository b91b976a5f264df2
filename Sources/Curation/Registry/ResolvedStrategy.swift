package import Core
import Economics
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
    let needs = strategy.needs
    looking = Looking(
      // Proxies are trained on the labels that come with the candidates.
      labels: needs.contains(.labels) || isBalanced || strategy.scorer != nil, features: needs.contains(.features),
      scorer: strategy.scorer, images: needs.contains(.images), ownModels: strategy.ownModels,
      expertShare: needs.contains(.experts) ? options.share("experts") : nil)
  }

  /// The share of the looked-at candidates that it buys, in (0, 1].
  package var keep: Double { keptShare.value }

  /// Whether it has experts label candidates anew.
  package var asksExperts: Bool { looking.expertShare != nil }

  /// What it must be given.
  package var needs: Set<Need> { strategy.needs }

  /// The paths of the files that it reads, by the option that names them.
  package var files: [String: String] {
    let names = description.options.filter { $0.values == .file }.map(\.name)
    return Dictionary(uniqueKeysWithValues: names.map { ($0, options[$0]?.text ?? "") })
  }

  /// The strategy with all its options as a choice that resolves to the same again; for task parameters. A task knows
  /// files by their content, so that their paths are left out.
  package var completeChoice: StrategyChoice {
    StrategyChoice(name: choice.name, options: options.merging(files.mapValues { _ in "the content of a file" }) { $1 })
  }

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
