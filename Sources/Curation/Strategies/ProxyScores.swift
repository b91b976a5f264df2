import Core
import Sweeps

/// Strategies by what a proxy says of each candidate.
extension StrategyRow {
  private static let survey = "Settles, Active Learning Literature Survey, 2009"
  private static let dataDiet = "Paul et al., Deep Learning on a Data Diet, NeurIPS 2021"
  private static let forgettingPaper = "Toneva et al., An Empirical Study of Example Forgetting, ICLR 2019"

  private static let proxyOptions: [OptionDescription] = [.keep, .balanced(false), .proxyEpochs]
  private static let historyOptions: [OptionDescription] = [.keep, .balanced(false), .historyEpochs]

  static let margin = StrategyRow(
    "margin", "where a proxy's two most probable classes are closest",
    words: Words(
      english: "choose images that a first model nearly takes for another class", japanese: "試しに学習したモデルが2つのクラスで迷う画像を選ぶ"),
    source: survey, options: proxyOptions,
    score: .margin, pick: .smallest)

  static let leastConfidence = StrategyRow(
    "least-confidence", "where a proxy's most probable class is least probable",
    words: Words(english: "choose images about which a first model is unsure", japanese: "試しに学習したモデルが自信をもてない画像を選ぶ"),
    source: survey, options: proxyOptions,
    score: .confidence, pick: .smallest)

  static let leastConfidenceDeepCore = StrategyRow(
    "least-confidence-deepcore",
    "where a proxy's largest logit is smallest, as in DeepCore's code, which leaves out the softmax",
    words: Words(
      english: "choose images as an older program does, for which a first model has no strong answer",
      japanese: "以前のプログラムと同じく、試しに学習したモデルがどのクラスにも強く反応しない画像を選ぶ"),
    source: deepCore,
    options: proxyOptions, score: .largestLogit, pick: .smallest)

  static let entropy = StrategyRow(
    "entropy", "where a proxy's class probabilities have the largest entropy",
    words: Words(
      english: "choose images that leave a first model undecided between classes",
      japanese: "試しに学習したモデルがクラスを絞り込めない画像を選ぶ"),
    source: survey, options: proxyOptions,
    score: .entropy, pick: .largest)

  static let el2n = StrategyRow(
    "el2n", "where proxies err most (or least) after a few epochs",
    words: Words(english: "choose images that a first model gets most wrong", japanese: "試しに学習したモデルが大きく間違える画像を選ぶ"),
    turn: StrategyCatalogue.Turn(
      "order", is: "smallest",
      words: Words(
        english: "choose images that a first model gets most nearly right", japanese: "試しに学習したモデルがほとんど間違えない画像を選ぶ")),
    source: dataDiet,
    options: [
      .keep, .balanced(false),
      .word("order", ["largest", "smallest"], "which errors are kept: the largest, or the smallest"),
      .epochs(2, "epochs that each proxy is trained"),
      .wholeNumber("runs", 3, in: Scorer.runRange, "proxies whose errors are averaged"),
    ],
    score: .errorNorm, pick: .largest(when: "order", is: "largest"))

  static let graNd = StrategyRow(
    "grand", "where the gradients of proxies' last layers are longest after a few epochs",
    words: Words(english: "choose images that would change a first model most", japanese: "試しに学習したモデルを最も大きく変える画像を選ぶ"),
    source: dataDiet,
    options: [
      .keep, .balanced(false), .epochs(2, "epochs that each proxy is trained"),
      .wholeNumber("runs", 3, in: Scorer.runRange, "proxies whose norms are averaged"),
    ],
    score: .gradientNorm, pick: .largest)

  static let forgetting = StrategyRow(
    "forgetting", "what a proxy most often forgets while it learns; what it never learns comes first",
    words: Words(
      english: "choose images that a first model learns and forgets again", japanese: "試しに学習したモデルが、覚えては忘れる画像を選ぶ"),
    source: forgettingPaper, options: historyOptions, score: .forgetting, pick: .largest)

  static let forgettingZero = StrategyRow(
    "forgetting-zero",
    "what a proxy most often forgets while it learns; what it never learns counts as never forgotten",
    words: Words(
      english: "choose images that a first model learns and forgets again, not those it never learns",
      japanese: "試しに学習したモデルが、覚えては忘れる画像を選ぶ（一度も覚えない画像は除く）"),
    source: "\(forgettingPaper); never-learned examples as in released code", options: historyOptions,
    score: .forgettingOfTheLearned, pick: .largest)

  static let aum = StrategyRow(
    "aum", "whose label a proxy prefers most clearly, summed over its epochs (area under the margin)",
    words: Words(
      english: "choose images whose label a first model finds clearly right",
      japanese: "試しに学習したモデルから見て、ラベルが明らかに正しい画像を選ぶ"),
    source: "Pleiss et al., Identifying Mislabeled Data using the Area Under the Margin Ranking, NeurIPS 2020",
    options: historyOptions, score: .marginSum, pick: .largest)

  static let ccs = StrategyRow(
    "ccs", "at random, evenly from hard to easy by area under the margin, without the very hardest",
    words: Words(
      english: "leave out the hardest images, then choose evenly from easy to hard",
      japanese: "最も難しい画像を除き、易しいものから難しいものまで均等に選ぶ"),
    source: "Zheng et al., Coverage-centric Coreset Selection for High Pruning Rates, ICLR 2023",
    options: [
      .keep,
      .share("drop", 0.1, "the share of the looked-at images, those with the smallest margins, that is dropped first"),
      .wholeNumber("strata", 50, in: 1...10_000, "how many intervals of equal width the margins are divided into"),
      .historyEpochs,
    ],
    score: .marginSum, pick: .strata)

  static let cal = StrategyRow(
    "cal", "where a proxy's class probabilities differ most from those of the nearest images",
    words: Words(
      english: "choose images on which a first model disagrees with their neighbours",
      japanese: "よく似た画像どうしで予測が食い違う画像を選ぶ"),
    source: "Margatina et al., Active Learning by Acquiring Contrastive Examples, EMNLP 2021", options: contrastOptions,
    score: .contrast, pick: .largest)

  static let calDeepCore = StrategyRow(
    "cal-deepcore", "cal, but keeping the smallest differences, as DeepCore's code does",
    words: Words(
      english: "choose images as an older program does, on which neighbours agree",
      japanese: "以前のプログラムと同じく、よく似た画像どうしで予測が一致する画像を選ぶ"),
    source: deepCore,
    options: contrastOptions, score: .contrast, pick: .smallest)

  private static let contrastOptions: [OptionDescription] = [
    .keep, .balanced(false), .wholeNumber("neighbours", 10, in: 1...1_000, "how many nearest images"),
    .proxyEpochs,
  ]

  /// A cover of the candidates in a proxy's opinion.
  static let contextualDiversity = StrategyRow(
    StrategyDescription(
      name: "contextual-diversity",
      summary: "k-center in a proxy's class probabilities: each next pick diverges most from those before",
      words: Words(
        english: "choose images that confuse a first model in different ways", japanese: "試しに学習したモデルが互いに異なる迷い方をする画像を選ぶ"),
      source: "Agarwal et al., Contextual Diversity for Active Learning, ECCV 2020", needs: [.scores],
      options: proxyOptions),
    scorer: Proxies.lastLayer
  ) { count, setting in
    try setting.select(count, among: setting.array("probabilities")) { probabilities, quota, context in
      Selection(try DivergenceCenter.select(quota, from: probabilities, context: context))
    }
  }
}
