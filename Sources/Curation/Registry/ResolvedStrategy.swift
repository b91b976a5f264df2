package import Core
package import Economics
package import Sweeps

/// A strategy with checked options, ready to choose.
package struct ResolvedStrategy: Sendable {
  /// As it was asked for.
  package let choice: StrategyChoice
  /// What it must be given.
  package let needs: Set<Need>
  private let row: StrategyRow
  private let checkedOptions: StrategyOptions
  /// Whether it chooses within each observed class.
  let isBalanced: Bool
  /// The share of the looked-at candidates that it buys.
  let keptShare: Share
  /// What it must know of every candidate before it can choose.
  let looking: Looking

  init(_ choice: StrategyChoice, row: StrategyRow, options: StrategyOptions) {
    self.choice = choice
    self.row = row
    checkedOptions = options
    needs = row.needs?(options) ?? row.description.needs
    isBalanced = options.has("balanced") && options.flag("balanced")
    keptShare = options.has("keep") ? options.share("keep") : .all
    let scorer = row.scorer?(options)
    looking = Looking(
      // Proxies are trained on the labels that come with the candidates.
      labels: needs.contains(.labels) || isBalanced || scorer != nil, features: needs.contains(.features),
      scorer: scorer, images: needs.contains(.images), ownModels: row.ownModels(options),
      expertShare: needs.contains(.experts) ? options.share("experts") : nil,
      targetPictures: needs.contains(.target) ? options.wholeNumber(OptionDescription.pictures.name) : nil)
  }

  package var description: StrategyDescription { row.description }

  /// Whether it has the features of all candidates in memory; otherwise it goes through them block by block.
  package var holdsFeatures: Bool { row.holdsFeatures }

  /// Every option, defaults filled in: two choices that mean the same are equal here.
  package var options: [String: JSONValue] { checkedOptions.values }

  /// Chooses up to `count` of `candidates`: see ``StrategyRow/Choice``.
  func choose(
    _ count: Int, from candidates: Candidates, evidence: Evidence, context: TaskContext
  ) throws -> Selection {
    try row.choose(
      count, Setting(options: checkedOptions, candidates: candidates, evidence: evidence, context: context))
  }

  /// The share of the looked-at candidates that it buys, in (0, 1].
  package var keep: Double { keptShare.value }

  /// Whether it has experts label candidates anew.
  package var asksExperts: Bool { looking.expertShare != nil }

  /// What it pays in every shift, whatever the shift's own supply.
  package var furtherItems: Set<PriceItem> {
    Set<PriceItem>(asksExperts ? [.labelExpert] : []).union(looking.targetPictures == nil ? [] : [.photograph])
  }

  /// Whether it runs a program that the sweep brings along.
  package var runsProgram: Bool { row.runsProgram }

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
    terms.offer(for: looking, keep: keptShare, isFilter: description.isFilter)
  }
}
