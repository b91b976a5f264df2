import Core

/// Strategies that follow the unlabelled target sample.
extension StrategyRow {
  static let targetNearest = StrategyRow(
    "target-nearest", "nearest, by cosine, to an image of the unlabelled target sample",
    words: Words(english: "choose images most like those seen in use", japanese: "実際の利用環境の画像に最も似ている画像を選ぶ"),
    source: "nearest-neighbour data selection", options: [.keepTarget, .balanced(false), .pictures], version: 2,
    readsBlocks: true, score: .targetSimilarity, pick: .largest)

  /// A random sample that is distributed like the target.
  static let targetImportance = StrategyRow(
    "target-importance",
    "drawn with probability proportional to how much likelier an image is in the target sample; the fit on stored features is not charged",
    words: Words(english: "prefer images as they would be seen in use", japanese: "実際の利用環境で現れやすい画像を優先して選ぶ"),
    source: "Xie et al., Data Selection for Language Models via Importance Resampling, NeurIPS 2023",
    options: [
      .keepTarget, .balanced(false), .pictures,
      .number("ridge", 0.01, in: 1e-6...1e6, "shrinks the ratio of densities towards 1"),
    ],
    version: 2, readsBlocks: true, score: .targetLogRatio, pick: .gumbel)

  static let targetHerding = StrategyRow(
    StrategyDescription(
      name: "target-herding", summary: "kernel herding towards the distribution of the unlabelled target sample",
      words: Words(
        english: "choose images that together look like those seen in use", japanese: "全体として、実際の利用環境の画像に似るように選ぶ"),
      source: "Chen, Welling & Smola, Super-Samples from Kernel Herding, UAI 2010", needs: [.features, .target],
      options: [.keepTarget, .balanced(false), .pictures], version: 2)
  ) { count, setting in
    let points = try setting.points(.distances)
    let target = try points.requireTarget()
    let rows = points.rows.matrix
    let kernel = RadialKernel(medianOf: rows, and: target)
    let affinities = try kernel.meanAffinities(
      of: rows, to: target, context: setting.context.part(from: 0, to: 0.4))
    return try setting.part(from: 0.4, to: 1).select(count) { members, quota, context in
      Selection(
        try KernelHerding.select(
          quota, from: rows.selecting(rows: members), affinities: members.map { affinities[$0] },
          kernel: kernel, context: context))
    }
  }
}
