import Numerics

/// Which proxies the options of a strategy ask for.
typealias ScorerChoice = @Sendable (StrategyOptions) -> Scorer

/// A number for each candidate, which a ``Pick`` chooses by.
struct Score: Sendable {
  /// What must be known of each candidate; costs follow from it.
  let needs: Set<Need>
  let scorer: ScorerChoice?
  /// One number a candidate. Throws a ``CurationError`` when something needed is missing, `CancellationError` when nobody
  /// wants them.
  let values: @Sendable (Setting) throws -> [Double]

  init(
    needs: Set<Need>, scorer: ScorerChoice? = nil, values: @escaping @Sendable (Setting) throws -> [Double]
  ) {
    self.needs = needs
    self.scorer = scorer
    self.values = values
  }

  /// What `value` makes of the array `name` that a proxy left of the candidates.
  private init(
    of name: String, _ scorer: @escaping ScorerChoice, value: @escaping @Sendable (Matrix) -> [Double]
  ) {
    self.init(needs: [.scores], scorer: scorer) { value(try $0.array(name)) }
  }
}

extension Score {
  /// p(1) − p(2) of a proxy.
  static let margin = Score(of: "probabilities", Proxies.lastLayer) {
    Margin.scores(probabilities: $0).map(Double.init)
  }
  /// The largest probability by a proxy.
  static let confidence = Score(of: "probabilities", Proxies.lastLayer) { Uncertainty.largest($0).map(Double.init) }
  /// The largest logit of a proxy.
  static let largestLogit = Score(of: "logits", Proxies.lastLayer) { Uncertainty.largest($0).map(Double.init) }
  /// The entropy of a proxy's probabilities.
  static let entropy = Score(of: "probabilities", Proxies.lastLayer) { Uncertainty.entropies($0) }
  /// ``ErrorNorm``, a mean over proxies.
  static let errorNorm = Score(of: "error-norm", Proxies.norms) { $0.values.map(Double.init) }
  /// ``GradientNorm``, a mean over proxies.
  static let gradientNorm = Score(of: "gradient-norm", Proxies.norms) { $0.values.map(Double.init) }
  /// ``LearningHistory/marginSums``.
  static let marginSum = Score(of: "margin-sum", Proxies.history) { $0.values.map(Double.init) }
  /// ``LearningHistory/forgetting``: infinite for what is never learned.
  static let forgetting = Score(of: "forgetting", Proxies.history) { $0.values.map(Double.init) }
  /// The same where what is never learned is not forgotten either.
  static let forgettingOfTheLearned = Score(of: "forgetting", Proxies.history) {
    $0.values.map { $0.isFinite ? Double($0) : 0 }
  }

  /// The mean divergence of a proxy's opinion from its opinion of the `neighbours` nearest: ``ContrastiveScores``.
  static let contrast = Score(needs: [.features, .scores], scorer: Proxies.lastLayer) { setting in
    try ContrastiveScores.scores(
      features: setting.points(.distances).rows.matrix, probabilities: setting.array("probabilities"),
      neighbours: setting.options.wholeNumber("neighbours"), context: setting.context)
  }

  /// ``NearestNeighbourShapley`` values v as (1 + v) / 2, as cleanlab reports them: from 0 to 1, and ½ for an image that
  /// makes no difference.
  static let neighbourShapley = Score(needs: [.features, .labels]) { setting in
    let (candidates, options) = (setting.candidates, setting.options)
    let values = try NearestNeighbourShapley.values(
      features: setting.points(.distances).rows.matrix, labels: candidates.labels,
      validation: candidates.validation(options.share("validation"), atMost: mostJudges), k: options.wholeNumber("k"),
      context: setting.context)
    return values.map { (1 + $0) / 2 }
  }

  /// So many validation examples are enough to tell what candidates are worth.
  static let mostJudges = 2_000

  /// The cosine to the centre of its cluster: ``Prototypes``.
  static let prototypeSimilarity = Score(needs: [.features]) { setting in
    try Prototypes(setting).similarities.map(Double.init)
  }

  /// The cosine to the nearest of the target sample: ``NearestTarget``.
  static let targetSimilarity = Score(needs: [.features, .target]) { setting in
    let points = try setting.points(.directions)
    return try NearestTarget.similarities(of: points.rows, to: points.requireTarget(), context: setting.context)
      .map(Double.init)
  }

  /// The logarithm of how much likelier it is in the target sample: ``DensityRatio``.
  static let targetLogRatio = Score(needs: [.features, .target]) { setting in
    let points = try setting.points(.distances)
    return try DensityRatio(
      of: points.rows, to: points.requireTarget(), ridge: setting.options.number("ridge"), context: setting.context
    ).logRatios
  }
}

/// The proxies that strategies ask for, as their options say.
enum Proxies {
  static let lastLayer: ScorerChoice = { .lastLayer(epochs: $0.wholeNumber("epochs")) }
  static let norms: ScorerChoice = { .norms(epochs: $0.wholeNumber("epochs"), runs: $0.wholeNumber("runs")) }
  static let history: ScorerChoice = { .history(epochs: $0.wholeNumber("epochs")) }
  static let crossValidation: ScorerChoice = {
    .crossValidation(epochs: $0.wholeNumber("epochs"), folds: $0.wholeNumber("folds"))
  }
}

extension Prototypes {
  /// The clusters of the candidates, as many as the option `clusters` says.
  init(_ setting: Setting) throws {
    try self.init(
      of: setting.points(.directions).rows, count: setting.options.optionalWholeNumber("clusters"),
      seed: UInt64(setting.candidates.seed), context: setting.context)
  }
}
