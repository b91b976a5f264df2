import Results

/// The sentences of "What is uncertain", and of the collecting table.
enum UncertaintyWords {
  static let heading = Markup(english: "What is uncertain", japanese: "不確かなこと")

  static func illustrative(_ currency: String) -> Markup {
    Markup(
      english:
        "\(strong: "The prices are illustrative.") Amounts in \(currency) have the proportions of public services, not anyone's offer. Other prices can change the order: put your own into the sweep and run it again.",
      japanese:
        "\(strong: "価格は例です。")\(currency)の金額は公開されているサービスの相場の比率に合わせたもので、実際の見積もりではありません。価格が変われば順位も変わることがあります。自社の価格をスイープに入れて、もう一度実行してください。"
    )
  }

  static func someIllustrative(_ items: [String], _ currency: String) -> Markup {
    Markup(
      english:
        "Prices are those of the sweep, in \(currency), but \(strong: "these are illustrative"): \(codes: items). Other prices can change the order; state them too.",
      japanese:
        "価格はスイープで指定されたもの（\(currency)）ですが、\(strong: "次の価格は例です")：\(codes: items)。価格が変われば順位も変わることがあります。これらも指定してください。")
  }

  static func ownPrices(_ currency: String) -> Markup {
    Markup(
      english: "Prices are those of the sweep, in \(currency). Other prices can change the order.",
      japanese: "価格はスイープで指定されたもの（\(currency)）です。価格が変われば順位も変わることがあります。")
  }

  static func oracle(_ names: [String]) -> Markup {
    Markup(
      english:
        "\(codes: names) \(names.count == 1 ? "is" : "are") \(strong: "not achievable"): it knows which labels are true. It shows how much clean labels would be worth and is never named a winner.",
      japanese:
        "\(codes: names) は\(strong: "実現できない参考値")です。どのラベルが正しいかを知っているものとして選ぶため、ラベルがすべて正しい場合の価値を示すだけで、首位とはみなしません。")
  }

  static func seeds(_ count: Int, factor: String) -> Markup {
    Markup(
      english:
        "Every point was measured with \(Numbers.counted(count, "seed")). So few say little about how large chance is: an interval within one way of collecting is \(factor) times as wide for that reason alone.",
      japanese:
        "どの条件も\(count)個のシードで測りました。これだけ少ないと偶然のばらつきの大きさ自体がよく分からないため、1つの集め方の中での信頼区間は、それだけで\(factor)倍に広がります。")
  }

  static func draws(_ count: Int, seeds: Int, factor: String?) -> Markup {
    let few =
      factor.map {
        Markup(
          english: " With so few they are \($0) times as wide for that reason alone.",
          japanese: "これだけ少ないと、信頼区間はそれだけで\($0)倍に広がります。")
      } ?? .empty
    return Markup(
      english:
        "\(strong: "The data set was drawn \(Numbers.count(count)) times"), and intervals and tests rest on the draws alone: each is one observation, the mean over its \(Numbers.counted(seeds, "seed")). Where this page counts the seeds of a comparison, it counts draws.\(few)",
      japanese:
        "\(strong: "データは\(count)回引き直しました。")信頼区間と検定は引き直しだけに基づきます。1回の引き直しが1つの観測で、その\(seeds)個のシードの平均です。このページで比較のシード数とあるのは、引き直しの数です。\(few)"
    )
  }

  /// - Parameters:
  ///   - shown: the share of the spread between purchases that seeds show.
  ///   - others: how many more pools this holds for.
  static func overlap(bought: String, of pool: String, size: String, share: String, shown: String, others: Int)
    -> Markup
  {
    let more =
      others == 0
      ? Markup.empty
      : Markup(
        english: " The overlap is large in \(Numbers.counted(others, "other pool")) too.",
        japanese: "ほか\(others)つのプールでも重なりは大きくなっています。")
    return Markup(
      english:
        "\(strong: "Seeds share pictures.") Two seeds that each buy \(bought) of the \(size) in \(code: pool) at random have \(share) of them in common on average, so that of the spread that comes from which pictures were collected they show at most \(shown). Several draws of the data set show all of it.\(more)",
      japanese:
        "\(strong: "シードどうしは画像を共有しています。")\(code: pool) の\(size)枚から無作為に\(bought)枚ずつ購入する2つのシードでは、平均して\(share)が共通です。そのため、どの画像が集まったかによるばらつきのうち、シードから分かるのは多くても\(shown)です。データを引き直せば、すべてのばらつきが分かります。\(more)"
    )
  }

  static let oneSeed = Markup(
    english:
      "Every point was measured with one seed, so no interval can be given: any order below may be chance.",
    japanese: "どの条件も1個のシードで測ったため、信頼区間は出せません。以下の順位は偶然かもしれません。")

  static func bestOf(_ count: Int) -> Markup {
    Markup(
      english:
        "In the mean over all ways of collecting the winner is picked as the best of \(count), so its mean and its lead over buying at random are on average a little too good. Beside them stands the lead “allowing for the choice”, which takes that back.",
      japanese:
        "すべての集め方の平均での首位は\(count)通りの中の最良として選ばれているため、その平均や無作為購入との差は、平均的に少し良すぎる値になります。「選び出しを考慮した差」は、この分を差し引いた値です。")
  }

  static func missing(_ count: Int) -> Markup {
    Markup(
      english:
        "\(strong: Numbers.counted(count, "trial")) \(count == 1 ? "is" : "are") missing. Means are over what finished; comparisons use only trials that both sides have.",
      japanese:
        "\(strong: "\(Numbers.count(count))件の試行")が欠けています。平均は終わった試行だけで計算し、比較には双方にそろっている試行だけを使います。")
  }

  static func variants(_ count: Int) -> Markup {
    Markup(
      english:
        "\(Numbers.counted(count, "trial")) gave different bytes on different machines. The outcome with the smallest digest is shown; pin the BLAS kernel in the sweep to avoid this.",
      japanese:
        "\(count)件の試行は、計算機によって異なるバイト列になりました。ダイジェストが最小の結果を表示しています。スイープでBLASカーネルを固定すれば防げます。")
  }

  static func incidents(_ found: ReportInput.Incidents) -> Markup {
    let count = found.tasks
    let start = Markup(
      english:
        "\(strong: "Of \(Numbers.counted(count, "task")) somebody handed in another result than the one shown.") The first one counts.",
      japanese:
        "\(strong: "\(Numbers.count(count))件のタスクについて、表示しているものとは異なる結果が提出されました。")最初の結果を採用しています。")
    let end = Markup(
      english:
        " \(code: "winnow incidents") lists them with the keys that brought them and says what to do, and \(code: "winnow verify") computes results again.",
      japanese:
        "\(code: "winnow incidents") は提出した鍵と対処法を一覧で示し、\(code: "winnow verify") は結果を計算し直して比べます。")
    return .group([start] + settlements(found) + [end])
  }

  private static func settlements(_ found: ReportInput.Incidents) -> [Markup] {
    var sentences: [Markup] = []
    if found.overturned > 0 {
      sentences.append(
        Markup(
          english:
            " \(strong: "Of \(Numbers.count(found.overturned)) two keys agree on another result, so the one shown is probably wrong.")",
          japanese:
            "\(strong: "うち\(Numbers.count(found.overturned))件では、二つの鍵が別の結果で一致しており、表示している結果はおそらく誤りです。")"))
    }
    if found.open > 0 {
      sentences.append(
        Markup(
          english:
            " Of \(Numbers.count(found.open)) it is not known who is right; a run under one more key decides.",
          japanese:
            "うち\(Numbers.count(found.open))件では、どちらが正しいかまだ分かりません。さらに別の鍵による計算で決まります。"))
    }
    if !found.wrong.isEmpty {
      sentences.append(
        Markup(
          english: " Results of \(codes: found.wrong) are contradicted by two other keys each.",
          japanese: "\(codes: found.wrong) の結果は、それぞれ二つの別の鍵の結果と食い違っています。"))
    }
    return sentences
  }

  static let scope = Markup(
    english:
      "Intervals cover the chance in choosing and training. They hold for these pools, this model and this recipe; other data may rank differently.",
    japanese:
      "信頼区間が表すのは、選択と学習に含まれる偶然のばらつきです。ここで使った候補プール、モデル、学習手順での話であり、別のデータでは順位が変わることがあります。")

  static let scopeOfDraws = Markup(
    english:
      "Intervals cover the chance in drawing the pools, in choosing and in training. They hold for pools made so, this model and this recipe; other data may rank differently.",
    japanese:
      "信頼区間が表すのは、候補プールの引き直し、選択、学習に含まれる偶然のばらつきです。このように作った候補プール、このモデル、この学習手順での話であり、別のデータでは順位が変わることがあります。")

  static func simulated(_ parts: [String], _ statement: Markup) -> Markup {
    Markup(english: "\(codes: parts): \(statement)", japanese: "\(codes: parts)：\(statement)")
  }
}
