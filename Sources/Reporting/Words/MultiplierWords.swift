import Statistics

/// What ``MultiplierSection`` says.
enum MultiplierWords {
  static let heading = Markup(english: "What the money is worth", japanese: "費用はどれだけの価値になるか")

  /// - Parameter budget: that of the sentence, where it is not the largest.
  static func sentence(_ option: Markup, spent: String, equivalent: Markup, _ other: Markup, budget: String?) -> Markup
  {
    guard let budget else {
      return sentence(option, spent: spent, equivalent: equivalent, other)
    }
    return Markup(
      english:
        "At a budget of \(budget): what \(option) buys for \(spent) costs \(strong: equivalent) with \(other).",
      japanese:
        "予算\(budget)では、\(option) に\(spent)を使って得られるのと同じ結果を \(other) で得るのに必要な費用は、\(strong: equivalent)です。")
  }

  private static func sentence(_ option: Markup, spent: String, equivalent: Markup, _ other: Markup) -> Markup {
    Markup(
      english: "What \(option) buys for \(spent) costs \(strong: equivalent) with \(other).",
      japanese: "\(option) に\(spent)を使って得られるのと同じ結果を \(other) で得るのに必要な費用は、\(strong: equivalent)です。")
  }

  /// `83 USD (71 to 99)`, `more than 100 USD`, `at most 20 USD`, `about 130 USD (…), beyond what was measured`.
  static func equivalent(_ kind: MoneyMultiplier.Kind, _ value: Markup, interval: Markup?) -> Markup {
    let range = interval.map { Markup(english: " (\($0))", japanese: "（\($0)）") } ?? .empty
    switch kind {
    case .measured: return Markup(english: "\(value)\(range)", japanese: "\(value)\(range)")
    case .lowerBound: return Markup(english: "more than \(value)\(range)", japanese: "\(value)超\(range)")
    case .upperBound: return Markup(english: "at most \(value)", japanese: "\(value)以下")
    case .extrapolated:
      return Markup(english: "about \(value)\(range), extrapolated", japanese: "約\(value)\(range)（外挿）")
    }
  }

  static func interval(_ low: Markup?, _ high: Markup?) -> Markup {
    switch (low, high) {
    case (let low?, let high?): Markup(english: "\(low) to \(high)", japanese: "\(low)～\(high)")
    case (let low?, nil): Markup(english: "\(low) or more", japanese: "\(low)以上")
    case (nil, let high?): Markup(english: "at most \(high)", japanese: "\(high)以下")
    case (nil, nil): Markup(english: "not narrowed down", japanese: "範囲は絞れません")
    }
  }

  static func breakEven(_ option: Markup, price: String, now: String, isBound: Bool) -> Markup {
    isBound
      ? Markup(
        english: "Images of \(option) would still be worth \(price) each, everything included; they cost \(now).",
        japanese: "\(option) の画像は、1枚あたり総額\(price)でもまだ見合います。今は\(now)です。")
      : Markup(
        english:
          "The two are level when images of \(option) cost \(price) each, everything included; they cost \(now).",
        japanese: "\(option) の画像が1枚あたり総額\(price)のとき両者は並びます。今は\(now)です。")
  }

  static func explanation(_ weights: UtilityWeights) -> Markup {
    let score = DecisionWords.criterion(weights)
    return Markup(
      english:
        "Money includes what choosing costs. Read off the curve of \(score) against money between two budgets, straight over the logarithm of the money, with 95\u{A0}% intervals from the same redraws of the seeds for both. “More than” and “at most”: the other way was never, or always, that good within the budgets measured. “Extrapolated”: along its fitted curve, at most four times beyond the largest budget.",
      japanese:
        "費用には、選ぶための費用も含みます。\(score)と費用の関係を表す曲線から読み取った値で、予算と予算の間は費用の対数に対して直線とみなします。95\u{A0}%区間は、両者に同じシードの再抽出を使って求めます。「超」「以下」は、測った予算の範囲では相手が一度も届かなかった、または常に上回っていたことを表します。「外挿」は、当てはめた曲線を最大の予算の4倍まで延ばして読み取った値です。"
    )
  }

  static func caption(_ option: Markup, _ currency: String) -> Markup {
    Markup(
      english:
        "What others cost, in \(currency), for what \(option) reaches at each budget. One row is one other choice, one column one budget; the last column is how many times as much that is at the largest budget where it was measured.",
      japanese:
        "\(option) が各予算で達する結果を、ほかで得るための費用（\(currency)）。1行が1つの相手、1列が1つの予算です。最後の列は、測定できた最大の予算での倍率です。")
  }
  static let corner = Markup(english: "Choice", japanese: "買い方")
  static let budget = Markup(english: "At a budget of", japanese: "予算")
  static let factor = Markup(english: "Times", japanese: "倍率")

  static func countedCaption(_ option: Markup) -> Markup {
    Markup(
      english:
        "The same in training images and in processor time of a trial (choosing, training, measuring), each read off its own curve. One row is one other choice: what \(option) takes, and what the other takes for the same result.",
      japanese:
        "同じ比較を、学習用画像の枚数と1試行のCPU時間（選択・学習・測定）で表したもの。それぞれの曲線から読み取ります。1行が1つの相手で、\(option) が使う量と、相手が同じ結果に必要とする量です。")
  }
  static func own(_ kind: MultiplierAnalysis.Currency) -> Markup {
    switch kind {
    case .money: factor
    case .images: Markup(english: "Images", japanese: "枚数")
    case .hours: Markup(english: "Processor time", japanese: "CPU時間")
    }
  }
  static func counted(_ kind: MultiplierAnalysis.Currency) -> Markup {
    switch kind {
    case .money: factor
    case .images: Markup(english: "Images of the other", japanese: "相手の枚数")
    case .hours: Markup(english: "Processor time of the other", japanese: "相手のCPU時間")
    }
  }

  static func nextHeading(_ amount: String) -> Markup {
    Markup(english: "Where to spend the next \(amount)", japanese: "次の\(amount)を何に使うか")
  }
  /// How far the first is ahead with more money.
  struct NextLead {
    let points: Markup
    let interval: Markup
    let over: Markup
    let isClear: Bool
  }

  /// - Parameters:
  ///   - stays: whether it comes first now.
  ///   - poolEnds: what all of its pool costs, where that is less than the amount would bring.
  static func next(
    _ amount: String, _ option: Markup, then: String, _ lead: NextLead?, stays: Bool, isFitted: Bool, poolEnds: String?
  ) -> Markup {
    let end =
      poolEnds.map { Markup(english: ", to \($0), where its pool ends", japanese: "、全画像を購入する\($0)まで") } ?? .empty
    let condition =
      isFitted
      ? Markup(english: " along the fitted curves\(end)", japanese: "当てはめた曲線\(end)の外挿で、")
      : Markup(english: " if the last stretches go on\(end)", japanese: "最後の区間\(end)の伸びが続くとして、")
    guard let lead else {
      return Markup(
        english: "With \(amount) more than the largest budget, \(option) reaches \(then)\(condition).",
        japanese: "最大の予算に\(amount)を加えると、\(condition)\(option) は\(then)になります。")
    }
    let place: Markup =
      switch (stays, lead.isClear) {
      case (true, true): Markup(english: "stays first", japanese: "首位のまま")
      case (true, false): Markup(english: "may stay first", japanese: "首位のままの可能性あり")
      case (false, true): Markup(english: "would come first", japanese: "首位になる見込み")
      case (false, false): Markup(english: "may come first", japanese: "首位になる可能性あり")
      }
    return Markup(
      english:
        "With \(amount) more than the largest budget, \(option) \(place)\(condition): \(then), \(lead.points) ahead of \(lead.over) (95\u{A0}% interval over the seeds \(lead.interval)).",
      japanese:
        "最大の予算に\(amount)を加えると、\(condition)\(option) は\(place)です。\(then)で、\(lead.over) との差は\(lead.points)です（シードによる95\u{A0}%区間 \(lead.interval)）。"
    )
  }

  static func reading(isFitted: Bool, poolEnds: String?) -> Markup {
    let reading =
      isFitted
      ? Markup(english: "extrapolated along the fitted curve", japanese: "当てはめた曲線による外挿")
      : Markup(english: "a guess: the last stretch continued", japanese: "最後の区間を延ばした推測")
    return poolEnds.map {
      Markup(english: "\(reading), to \($0), where its pool ends", japanese: "\(reading)、全画像を購入する\($0)まで")
    } ?? reading
  }
  static func nextCaption(_ amount: String, _ weights: UtilityWeights) -> Markup {
    let score = DecisionWords.criterion(weights)
    return Markup(
      english: "The next \(amount) beside the largest budget, in points of \(score). One row is one choice.",
      japanese: "最大の予算に\(amount)を加えたときの\(score)（ポイント）。1行が1つの買い方です。")
  }
  static let nextColumns = [
    Markup(english: "Now", japanese: "現在"), Markup(english: "Gain", japanese: "増分"),
    Markup(english: "Then", japanese: "加えた後"), Markup(english: "Kind", japanese: "種類"),
  ]

  static let curves = Markup(english: "What more money would bring", japanese: "費用を増やすとどうなるか")
  static let curvesExplanation = Markup(
    english:
      "The curve q(n) = a − b·n^−α of the result against the money n, fitted to the means by least squares, with 95\u{A0}% bands over redraws of the seeds. “Not identified”: fewer than three budgets, or the results do not say which such curve they follow.",
    japanese:
      "結果を費用nの関数 q(n) = a − b·n^−α として、平均に最小二乗法で当てはめました。95\u{A0}%区間はシードの再抽出によるものです。「定まらない」は、予算が3つに満たないか、どの曲線に従うかが結果から定まらないことを表します。"
  )
  static func curvesCaption(_ weights: UtilityWeights) -> Markup {
    let score = DecisionWords.criterion(weights)
    return Markup(
      english: "Fitted curves of \(score). One row is one choice.", japanese: "\(score)に当てはめた曲線。1行が1つの買い方です。")
  }
  static let limit = Markup(english: "Limit a", japanese: "上限 a")
  static let exponent = Markup(english: "Exponent α", japanese: "指数 α")
  static func atTwice(_ amount: String) -> Markup { Markup(english: "At \(amount)", japanese: "\(amount)のとき") }
  static let unidentified = Markup(english: "not identified", japanese: "定まらない")
}
