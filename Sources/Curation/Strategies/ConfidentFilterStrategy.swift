/// Discards the candidates whose labels are probably wrong, and buys the rest.
///
/// Two folds: every further one costs all candidates another training, and finds hardly more wrong labels.
struct ConfidentFilterStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "confident-filter", summary: "at random among the images whose label survives confident learning",
    source: "Northcutt, Jiang & Chuang, Confident Learning, JAIR 2021", needs: [.labels, .scores],
    options: [
      .keep(1),
      .wholeNumber("epochs", 10, in: Scorer.epochRange, "epochs that each fold's proxy is trained"),
      .wholeNumber("folds", 2, in: Scorer.foldRange, "folds of the cross-validation"),
    ], isFilter: true, version: 2)

  private static let minimumPerClass = 5

  let scorer: Scorer?

  init(options: StrategyOptions) {
    scorer = .crossValidation(epochs: options.wholeNumber("epochs"), folds: options.wholeNumber("folds"))
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    let probabilities = try evidence.scoreArray("probabilities", of: candidates)
    let suspects = ConfidentLearning.suspects(
      probabilities: probabilities, labels: candidates.labels, minimumPerClass: Self.minimumPerClass)
    return Selection(Array(candidates.randomOrder.lazy.filter { !suspects[$0] }.prefix(count)))
  }
}
