import Core
import Economics
import Sweeps

/// What ``MethodSection`` says.
enum MethodWords {
  static let heading = Markup(english: "How this was measured", japanese: "測り方")
  static let question = Markup(
    english:
      "A strategy gets a pool, a budget, a price list and a seed, and chooses images to buy; what it pays to find out what to choose counts too. A model is then trained on the choice, always with the same recipe, and measured. The design follows SELECT (Feuer et al., NeurIPS 2024).",
    japanese:
      "選び方（戦略）は、候補プール、予算、価格表、シードを受け取り、購入する画像を選びます。何を選ぶかを調べるための支出も費用に含めます。選んだ画像で、いつも同じ学習手順によりモデルを学習し、その性能を測ります。設計は SELECT（Feuer ほか、NeurIPS 2024）に従っています。"
  )
  static let separate = Markup(
    english: "Results under different settings or budgets are never mixed in one table.",
    japanese: "設定や予算の異なる結果を、同じ表に混ぜることはありません。")
  static let randomness = Markup(
    english:
      "Trials of one seed share their candidates' order, initial weights and order of batches, so that differences between strategies are not blurred by chance that both could share. Test images never influence choosing, stopping or settings; the number reported is the last step's.",
    japanese:
      "同じシードの試行は、候補の並び順、モデルの初期値、ミニバッチの順序を共有します。どちらにも共通する偶然で選び方の差がぼやけないようにするためです。テスト画像は、選択、学習の打ち切り、設定のいずれにも使いません。報告する値は最後の更新後のものです。"
  )
  static let intervals = Markup(
    english:
      "Intervals are 95\u{A0}% intervals of Student's t over pairs of trials (same way of collecting, same seed), with each way's own spread and the degrees of freedom that the test beside it has (Welch's): in simulations they hold the truth in 93 to 97\u{A0}% of cases from three seeds on. Every star, every mark and every “sure” comes from one procedure: two strategies differ when the paired t-test over all pairs of strategies says so after Holm's correction, and a first place is clear when it is better than each rival at 5\u{A0}%. For one utility, at most 5\u{A0}% of sweeps in which all strategies are equal name any difference over all ways of collecting; tables of single ways are corrected on their own. Anything else is called not separable at this number of seeds, which is not the same as no difference.",
    japanese:
      "信頼区間は、試行の組（同じ集め方、同じシード）についてのt分布による95\u{A0}%区間で、ばらつきは集め方ごとに見積もります（自由度はウェルチの方法）。シミュレーションでは、シードが3個以上のとき、93～97\u{A0}%の場合に真の値を含みます。印や「確実」などの言葉は、すべて1つの手順で決めています。2つの選び方に差があるというのは、選び方のすべての組について対応のあるt検定を行い、ホルム法で補正しても有意な場合です。首位が確実というのは、どの相手に対しても5\u{A0}%水準で上回る場合です。すべての選び方が等しいとき、1つの指標について集め方全体で誤って差があるとするスイープは5\u{A0}%以下です。集め方ごとの表は、表ごとに補正しています。それ以外は「このシード数では差があるとは言い切れない」と書きます。これは「差がない」という意味ではありません。"
  )
  static let best = Markup(
    english:
      "“First” is the probability that a strategy is really the best. It and the values allowing for the choice take into account that the best of many is partly lucky: means are drawn towards the mean of all by the share that chance explains (empirical Bayes). One spread between seeds is taken for all that are compared, so where some are much noisier than others the probability is a rough one; “likely” rests on it, no other mark does.",
    japanese:
      "「首位の確率」は、その選び方が本当に最良である確率です。多くの中の最良には幸運も含まれるため、この確率と「選び出しを考慮した値」では、偶然で説明できる割合だけ各平均を全体の平均に近づけています（経験ベイズ法）。シードによるばらつきは比べるものすべてで同じとみなすため、ばらつきが大きく異なるものがあるとき、この確率はおおよその値です。「おそらく」のほかの印には使いません。"
  )
  static let front = Markup(
    english:
      "The Pareto front is redrawn 1,000 times over seeds, with the thick tails that few seeds ask for: on the front or dominated in at least 95\u{A0}% of the redraws, else open.",
    japanese:
      "パレートフロントは、シードが少ない分の不確かさを含めて1,000回描き直して調べます。95\u{A0}%以上で同じ側になれば「フロント上」または「ほかに劣る」とし、そうでなければ未確定とします。")
  static let needed = Markup(
    english:
      "The number of seeds needed is the one that would show the observed lead in four sweeps of five (paired t-test at 5\u{A0}%, two-sided).",
    japanese: "必要なシード数は、観測された差を5回のスイープのうち4回で示せる数です（対応のあるt検定、両側5\u{A0}%）。")
  /// The downstream tasks that say nothing, and why; nil when every task counts.
  static func dropped(_ tasks: [String: TransferSummary.Reason]) -> Markup? {
    guard !tasks.isEmpty else { return nil }
    let names = tasks.keys.sorted()
    let english = names.map { "\($0) (\(tasks[$0] == .constant ? "all models equal" : "no model above chance"))" }
    let japanese = names.map { "\($0)（\(tasks[$0] == .constant ? "全モデルが同じ値" : "どのモデルも当て推量並み")）" }
    return Markup(
      english:
        "Downstream tasks that tell no model from another are left out of the mean: \(english.joined(separator: ", ")).",
      japanese: "モデルの差が出ない下流タスクは平均から除きました：\(japanese.joined(separator: "、"))。")
  }
  static let recipeCaption = Markup(
    english: "The recipe of every trial. One row is one setting.", japanese: "すべての試行に共通の学習手順。1行が1つの設定です。")
  static let setting = Markup(english: "Setting", japanese: "設定")
  static let value = Markup(english: "Value", japanese: "値")
  static let pricesCaption = Markup(english: "Prices. One row is one item.", japanese: "価格。1行が1つの費目です。")
  static let item = Markup(english: "Item", japanese: "費目")
  static let per = Markup(english: "Per", japanese: "単位")
  static let metrics = Markup(english: "What each metric means", japanese: "各指標の意味")
  static let metricsCaption = Markup(
    english: "One row is one metric of the first page and of the tables.", japanese: "1行が、最初のページと表に現れる1つの指標です。")
  static let metric = Markup(english: "Metric", japanese: "指標")
  static let key = Markup(english: "Key", japanese: "キー")
  static let meaning = Markup(english: "Meaning", japanese: "意味")
  static let origin = Markup(english: "Whose price", japanese: "価格の出所")
  static let illustrative = Markup(english: "illustrative", japanese: "例示")
  static let own = Markup(english: "your own", japanese: "自社")
  static func ownIn(_ shifts: [String]) -> Markup {
    Markup(english: "illustrative; your own in \(codes: shifts)", japanese: "例示（\(codes: shifts) では自社）")
  }
  static func illustrativeIn(_ shifts: [String]) -> Markup {
    Markup(english: "your own; illustrative in \(codes: shifts)", japanese: "自社（\(codes: shifts) では例示）")
  }
  static func price(_ text: String, _ exceptions: String) -> String {
    exceptions.isEmpty ? text : "\(text) (\(exceptions))"
  }
  static func model(_ hidden: [Int]) -> Markup {
    let layers = hidden.map(String.init).joined(separator: ", ")
    return hidden.isEmpty
      ? Markup(english: "softmax regression", japanese: "ソフトマックス回帰")
      : Markup(
        english: "multi-layer perceptron, hidden layers \(layers)", japanese: "多層パーセプトロン（隠れ層 \(layers)）")
  }
  static func unit(_ item: PriceItem) -> Markup {
    let japanese: String =
      switch item {
      case .look: "候補1枚"
      case .acquire, .photograph, .labelExpert, .generate, .store: "画像1枚"
      case .reference: "元になる画像1枚"
      case .setup: "試行1件"
      case .labelCrowd: "1票"
      case .retrieve: "検索結果1件"
      case .score: "画像1枚・1回の計算"
      case .train: "画像1枚・1エポック"
      }
    return Markup(english: "\(item.unit)", japanese: "\(japanese)")
  }
  static let dataset = Markup(english: "data set", japanese: "データセット")
  static let datasets = Markup(english: "data sets", japanese: "データセットの組")
  static let modelName = Markup(english: "model", japanese: "モデル")
  static let steps = Markup(english: "optimiser steps", japanese: "更新回数")
  static let epochs = Markup(english: "epochs", japanese: "エポック数")
  static let batch = Markup(english: "batch", japanese: "ミニバッチ")
  static let learningRate = Markup(english: "learning rate", japanese: "学習率")
  static let momentum = Markup(english: "momentum", japanese: "モメンタム")
  static let weightDecay = Markup(english: "weight decay", japanese: "重み減衰")
  static let warmup = Markup(english: "warm-up steps", japanese: "ウォームアップの更新回数")
  static let warmupShare = Markup(english: "warm-up, share of all steps", japanese: "ウォームアップ（全ステップに対する割合）")
  static let optimizer = Markup(english: "optimizer", japanese: "最適化手法")
  static let schedule = Markup(english: "schedule of the rate", japanese: "学習率のスケジュール")
  static let averaging = Markup(
    english: "running mean of the parameters, decay", japanese: "パラメータの移動平均の減衰率")
  static let augmentation = Markup(english: "augmentation", japanese: "データ拡張")
  static let smoothing = Markup(english: "label smoothing", japanese: "ラベル平滑化")
  static let seeds = Markup(english: "seeds", japanese: "シード")
  static let kernel = Markup(english: "BLAS kernel", japanese: "BLASカーネル")
  static let ownKernel = Markup(english: "each host's own", japanese: "各計算機のもの")
}
