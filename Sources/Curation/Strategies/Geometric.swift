import Core
import Sweeps

/// Strategies by where candidates lie among each other.
extension StrategyRow {
  static let herding = StrategyRow(
    StrategyDescription(
      name: "herding", summary: "each next pick brings the mean of the picks closest to the mean of the candidates",
      words: Words(
        english: "choose images that together look like the average of what is offered",
        japanese: "選んだ画像の平均が候補全体の平均に近づくように選ぶ"),
      source: "Welling, Herding Dynamical Weights to Learn, ICML 2009; Rebuffi et al., iCaRL, CVPR 2017",
      needs: [.features], options: [.keep, .balanced(true)]), readsBlocks: true
  ) { count, setting in try herding(count, setting, pick: .nearest) }

  static let herdingDeepCore = StrategyRow(
    StrategyDescription(
      name: "herding-deepcore",
      summary: "herding with the argmax of DeepCore's code for the argmin of the paper: picks flee the mean",
      words: Words(
        english: "choose images as an older program does, far from the average of what is offered",
        japanese: "以前のプログラムと同じく、候補全体の平均から離れた画像を選ぶ"),
      source: deepCore, needs: [.features], options: [.keep, .balanced(true)]), readsBlocks: true
  ) { count, setting in try herding(count, setting, pick: .farthest) }

  private static func herding(_ count: Int, _ setting: Setting, pick: Herding.Pick) throws -> Selection {
    try setting.select(count, among: setting.points(.distances).rows) { points, quota, context in
      Selection(try Herding.select(quota, from: points, pick: pick, context: context))
    }
  }

  /// A cover of the candidates by balls around the picks.
  static let kCenter = StrategyRow(
    StrategyDescription(
      name: "k-center", summary: "each next pick is the farthest from those before, so that nothing is left far away",
      words: Words(english: "choose images as different from each other as possible", japanese: "互いにできるだけ異なる画像を選ぶ"),
      source: "Sener & Savarese, Active Learning for Convolutional Neural Networks, ICLR 2018", needs: [.features],
      options: [
        .keep, .balanced(false),
        OptionDescription(
          name: "first", default: "mean", values: .wordOrNumber(["mean", "seeded"], 0...Int(Int32.max)),
          meaning: "the first pick: the one nearest to the mean, one at random, or the candidate of that number"),
      ]), readsBlocks: true
  ) { count, setting in
    let (candidates, start) = (setting.candidates, setting.options.optionalWholeNumber("first"))
    if let start, candidates.isBalanced || start >= candidates.count {
      let problem = candidates.isBalanced ? "one number cannot start every class" : "there are \(candidates.count)"
      throw CurationError("k-center cannot begin with candidate \(start): \(problem)")
    }
    let isSeeded = start == nil && setting.options.word("first") == "seeded"
    var generator = candidates.generator("first")
    return try setting.select(count, among: setting.points(.distances).rows) { points, quota, context in
      let first = isSeeded ? generator.integer(below: points.rows) : start
      return Selection(try KCenter.select(quota, from: points, start: first, context: context).picks)
    }
  }

  static let facilityLocation = StrategyRow(
    StrategyDescription(
      name: "facility-location",
      summary: "each next pick most raises the sum, over all images, of the similarity to the nearest pick",
      words: Words(
        english: "choose images so that each one offered resembles one chosen", japanese: "どの候補にも、選んだ画像の中に似たものがあるように選ぶ"),
      source: "Mirzasoleiman et al., Distributed Submodular Maximization, NIPS 2013; apricot, JMLR 2020",
      needs: [.features], options: [.keep, .balanced(false), Similarity.option], version: 2)
  ) { count, setting in
    let (candidates, similarity) = (setting.candidates, Similarity(setting.options))
    let space = try setting.points(similarity.geometry)
    return try setting.select(count, among: space.rows) { points, quota, context in
      let similarities = try SimilarityRows(similarity, of: points.matrix, context: context.part(from: 0, to: 0.2))
        .all(context: context.part(from: 0.2, to: 0.5))
      let cover = try FacilityLocation.select(
        quota, similarities: similarities,
        // Within classes the budget is nobody's; what is chosen is then bought as far as the money goes.
        costs: candidates.isBalanced ? nil : candidates.costs, context: context.part(from: 0.5, to: 1))
      return Selection(cover.picks, gains: similarity.gains(cover.gains, in: space))
    }
  }

  static let graphCut = StrategyRow(
    StrategyDescription(
      name: "graph-cut", summary: "each next pick is most similar to all images and least to the picks before it",
      words: Words(
        english: "choose images that stand for many others but not for each other", japanese: "多くの候補を代表し、互いには似ていない画像を選ぶ"
      ),
      source: "Iyer & Bilmes, Submodular Optimization, NIPS 2013; apricot, JMLR 2020 (λ = 1)",
      needs: [.features], options: [.keep, .balanced(false), Similarity.option], version: 2)
  ) { count, setting in
    let similarity = Similarity(setting.options)
    let space = try setting.points(similarity.geometry)
    return try setting.select(count, among: space.rows) { points, quota, context in
      let (picks, gains) = try GraphCut.select(quota, from: points.matrix, similarity: similarity, context: context)
      return Selection(picks, gains: similarity.gains(gains, in: space))
    }
  }

  static let sslPrototypes = StrategyRow(
    "ssl-prototypes", "farthest from (hard) or nearest to (easy) the centre of its cluster, by cosine",
    words: Words(english: "group images by likeness and choose the untypical ones", japanese: "似た画像をまとめ、典型的でない画像を選ぶ"),
    turn: StrategyCatalogue.Turn(
      "order", is: "easy",
      words: Words(english: "group images by likeness and choose the typical ones", japanese: "似た画像をまとめ、典型的な画像を選ぶ")),
    source: "Sorscher et al., Beyond Neural Scaling Laws, NeurIPS 2022",
    options: [
      .keep, .balanced(false),
      .word("order", ["hard", "easy"], "what is kept: the atypical (hard) or the typical (easy)"), Prototypes.option,
    ],
    readsBlocks: true, score: .prototypeSimilarity, pick: .largest(when: "order", is: "easy"))

  static let knnShapley = StrategyRow(
    "knn-shapley", "worth most to a nearest-neighbour classifier of the images looked at (Shapley value)",
    words: Words(english: "choose images that help most to recognise the others", japanese: "ほかの画像を見分けるのに最も役立つ画像を選ぶ"),
    source: "Jia et al., Efficient Task-Specific Data Valuation, VLDB 2019",
    options: [
      .keep, .balanced(false), .wholeNumber("k", 10, in: 1...10_000, "neighbours that vote"),
      .share(
        "validation", 1,
        "the share of the looked-at images, at random and at most \(Score.mostJudges), that judge the others"),
    ],
    score: .neighbourShapley, pick: .largestGains)
}

extension Similarity {
  init(_ options: StrategyOptions) { self.init(rawValue: options.word("similarity"))! }

  /// What of vectors decides it.
  var geometry: Geometry { self == .cosine ? .directions : .distances }

  /// Gains in the units in which the points of `space` were given.
  func gains(_ gains: [Double], in space: Points) -> [Double] {
    self == .maxSquaredEuclidean ? gains.map { $0 * space.squaredUnit } : gains
  }
}
