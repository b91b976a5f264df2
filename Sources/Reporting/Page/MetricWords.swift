import Sweeps

extension Metric {
  /// The title in the language of the report.
  var shownTitle: Markup {
    Markup(english: "\(title)", japanese: "\(JapaneseMetrics.words(for: name)?.title ?? title)")
  }

  /// What it measures, without a full stop, in the language of the report.
  var shownMeaning: Markup {
    Markup(english: "\(meaning)", japanese: "\(JapaneseMetrics.words(for: name)?.meaning ?? meaning)")
  }
}

/// The Japanese of the catalogue of metrics, whose English is in `MetricCatalogue`.
package enum JapaneseMetrics {
  /// Title and meaning (without a full stop) of a metric of the catalogue; nil when nobody has translated it yet.
  package static func words(for name: String) -> (title: String, meaning: String)? {
    if let words = words[name] { return words }
    if name.hasPrefix("representation.knn") { return nearestNeighbours(name) }
    if name.hasPrefix("robustness.") { return corruption(name) }
    if name.hasPrefix("set.") { return evaluationSet(name) }
    if name.hasSuffix(".spearman"), let words = words[String(name.dropLast(".spearman".count))] {
      return ("\(words.title)（順位）", words.meaning.replacing("（ピアソン）", with: "（スピアマンの順位相関）"))
    }
    return nil
  }

  /// The name of a kind of corruption, for example 霧 for `fog`; the key itself when it is not known.
  package static func corruption(kind: String) -> String { corruptions[kind] ?? kind }

  private static func nearestNeighbours(_ name: String) -> (title: String, meaning: String)? {
    let parts = name.dropFirst("representation.knn".count).split(separator: ".").map(String.init)
    guard let k = parts.first.flatMap({ Int($0) }) else { return nil }
    let memory = "選んだ画像を記憶として使い、固定の特徴表現で\(k)近傍分類をしたときの"
    switch parts.dropFirst() {
    case []: return ("\(k)近傍法", memory + "正解率")
    case ["top5"]: return ("\(k)近傍法・上位5", memory + "上位5候補の正解率")
    default: return nil
    }
  }

  private static func evaluationSet(_ name: String) -> (title: String, meaning: String)? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count > 1 else { return nil }
    let set = parts[1]
    switch parts.dropFirst(2) {
    case []: return (set, "評価用データ \(set) での正解率")
    case ["nll"]: return ("\(set)・NLL", "評価用データ \(set) における正解ラベルの負の対数尤度（ナット）")
    case ["ece"]: return ("\(set)・ECE", "評価用データ \(set) における確信度と正解率のずれ")
    default: return nil
    }
  }

  private static func corruption(_ name: String) -> (title: String, meaning: String)? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count > 1 else { return nil }
    let kind = corruption(kind: parts[1])
    return parts.count == 2
      ? ("劣化：\(kind)", "\(kind)を加えた画像での正解率（強さ5段階の平均）")
      : ("\(kind) \(parts[2])", "\(kind)を強さ\(parts[2])（5段階）で加えた画像での正解率")
  }

  private static let corruptions = [
    "gaussian-noise": "ガウスノイズ", "shot-noise": "ショットノイズ", "impulse-noise": "インパルスノイズ",
    "defocus-blur": "ピンぼけ", "glass-blur": "すりガラス", "motion-blur": "動きぶれ", "zoom-blur": "ズームぶれ", "snow": "雪",
    "frost": "霜", "fog": "霧", "brightness": "明るさ", "contrast": "コントラスト", "elastic": "弾性変形", "pixelate": "画素の粗さ",
    "jpeg": "JPEG圧縮",
  ]

  private static let words: [String: (title: String, meaning: String)] = [
    "accuracy": ("正解率", "基本テスト画像のうち、クラスを正しく当てた割合"),
    "accuracy.worst-class": ("最も弱いクラス", "正解率が最も低いクラスの正解率"),
    "accuracy.worst-tenth": ("下位1割のクラス", "正解率が低いほうから10 %のクラス（1つ以上）の平均正解率"),
    "accuracy.top5": ("上位5", "確率の高い5クラスの中に正解が入っている割合"),
    "transfer": ("転移", "学習済みの本体に新しい出力層を付けたときの、下流タスクの正解率（タスクの平均）"),
    "transfer.coarse": ("大分類", "上半身・脚または全身・履物・かばんの4群を見分ける下流タスクの正解率"),
    "transfer.fine-tops": ("上半身の衣類", "Tシャツ・プルオーバー・コート・シャツを見分ける下流タスクの正解率"),
    "transfer.fine-footwear": ("履物", "サンダル・スニーカー・アンクルブーツを見分ける下流タスクの正解率"),
    "transfer.rotation": ("回転", "画像が90度単位でどれだけ回っているかを当てる下流タスクの正解率"),
    "transfer.shift": ("ずれの向き", "画像が上下左右のどちらへ3画素ずれているかを当てる下流タスクの正解率"),
    "transfer.corruption": ("劣化の種類", "強さ3の劣化15種類を見分ける下流タスクの正解率"),
    "transfer.few-shot-5": ("5枚学習", "各クラス5枚だけで学習してクラスを見分ける下流タスクの正解率"),
    "transfer.few-shot-20": ("20枚学習", "各クラス20枚だけで学習してクラスを見分ける下流タスクの正解率"),
    "robustness": ("頑健性", "劣化させた画像での正解率（全種類・全段階の平均）"),
    "deployment": ("運用環境", "実際に使う環境を模したラベル付き画像での正解率"),
    "deployment.nll": ("運用環境のNLL", "運用環境の画像での、正解クラスの負の対数尤度（ナット）"),
    "deployment.ece": ("運用環境のECE", "運用環境の画像での、確信度と正解率のずれ"),
    "deployment.cmmd": ("運用環境との距離", "選んだ画像とラベルなし運用サンプルとの、固定の特徴表現での最大平均差異の二乗の1000倍"),
    "robustness.mce": ("mCE", "劣化画像での誤り率を無作為購入の誤り率で割った値（種類の平均）"),
    "nll": ("NLL", "正解クラスの負の対数尤度（基本テスト画像の平均、ナット）"),
    "brier": ("ブライアスコア", "予測確率と正解との二乗距離（基本テスト画像の平均）"),
    "ece": ("ECE", "確信度と正解率のずれ（確信度を等幅15区間に分けて計算）"),
    "cost.total": ("支出", "その試行で支払った総額"),
    "cost.selection": ("選ぶための支出", "何を買うかを調べるために支払った額"),
    "cost.items": ("枚数", "購入した画像の枚数"),
    "cost.per-accuracy-point": ("1ポイントあたりの費用", "正解率1ポイントあたりの支出"),
    "data.coverage": ("網羅クラス数", "選んだ画像が1枚以上あるクラスの数"),
    "data.lt500": ("LT@500", "選んだ画像が500枚未満のクラスの数（裾の長さ）"),
    "data.ls5pct": ("LS@5pct", "最も多い5 %のクラス（1つ以上）が占める画像の割合（偏り）"),
    "data.gini": ("ジニ係数", "クラス別枚数のジニ係数（すべて等しければ0）"),
    "data.exp-entropy": ("有効クラス数", "クラス割合のエントロピーの指数。均等なクラスが何個分かを示す"),
    "data.imbalance": ("不均衡比", "画像があるクラスのうち、最大の枚数を最小の枚数で割った値"),
    "data.label-noise": ("ラベルの誤り", "選んだ画像のうち、ラベルが真のクラスと異なる割合"),
    "data.near-duplicates": ("ほぼ重複", "コサイン類似度が0.95を超える別の画像も選ばれている割合。特徴量で区別できないという意味で、完全な複製とは限らない"),
    "data.leakage": ("テストとの重なり", "コサイン類似度が0.95を超える基本テスト画像がある割合。特徴量で区別できないという意味で、完全な複製とは限らない"),
    "data.cmmd": ("CMMD", "固定の特徴表現で測った、専門家プールとの最大平均差異の二乗の1000倍"),
    "data.inception-score": ("インセプション型スコア", "専門家画像による20近傍分類器が、選んだ画像をどれほど確信をもって、かつ多様に分類するか"),
    "data.expert-precision": ("適合度", "専門家プールの多様体（k = 5）の上にある選んだ画像の割合"),
    "data.expert-recall": ("再現度", "選んだ画像の多様体（k = 5）の上にある専門家プールの割合"),
    "data.expert-density": ("密度", "選んだ画像を含む専門家画像の近傍の数を k = 5 で割った値"),
    "data.expert-coverage": ("専門家プールの網羅率", "近傍（k = 5）に選んだ画像がある専門家プールの割合"),
    "correlation.precision-count": ("R:P,CC", "クラスごとの適合率と選んだ枚数との相関（ピアソン）"),
    "correlation.accuracy-confusion-skewness": ("R:A,CS", "クラスごとの正解率と混同の歪度との相関（ピアソン）"),
    "correlation.precision-recall": ("R:P,R", "クラスごとの適合率と再現率との相関（ピアソン）"),
    "correlation.baseline-accuracy": ("R:INA,A", "クラスごとの、基準の正解率と正解率との相関（ピアソン）"),
    "correlation.baseline-count": ("R:INAV,AV", "クラスごとの、基準の枚数と選んだ枚数との相関（ピアソン）"),
  ]
}
