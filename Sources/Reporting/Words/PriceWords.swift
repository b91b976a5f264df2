import Economics
import Sweeps

/// What ``PriceSection`` says.
enum PriceWords {
  static let heading = Markup(english: "If prices were different", japanese: "価格が違ったら")
  static let table = Markup(english: "By strategy", japanese: "選び方ごと")
  static func explanation(_ metric: Markup, _ currency: String) -> Markup {
    Markup(
      english:
        "Every price is changed at random (log-normal, σ = 0.5, 1,000 times), what each strategy bought is charged again, and strategies are ranked by \(metric) per \(currency). This is another question than the answer above, which ranks utility at the same budget; it shows how much rests on the price list.",
      japanese:
        "すべての価格を無作為に変え（対数正規分布、σ = 0.5、1,000回）、各選び方の購入内容を計算し直して、1 \(currency)あたりの\(metric)で順位をつけます。同じ予算での指標を比べる上の答えとは別の問いで、結果がどれほど価格表に左右されるかを示します。"
    )
  }
  static func first(_ name: String) -> Markup {
    Markup(
      english: "At the prices of this sweep \(code: name) is first by this measure.",
      japanese: "このスイープの価格では、この尺度で首位になるのは \(code: name) です。")
  }
  /// What is paid for, inside a sentence.
  static func name(_ item: PriceItem) -> Markup {
    switch item {
    case .look: Markup(english: "looking at a candidate", japanese: "候補1枚の下見")
    case .acquire: Markup(english: "buying an image", japanese: "画像1枚の購入")
    case .photograph: Markup(english: "taking a photograph", japanese: "写真1枚の撮影")
    case .labelExpert: Markup(english: "an expert's label", japanese: "専門家のラベル1件")
    case .labelCrowd: Markup(english: "a vote of the crowd", japanese: "クラウドの投票1件")
    case .retrieve: Markup(english: "a search result", japanese: "検索結果1件")
    case .generate: Markup(english: "generating an image", japanese: "画像1枚の生成")
    case .reference: Markup(english: "a reference picture", japanese: "参照用の画像1枚")
    case .score: Markup(english: "scoring an image", japanese: "画像1枚のスコア計算")
    case .train: Markup(english: "training on an image to choose", japanese: "選ぶための学習（画像1枚1エポック）")
    case .store: Markup(english: "keeping an image", japanese: "画像1枚の保管")
    case .setup: Markup(english: "setting a pool up", japanese: "集め方ごとの準備")
    }
  }

  /// The same with the key of the price list.
  static func named(_ item: PriceItem) -> Markup {
    Markup(english: "\(name(item)) (\(code: item.rawValue))", japanese: "\(name(item))（\(code: item.rawValue)）")
  }

  static func breakEven(_ item: PriceItem, _ ratio: String, _ successor: String) -> Markup {
    Markup(
      english:
        "The smallest change of one price that puts another strategy first: \(named(item)) × \(ratio) puts \(code: successor) first.",
      japanese:
        "1つの価格を変えて首位が入れ替わる最小の変化は、\(named(item))を \(ratio) 倍にしたときで、\(code: successor) が首位になります。")
  }
  static let noBreakEven = Markup(
    english: "No change of a single price puts another strategy first.", japanese: "1つの価格をどう変えても、首位は入れ替わりません。")
  static func concordance(_ median: String, _ low: String) -> Markup {
    Markup(
      english:
        "The order of all strategies stays much the same when Kendall's τ is near 1: its median over the changed prices is \(median), and it is above \(low) in 95\u{A0}% of them.",
      japanese:
        "ケンドールのτが1に近いほど、全体の順位は変わりません。価格を変えたときの中央値は \(median)、95\u{A0}%の場合に \(low) を上回ります。")
  }
  static func caption(_ metric: Markup, _ currency: String) -> Markup {
    Markup(
      english:
        "One row is one strategy: mean \(metric) in percentage points per \(currency) spent, and how often it is first when prices change.",
      japanese: "1行が1つの選び方で、支出1 \(currency)あたりの平均\(metric)（ポイント）と、価格が変わったときに首位になる割合を示します。")
  }
  static func columns(_ currency: String) -> [Markup] {
    [
      Markup(english: "Points per \(currency)", japanese: "1 \(currency)あたりのポイント"),
      Markup(english: "First", japanese: "首位の割合"),
    ]
  }
}
