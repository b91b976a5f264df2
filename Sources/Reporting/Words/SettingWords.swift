import Economics
import Sweeps

/// Names of settings and metrics as sentences use them.
enum SettingWords {
  /// For example `50 USD, equal cost, equal steps`.
  static func title(_ setting: Setting, currency: String) -> Markup {
    var parts = [.text(money(setting.budget, currency)), sizing(setting.sizing), length(setting.trainingLength)]
    if setting.model != .standard { parts.append(.code(setting.model.label)) }
    if let world = setting.world { parts.append(.code(world)) }
    return .joined(parts, by: Markup(english: ", ", japanese: "、"))
  }

  /// For example `50 USD` or `2.50 USD`.
  static func money(_ amount: Money, _ currency: String) -> String {
    let text = Numbers.money(amount)
    return "\(text.hasSuffix(".00") ? String(text.dropLast(3)) : text)\u{A0}\(currency)"
  }

  static func sizing(_ sizing: Sizing) -> Markup {
    switch sizing {
    case .equalCost: Markup(english: "equal cost", japanese: "同じ費用")
    case .equalItems: Markup(english: "equal items", japanese: "同じ枚数")
    }
  }

  static func length(_ length: TrainingLength) -> Markup {
    switch length {
    case .equalSteps: Markup(english: "equal steps", japanese: "同じ更新回数")
    case .equalEpochs: Markup(english: "equal epochs", japanese: "同じエポック数")
    case .steps(let count):
      Markup(english: "\(Numbers.counted(count, "step"))", japanese: "更新\(Numbers.count(count))回")
    case .epochs(let count):
      Markup(english: "\(Numbers.counted(count, "epoch"))", japanese: "\(Numbers.count(count))エポック")
    }
  }

  static func explanation(_ sizing: Sizing) -> Markup {
    switch sizing {
    case .equalCost:
      Markup(
        english:
          "\(strong: "Equal cost"): each strategy buys as many images as its budget allows, after paying for its own choosing.",
        japanese: "\(strong: "同じ費用")：選ぶための費用を払ったうえで、予算の許すかぎりの枚数を購入します。")
    case .equalItems:
      Markup(
        english:
          "\(strong: "Equal items"): each strategy buys as many images as the strategy that can afford the fewest.",
        japanese: "\(strong: "同じ枚数")：購入できる枚数が最も少ない選び方に、すべての選び方の枚数をそろえます。")
    }
  }

  static func explanation(_ rule: TrainingLength.Rule) -> Markup {
    switch rule {
    case .equalSteps:
      Markup(
        english:
          "\(strong: "Equal steps"): every model is trained for the same number of steps, whatever the size of its training set.",
        japanese: "\(strong: "同じ更新回数")：学習データの枚数にかかわらず、どのモデルも同じ回数だけパラメータを更新します。")
    case .equalEpochs:
      Markup(
        english:
          "\(strong: "Equal epochs"): every model passes the same number of times over its training set.",
        japanese: "\(strong: "同じエポック数")：どのモデルも、自分の学習データを同じ回数だけ繰り返し学習します。")
    }
  }

  /// `+0.9 to +1.7`, in the metric's units of difference.
  static func interval(_ interval: ClosedRange<Double>, _ metric: Metric) -> Markup {
    let low = Numbers.difference(interval.lowerBound, of: metric)
    let high = Numbers.difference(interval.upperBound, of: metric)
    return range(low, high)
  }

  /// Bounds that are spelled already.
  static func range(_ low: String, _ high: String) -> Markup {
    Markup(english: "\(low) to \(high)", japanese: "\(low)～\(high)")
  }

  /// `+1.3 points (95 % interval +0.9 to +1.7)`, or the difference alone.
  static func difference(_ comparison: Comparison, _ metric: Metric) -> Markup {
    let difference = difference(comparison.difference, metric)
    guard let interval = comparison.interval.map({ Self.interval($0, metric) }) else { return difference }
    return Self.difference(difference, interval: interval)
  }

  static func difference(_ difference: Markup, interval: Markup) -> Markup {
    Markup(
      english: "\(difference) (95\u{A0}% interval \(interval))", japanese: "\(difference)（95\u{A0}%信頼区間 \(interval)）")
  }

  /// `+1.3 points`, or the difference alone for a metric that is no share.
  static func difference(_ difference: Double, _ metric: Metric) -> Markup {
    points(Numbers.difference(difference, of: metric), metric)
  }

  /// A size that is spelled already, with `points` after it when `metric` is a share.
  static func points(_ text: some StringProtocol, _ metric: Metric) -> Markup {
    metric.unit == .fraction ? points(String(text)) : .text(String(text))
  }

  static func points(_ text: String) -> Markup { Markup(english: "\(text) points", japanese: "\(text)ポイント") }

  /// A metric's title inside a sentence: lower case unless it is an abbreviation.
  static func inSentence(_ metric: Metric) -> Markup {
    let title = metric.title.english
    let isWord = title.dropFirst().allSatisfy { !$0.isUppercase && !$0.isNumber }
    let english = isWord ? title.prefix(1).lowercased() + title.dropFirst() : title
    // In Japanese the name of the place alone is no quantity.
    return metric.criterion == .deployment
      ? Markup(english: "\(english)", japanese: "\(metric.shownTitle)での正解率")
      : Markup(english: "\(english)", japanese: "\(metric.shownTitle)")
  }

  /// ` in percent` for captions; nothing for a metric that is no share.
  static func percent(_ metric: Metric) -> Markup {
    metric.unit == .fraction ? Markup(english: " in percent", japanese: "（%）") : .empty
  }

  static let strategy = Markup(english: "Strategy", japanese: "選び方")
  static let wayOfCollecting = Markup(english: "Way of collecting", japanese: "集め方")

  /// The title of an axis: `Accuracy, %`.
  static func axis(_ metric: Metric) -> Markup {
    guard metric.unit == .fraction else { return metric.shownTitle }
    return Markup(english: "\(metric.shownTitle), %", japanese: "\(metric.shownTitle)（%）")
  }
}
