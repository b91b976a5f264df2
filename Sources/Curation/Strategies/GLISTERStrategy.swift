import Economics

/// Picks whose gradient steps most lower the loss on a random part of the candidates.
struct GLISTERStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "glister",
    summary: "each next pick's gradient step most lowers a proxy's loss on a random part of the images",
    source: "Killamsetty et al., GLISTER, AAAI 2021", needs: [.labels, .scores], options: options)

  static let options: [OptionDescription] = [
    .keep(0.5), .balanced(true), .validation,
    .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
  ]

  let scorer: Scorer?
  private let validation: Share

  init(options: StrategyOptions) {
    scorer = .lastLayer(epochs: options.wholeNumber("epochs"))
    validation = options.share("validation")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    try choose(count, from: candidates, evidence: evidence, refreshes: true, shouldContinue: shouldContinue)
  }

  /// Within a class, the judges are those of the class, or all where it has none.
  func choose(
    _ count: Int, from candidates: Candidates, evidence: Evidence, refreshes: Bool, shouldContinue: () -> Bool
  ) throws -> Selection {
    let gradients = try evidence.gradients(of: candidates)
    let (logits, hidden) = (
      try evidence.scoreArray("logits", of: candidates), try evidence.scoreArray("hidden", of: candidates)
    )
    let (labels, judges) = (candidates.labels, candidates.validation(validation))
    return try candidates.select(count) { members, quota in
      let own = candidates.isBalanced ? judges.filter { labels[$0] == labels[members[0]] } : judges
      let positions = own.isEmpty ? judges : own
      let validation = ValidationDescent.Validation(
        logits: logits.selecting(rows: positions), hidden: hidden.selecting(rows: positions),
        labels: positions.map { labels[$0] })
      // A pick is one of a batch, whose mean gradient the proxy would follow at its learning rate.
      let (picks, gains) = try ValidationDescent.select(
        quota, of: gradients.selecting(members), validation: validation,
        step: ProxyRecipe.learningRate / Float(ProxyRecipe.batch), refreshes: refreshes, shouldContinue: shouldContinue)
      return Selection(picks, gains: gains)
    }
  }
}
