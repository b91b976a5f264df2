import Economics
import Sweeps

/// What ``LedgerSection`` says.
enum LedgerWords {
  static let heading = Markup(english: "Where the money went", japanese: "お金の使いみち")
  static let explanation = Markup(
    english:
      "Mean over all trials of a strategy. Hatched parts were spent to find out what to buy, plain parts to buy it; choosing is part of the price.",
    japanese:
      "選び方ごとに、すべての試行の平均を示します。斜線の部分は何を買うかを調べるための支出、無地の部分は購入そのものの支出です。選ぶことも費用のうちです。")
  static func name(_ part: LedgerSection.Part) -> Markup {
    switch part {
    case .obtain: Markup(english: "images", japanese: "画像")
    case .label: Markup(english: "labels", japanese: "ラベル")
    case .score: Markup(english: "scores", japanese: "スコア計算")
    case .train: Markup(english: "training scorers", japanese: "スコア用モデルの学習")
    case .store: Markup(english: "storage", japanese: "保管")
    }
  }
  static func name(_ part: LedgerSection.Part, _ purpose: Ledger.Purpose) -> Markup {
    purpose == .selection
      ? Markup(english: "choosing: \(name(part))", japanese: "選ぶ：\(name(part))")
      : Markup(english: "buying: \(name(part))", japanese: "買う：\(name(part))")
  }
  static func amount(_ name: Markup, _ amount: String) -> Markup {
    Markup(english: "\(name): \(amount)", japanese: "\(name) \(amount)")
  }
  static func bar(_ strategy: String, _ parts: [Markup]) -> Markup {
    let spoken = Markup.joined(parts, by: Markup(english: "; ", japanese: "、"))
    return Markup(english: "\(strategy): \(spoken)", japanese: "\(strategy)：\(spoken)")
  }
  static func caption(_ currency: String) -> Markup {
    Markup(
      english:
        "Ledger in \(currency). One row is one strategy: mean amount spent on each part, images bought and candidates looked at per trial.",
      japanese:
        "台帳（\(currency)）。1行が1つの選び方で、費目ごとの平均支出と、1試行あたりの購入枚数および調べた候補の枚数を示します。")
  }
  static let itemsCaption = Markup(
    english:
      "Images bought. One row is one strategy, one column one way of collecting; means over seeds, below them the share of the money that went into choosing.",
    japanese:
      "購入枚数。1行が1つの選び方、1列が1つの集め方です。シードの平均で、下の数字は選ぶために使った金額の割合です。")
  static let byShift = Markup(english: "Images bought, by way of collecting", japanese: "集め方ごとの購入枚数")
  static let columns = [
    Markup(english: "Bought", japanese: "購入枚数"), Markup(english: "Looked at", japanese: "調べた枚数"),
    Markup(english: "Choosing", japanese: "選ぶ費用"), Markup(english: "Total", japanese: "合計"),
  ]
}
