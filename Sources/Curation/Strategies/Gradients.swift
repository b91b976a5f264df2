import Core
import Economics

/// Strategies by the gradients of a proxy's last layer.
extension StrategyRow {
  private static let options: [OptionDescription] = [.keep, .balanced(true), .proxyEpochs]

  private static func description(
    _ name: String, _ summary: String, words: Words, source: String, options: [OptionDescription] = options,
    version: Int = 1
  ) -> StrategyDescription {
    StrategyDescription(
      name: name, summary: summary, words: words, source: source, needs: [.labels, .scores], options: options,
      version: version)
  }

  /// Picks to which every candidate has a similar gradient.
  static let craig = StrategyRow(
    description(
      "craig",
      "each next pick most raises how well the picks' gradients stand for everybody's (facility location); trained without the method's weights",
      words: Words(
        english: "choose images that teach a model what all of them together would", japanese: "候補全体と同じ学習効果が得られるように選ぶ"),
      source: "Mirzasoleiman, Bilmes & Leskovec, Coresets for Data-efficient Training, ICML 2020", version: 2),
    scorer: Proxies.lastLayer
  ) { count, setting in
    let gradients = try LastLayerGradients(setting)
    return try setting.select(count) { members, quota, context in
      let similarities = try gradients.selecting(members).similarities(context: context.part(from: 0, to: 0.5))
      let cover = try FacilityLocation.select(
        quota, similarities: similarities, context: context.part(from: 0.5, to: 1))
      return Selection(cover.picks, gains: cover.gains)
    }
  }

  /// Picks whose weighted gradients add up to the mean gradient.
  static let gradMatch = StrategyRow(
    description(
      "grad-match",
      "each next pick's gradient best matches what the weighted picks so far lack of the mean gradient; trained without the weights",
      words: Words(
        english: "choose images that together teach a model what all would", japanese: "候補全体の学習効果を再現するように選ぶ"),
      source: "Killamsetty et al., GRAD-MATCH, ICML 2021"),
    scorer: Proxies.lastLayer
  ) { count, setting in
    let gradients = try LastLayerGradients(setting)
    return try setting.select(count) { members, quota, context in
      let own = gradients.selecting(members)
      return Selection(try GradientMatching.select(quota, of: own, target: own.mean, context: context).picks)
    }
  }

  private static let glisterOptions: [OptionDescription] = [.keep, .balanced(true), .validation, .proxyEpochs]

  static let glister = StrategyRow(
    description(
      "glister", "each next pick's gradient step most lowers a proxy's loss on a random part of the images",
      words: Words(
        english: "choose images that most improve a first model on a random part of them",
        japanese: "無作為に選んだ一部の画像で、モデルを最も改善する画像を選ぶ"),
      source: "Killamsetty et al., GLISTER, AAAI 2021", options: glisterOptions),
    scorer: Proxies.lastLayer
  ) { count, setting in try glister(count, setting, refreshes: true) }

  static let glisterDeepCore = StrategyRow(
    description(
      "glister-deepcore", "glister without ever refreshing the held-out gradient, as DeepCore's code does",
      words: Words(
        english: "choose images as an older program does, that improve a first model on a random part of them",
        japanese: "以前のプログラムと同じく、無作為に選んだ一部の画像で、モデルを改善する画像を選ぶ"),
      source: deepCore, options: glisterOptions),
    scorer: Proxies.lastLayer
  ) { count, setting in try glister(count, setting, refreshes: false) }

  /// Within a class, the judges are those of the class, or all where it has none.
  private static func glister(_ count: Int, _ setting: Setting, refreshes: Bool) throws -> Selection {
    let candidates = setting.candidates
    let gradients = try LastLayerGradients(setting)
    let (logits, hidden) = (try setting.array("logits"), try setting.array("hidden"))
    let (labels, judges) = (candidates.labels, candidates.validation(setting.options.share("validation")))
    return try setting.select(count) { members, quota, context in
      let own = candidates.isBalanced ? judges.filter { labels[$0] == labels[members[0]] } : judges
      let positions = own.isEmpty ? judges : own
      let validation = ValidationDescent.Validation(
        logits: logits.selecting(rows: positions), hidden: hidden.selecting(rows: positions),
        labels: positions.map { labels[$0] })
      // A pick is one of a batch, whose mean gradient the proxy would follow at its learning rate.
      let (picks, gains) = try ValidationDescent.select(
        quota, of: gradients.selecting(members), validation: validation,
        step: ProxyRecipe.learningRate / Float(ProxyRecipe.batch), refreshes: refreshes, context: context)
      return Selection(picks, gains: gains)
    }
  }
}

extension LastLayerGradients {
  /// Those of the candidates.
  init(_ setting: Setting) throws {
    self.init(
      probabilities: try setting.array("probabilities"), hidden: try setting.array("hidden"),
      labels: setting.candidates.labels)
  }
}
