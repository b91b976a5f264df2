import Statistics

/// What ``FieldSection`` says.
enum FieldWords {
  static let heading = Markup(
    english: "What pictures from the field are worth", japanese: "現場で撮った画像の価値")

  /// «550 (480 to 640) field pictures are worth as much as 1,246 from `expert`»
  static func equal(_ kind: MoneyMultiplier.Kind, _ count: String, interval: Markup?, pictures: String, shift: String)
    -> Markup
  {
    let range = interval.map { Markup(english: " (\($0))", japanese: "（\($0)）") } ?? .empty
    switch kind {
    case .measured:
      return Markup(
        english:
          "\(strong: Markup(english: "\(count) field pictures", japanese: "現場の画像\(count)枚"))\(range) are worth as much in the deployment as \(pictures) from \(code: shift).",
        japanese:
          "運用環境での正解率でみると、\(strong: Markup(english: "\(count) field pictures", japanese: "現場の画像\(count)枚"))\(range)は、\(code: shift) の\(pictures)枚に相当します。"
      )
    case .extrapolated:
      return Markup(
        english:
          "About \(count) field pictures\(range), extrapolated, would be worth as much in the deployment as \(pictures) from \(code: shift).",
        japanese: "運用環境での正解率でみると、現場の画像およそ\(count)枚\(range)（外挿）が、\(code: shift) の\(pictures)枚に相当します。")
    case .upperBound:
      return Markup(
        english:
          "\(strong: Markup(english: "Fewer than \(count) field pictures", japanese: "現場の画像\(count)枚未満")) are worth as much in the deployment as \(pictures) from \(code: shift): \(count), the fewest measured, reach more.",
        japanese:
          "運用環境での正解率でみると、\(strong: Markup(english: "Fewer than \(count) field pictures", japanese: "現場の画像\(count)枚未満"))で、\(code: shift) の\(pictures)枚に相当します（測定した中で最少の\(count)枚でもそれを上回ります）。"
      )
    case .lowerBound:
      return Markup(
        english:
          "\(count) field pictures, the most measured, reach less in the deployment than \(pictures) from \(code: shift).",
        japanese: "測定した中で最多の\(count)枚の現場の画像でも、運用環境での正解率は \(code: shift) の\(pictures)枚に及びません。")
    }
  }

  static func worth(_ kind: MoneyMultiplier.Kind, _ factor: String, shift: String) -> Markup {
    let bound =
      switch kind {
      case .measured: Markup(english: "", japanese: "")
      case .extrapolated: Markup(english: "about ", japanese: "およそ")
      case .upperBound: Markup(english: "at least ", japanese: "少なくとも")
      case .lowerBound: Markup(english: "at most ", japanese: "多くても")
      }
    return Markup(
      english: "One of them is worth \(bound)\(factor) of the others.", japanese: "現場の1枚の価値は、ほかの\(bound)\(factor)枚分です。")
  }

  // MARK: Worlds

  /// `3.1 (2.5 to 4.0)`, with what kind of number it is.
  static func worth(_ kind: MoneyMultiplier.Kind, _ factor: String, range: Markup?) -> Markup {
    let interval = range.map { Markup(english: " (\($0))", japanese: "（\($0)）") } ?? .empty
    switch kind {
    case .measured: return Markup(english: "\(factor)\(interval)", japanese: "\(factor)\(interval)")
    case .extrapolated:
      return Markup(english: "about \(factor)\(interval), extrapolated", japanese: "およそ\(factor)\(interval)（外挿）")
    case .upperBound: return Markup(english: "at least \(factor)", japanese: "\(factor)以上")
    case .lowerBound: return Markup(english: "at most \(factor)", japanese: "\(factor)以下")
    }
  }

  static func worth(_ kind: MoneyMultiplier.Kind, _ factor: String, range: Markup?, in world: String) -> Markup {
    let worth = worth(kind, factor, range: range)
    return Markup(english: "\(worth) in \(code: world)", japanese: "\(code: world) では\(worth)")
  }

  static func change(_ more: Markup, _ less: Markup, shift: String, decided: Int, of comparisons: Int) -> Markup {
    Markup(
      english:
        "\(strong: "The worth of a field picture changes with the world.") In pictures from \(code: shift) it is \(more) and \(less). \(Numbers.count(decided)) of \(Numbers.counted(comparisons, "comparison")) of two worlds \(decided == 1 ? "is" : "are") beyond chance (same redraws in both, Holm's correction, 5\u{A0}%).",
      japanese:
        "\(strong: "現場の画像の価値は運用環境によって変わります。")\(code: shift) の画像に換算すると、\(more)、\(less)です。2つの環境の比較\(comparisons)通りのうち\(decided)通りが偶然とは言えない違いです（両方に同じ引き直しを使い、ホルム法で補正、5\u{A0}%水準）。"
    )
  }

  static func noChange(_ comparisons: Int) -> Markup {
    Markup(
      english:
        "Whether the worth of a field picture changes with the world is open: none of \(Numbers.counted(comparisons, "comparison")) of two worlds is beyond chance (same redraws in both, Holm's correction, 5\u{A0}%).",
      japanese:
        "現場の画像の価値が運用環境によって変わるかどうかは、まだ言えません。2つの環境の比較\(comparisons)通りのどれも、偶然の範囲を超えていません（両方に同じ引き直しを使い、ホルム法で補正、5\u{A0}%水準）。"
    )
  }

  static let notCompared = Markup(
    english: "The worlds were not measured with the same seeds and draws, so their worths are not compared.",
    japanese: "運用環境ごとにシードや引き直しが異なるため、価値は比較していません。")
  static let world = Markup(english: "World", japanese: "運用環境")
  static let distance = Markup(english: "Distance", japanese: "距離")
  static let worldsCaption = Markup(
    english:
      "How many pictures of each other way of collecting one field picture is worth, by world, with 95\u{A0}% intervals. The distance is how far pictures of the reference pool are from the world's own (CMMD): 0 is alike.",
    japanese: "現場の画像1枚が、ほかの集め方の何枚分にあたるか（運用環境ごと、95\u{A0}%信頼区間つき）。距離は、参照プールの画像とその環境の画像との隔たり（CMMD）で、0なら同じです。")

  static func breakEven(_ price: FieldAnalysis.Price, range: Markup?, now: String, currency: String) -> Markup {
    let interval = range.map { Markup(english: " (\($0))", japanese: "（\($0)）") } ?? .empty
    func amount(_ value: Double) -> String { "\(Numbers.score(value))\u{A0}\(currency)" }
    switch price {
    case .at(let value):
      return Markup(
        english:
          "Photographing pays up to \(strong: amount(value))\(interval) a photograph; here one costs \(now).",
        japanese: "撮影が割に合うのは、1枚\(strong: amount(value))\(interval)までです。ここでは1枚\(now)です。")
    case .atLeast(let value):
      return Markup(
        english:
          "Photographing pays up to \(strong: Markup(english: "\(amount(value)) a photograph at least", japanese: "少なくとも1枚\(amount(value))")); here one costs \(now).",
        japanese:
          "\(strong: Markup(english: "\(amount(value)) a photograph at least", japanese: "少なくとも1枚\(amount(value))"))までは撮影が割に合います。ここでは1枚\(now)です。"
      )
    case .below(let value):
      return Markup(
        english:
          "Up to which price photographing pays is not known, only that it is below \(amount(value)) a photograph; here one costs \(now).",
        japanese: "撮影が割に合う価格の上限は、1枚\(amount(value))を下回ることしか分かりません。ここでは1枚\(now)です。")
    case .never:
      return Markup(
        english: "Photographing would not pay even for nothing: labels and setting up cost more than the others.",
        japanese: "撮影が無料でも割に合いません。ラベル付けと準備だけで、ほかの集め方より高くなります。")
    }
  }

  static let explanation = Markup(
    english:
      "Read off the curve of the field's pictures, bought without choosing, at what each other way reaches for the largest budget; the interval redraws the seeds of both. Labels and setting up stay at their prices. The accuracy is that in the deployment alone: in general tests pictures from one place may teach less.",
    japanese:
      "選ばずに集めた現場の画像の枚数と正解率の曲線から、ほかの集め方が最大の予算で達する値を読み取りました。区間は、両方のシードを引き直して求めています。ラベル付けと準備の価格は変えていません。ここでの正解率は運用環境だけのものです。一般のテストでは、一つの現場の画像から学べることは少ないかもしれません。"
  )
  static let corner = Markup(english: "Way of collecting", japanese: "集め方")
  static let caption = Markup(
    english:
      "One row is one way of collecting at the largest budget, bought without choosing: its pictures, the accuracy in the deployment in percent, how many field pictures reach the same, how many of its pictures one from the field is worth, and up to which price a photograph pays.",
    japanese:
      "1行が、最大の予算で選ばずに購入した1つの集め方です。枚数、運用環境での正解率（%）、同じ正解率に達する現場の画像の枚数、現場の1枚が何枚分にあたるか、撮影が割に合う価格の上限を示します。"
  )
  static func columns(_ currency: String) -> [Markup] {
    [
      Markup(english: "Pictures", japanese: "枚数"), Markup(english: "Accuracy there", japanese: "現場での正解率"),
      Markup(english: "Field pictures for the same", japanese: "同じ値に要る現場の画像"),
      Markup(english: "One is worth", japanese: "1枚の価値"),
      Markup(english: "Pays up to, \(currency)", japanese: "割に合う上限（\(currency)）"),
    ]
  }
  static func price(_ price: FieldAnalysis.Price) -> Markup {
    switch price {
    case .at(let value): Markup(english: "\(Numbers.score(value))", japanese: "\(Numbers.score(value))")
    case .atLeast(let value): Markup(english: "\(Numbers.score(value)) at least", japanese: "\(Numbers.score(value))以上")
    case .below(let value): Markup(english: "less than \(Numbers.score(value))", japanese: "\(Numbers.score(value))未満")
    case .never: Markup(english: "never", japanese: "割に合わない")
    }
  }
  static func range(_ low: FieldAnalysis.Price, _ high: FieldAnalysis.Price) -> Markup? {
    guard case .at(let first) = low, case .at(let last) = high else { return nil }
    let (least, most) = (Numbers.score(first), Numbers.score(last))
    return Markup(english: "\(least) to \(most)", japanese: "\(least)～\(most)")
  }
}
