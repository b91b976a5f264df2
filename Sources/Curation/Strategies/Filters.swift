import Core
import Economics

/// Strategies that discard some candidates and buy the rest at random.
extension StrategyRow {
  /// Two folds: every further one costs all candidates another training, and finds hardly more wrong labels.
  static let confidentFilter = StrategyRow(
    StrategyDescription(
      name: "confident-filter", summary: "at random among the images whose label survives confident learning",
      words: Words(english: "leave out images whose label looks wrong", japanese: "ラベルが誤っていそうな画像を除く"),
      source: "Northcutt, Jiang & Chuang, Confident Learning, JAIR 2021", needs: [.labels, .scores],
      options: [
        .keep(1), .epochs(10, "epochs that each fold's proxy is trained"), folds,
      ], roles: [.filtersLabels], isFilter: true, version: 2),
    scorer: Proxies.crossValidation
  ) { count, setting in
    let suspects = ConfidentLearning.suspects(
      probabilities: try setting.array("probabilities"), labels: setting.candidates.labels,
      minimumPerClass: minimumPerClass)
    return Selection(setting.random(count) { !suspects[$0] })
  }

  private static let folds = OptionDescription.wholeNumber(
    "folds", 2, in: Scorer.foldRange, "folds of the cross-validation")
  private static let minimumPerClass = 5

  static let semDeDup = StrategyRow(
    StrategyDescription(
      name: "semdedup",
      summary: "at random among the images left when near-duplicates within each cluster are dropped",
      words: Words(english: "leave out images that nearly repeat another one", japanese: "ほかの画像とほぼ同じ画像を除く"),
      source: "Abbas et al., SemDeDup, 2023 (the paper: only kept images drop others)", needs: [.features],
      options: [
        .keep(1),
        .number("epsilon", 0.05, in: 0...2, "two images are duplicates when their cosine is above 1 − epsilon"),
        Prototypes.option,
      ], isFilter: true), readsBlocks: true
  ) { count, setting in
    let isKept = try SemanticDuplicates.kept(
      among: Prototypes(setting.part(from: 0, to: 0.5)), threshold: Float(1 - setting.options.number("epsilon")),
      context: setting.context.part(from: 0.5, to: 1))
    return Selection(setting.random(count) { isKept[$0] })
  }

  /// Most suspicious is whose label has the smallest probability under a proxy that did not see it.
  static let relabel = StrategyRow(
    StrategyDescription(
      name: "relabel",
      summary:
        "at random, after experts have labelled the most suspicious images anew; images of no class are left out",
      words: Words(english: "pay experts to check the most doubtful labels", japanese: "最も疑わしいラベルを、専門家に確認してもらう"),
      source: "self-confidence as in Northcutt, Jiang & Chuang, Confident Learning, JAIR 2021",
      needs: [.labels, .scores, .experts],
      options: [
        .keep(1),
        .share(
          "experts", 0.1, "the share of the looked-at images, the most suspicious, that experts label anew"),
        .epochs(5, "epochs that each fold's proxy is trained"), folds,
      ], isFilter: true),
    scorer: Proxies.crossValidation
  ) { count, setting in
    guard let experts = setting.evidence.experts else { preconditionFailure("no experts were hired") }
    let probabilities = try setting.array("probabilities")
    let labels = setting.candidates.labels
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
    let picks = setting.random(count) { !rejected.contains($0) }
    let bought = Set(picks)
    return Selection(picks, correctedLabels: corrected.filter { bought.contains($0.key) })
  }
}
