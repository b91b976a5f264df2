/// Has experts look at the labels that are most probably wrong, and buys the corrected rest.
struct RelabelStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "relabel",
    summary: "at random, after experts have labelled the most suspicious images anew; images of no class are left out",
    source: "self-confidence as in Northcutt, Jiang & Chuang, Confident Learning, JAIR 2021",
    needs: [.labels, .scores, .experts],
    options: [
      .keep(1),
      OptionDescription(
        name: "experts", default: 0.1, values: .share,
        meaning: "the share of the looked-at images, the most suspicious, that experts label anew"),
      .wholeNumber("epochs", 5, in: Scorer.epochRange, "epochs that each fold's proxy is trained"),
      .wholeNumber("folds", 2, in: Scorer.foldRange, "folds of the cross-validation"),
    ], isFilter: true)

  let scorer: Scorer?

  init(options: StrategyOptions) {
    scorer = .crossValidation(epochs: options.wholeNumber("epochs"), folds: options.wholeNumber("folds"))
  }

  /// Most suspicious is whose label has the smallest probability under a proxy that did not see it.
  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    guard let experts = evidence.experts else { preconditionFailure("no experts were hired") }
    let probabilities = try evidence.scoreArray("probabilities", of: candidates)
    let labels = candidates.labels
    let confidences = labels.enumerated().map { probabilities[$0.offset, Int($0.element)] }
    let suspicious = Ranking.smallest(experts.capacity, of: confidences)
    var (corrected, rejected) = ([Int: Int32](), Set<Int>())
    for (position, label) in zip(suspicious, experts.labels(of: suspicious)) {
      if let label {
        if label != labels[position] { corrected[position] = label }
      } else {
        rejected.insert(position)
      }
    }
    let picks = Array(candidates.randomOrder.lazy.filter { !rejected.contains($0) }.prefix(count))
    let bought = Set(picks)
    return Selection(picks, correctedLabels: corrected.filter { bought.contains($0.key) })
  }
}
