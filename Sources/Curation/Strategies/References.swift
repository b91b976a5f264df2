import Core

/// What others are compared with.
extension StrategyRow {
  /// Buys candidates unseen.
  static let random = StrategyRow(
    StrategyDescription(
      name: "random", summary: "uniformly at random, without looking: the reference of every sweep",
      words: Words(english: "buy without choosing", japanese: "選ばずに無作為に購入する"),
      source: "–",
      needs: [], roles: [.baseline])
  ) { count, setting in Selection(setting.random(count)) }

  static let classBalanced = StrategyRow(
    StrategyDescription(
      name: "class-balanced", summary: "the same number of each observed class, at random within a class",
      words: Words(english: "buy the same number of every class", japanese: "どのクラスも同じ枚数だけ購入する"),
      source: "–", needs: [.labels], options: [.keep])
  ) { count, setting in
    let candidates = setting.candidates
    let (labels, order) = (candidates.labels, candidates.randomOrder)
    let dealt = ClassBalance.select(count, labels: order.map { labels[$0] }, classCount: candidates.classCount) {
      Array(0..<$1)
    }
    return Selection(dealt.map { order[$0] })
  }

  static let oracleClean = StrategyRow(
    StrategyDescription(
      name: "oracle-clean",
      summary: "at random among the images whose label is true: what perfect filtering would give for nothing",
      words: Words(english: "buy only images whose label is known to be true", japanese: "ラベルが正しいと分かっている画像だけを購入する"),
      source: "–", needs: [.truth], roles: [.unachievable, .knowsLabels])
  ) { count, setting in
    guard let truth = setting.evidence.truth else { preconditionFailure("the oracle was not told the truth") }
    let labels = setting.candidates.labels
    return Selection(setting.random(count) { labels[$0] == truth[$0] })
  }
}
