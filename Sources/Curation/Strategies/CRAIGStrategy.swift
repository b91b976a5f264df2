/// Picks to which every candidate has a similar gradient.
struct CRAIGStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "craig",
    summary:
      "each next pick most raises how well the picks' gradients stand for everybody's (facility location); trained without the method's weights",
    source: "Mirzasoleiman, Bilmes & Leskovec, Coresets for Data-efficient Training, ICML 2020",
    needs: [.labels, .scores],
    options: [
      .keep(0.5), .balanced(true),
      .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that the proxy is trained"),
    ])

  let scorer: Scorer?

  init(options: StrategyOptions) { scorer = .lastLayer(epochs: options.wholeNumber("epochs")) }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let gradients = try evidence.gradients(of: candidates)
    var generator = candidates.generator("references")
    return try candidates.select(count) { members, quota in
      let own = gradients.selecting(members)
      let references = ReferenceSample.positions(of: members.count, generator: &generator)
      let cover = try FacilityLocation.select(
        quota, similarities: try own.similarities(to: references, shouldContinue: shouldContinue),
        shouldContinue: shouldContinue)
      return Selection(cover.picks, gains: cover.gains)
    }
  }
}
