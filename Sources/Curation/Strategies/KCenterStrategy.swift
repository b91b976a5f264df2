import Core

/// A cover of the candidates: each next pick is the one farthest from all before.
struct KCenterStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "k-center", summary: "each next pick is the farthest from those before, so that nothing is left far away",
    source: "Sener & Savarese, Active Learning for Convolutional Neural Networks, ICLR 2018", needs: [.features],
    options: [
      .keep(0.5), .balanced(false),
      OptionDescription(
        name: "first", default: "mean", values: .wordOrNumber(["mean", "seeded"], 0...Int(Int32.max)),
        meaning: "the first pick: the one nearest to the mean, one at random, or the candidate of that number"),
    ])

  private let isSeeded: Bool
  private let start: Int?

  init(options: StrategyOptions) {
    start = options.optionalWholeNumber("first")
    isSeeded = start == nil && options.word("first") == "seeded"
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    if let start, candidates.isBalanced || start >= candidates.count {
      let problem = candidates.isBalanced ? "one number cannot start every class" : "there are \(candidates.count)"
      throw CurationError("k-center cannot begin with candidate \(start): \(problem)")
    }
    var generator = candidates.generator("first")
    return try candidates.selectRows(count) { points, quota in
      let first = isSeeded ? generator.integer(below: points.rows) : start
      return Selection(try KCenter.select(quota, from: points, start: first, shouldContinue: shouldContinue).picks)
    }
  }
}
