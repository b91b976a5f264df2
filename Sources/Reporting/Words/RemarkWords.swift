package import Core
package import Sweeps

/// Says remarks: those that every data set may have in the words below, others in the words that come with the data set.
struct RemarkWords {
  private let words: [Remark.Code: Words]

  init(of own: [Remark.Code: Words]) { words = Self.general.merging(own) { _, own in own } }

  /// A remark as a sentence. A code without words is shown as it is with its numbers, never dropped; an English sentence of
  /// an old store is quoted.
  func sentence(_ remark: Remark) -> Markup {
    if let sentence = remark.sentence { return Self.quoted(sentence) }
    guard let words = words[remark.code] else { return Self.unknown(remark) }
    return words.filled { Self.value($0, of: remark) }
  }

  /// What somebody else said in English: on a page in another language as a quotation.
  static func quoted(_ sentence: String) -> Markup {
    Markup(english: "\(sentence)", japanese: "\(.element("q", ["lang": "en"], [.text(sentence)]))")
  }

  /// What `{name}` or `{name%}` stands for.
  private static func value(_ name: String, of remark: Remark) -> String {
    if name.hasSuffix("%") { return percent(remark.numbers[String(name.dropLast())]) }
    if let text = remark.names[name] { return text }
    return number(remark.numbers[name])
  }

  private static func percent(_ share: Double?) -> String {
    guard let share else { return Numbers.missing }
    let isWhole = abs(share * 100 - (share * 100).rounded()) < 1e-9
    return Numbers.decimal(share * 100, isWhole ? 0 : 1) + "\u{A0}%"
  }

  /// Whole numbers with thousands apart, others with the digits they have.
  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return Numbers.missing }
    if let whole = Int(exactly: value) { return Numbers.count(whole) }
    return (value < 0 ? "−" : "") + abs(value).description
  }

  private static func unknown(_ remark: Remark) -> Markup {
    let values =
      remark.names.merging(remark.numbers.mapValues(number)) { first, _ in first }
      .sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
    let code = Markup.code(remark.code.rawValue)
    return values.isEmpty ? code : .group([code, .text(" (\(values.joined(separator: ", ")))")])
  }

  static let general: [Remark.Code: Words] = [
    .reference: Words(
      english: "This row is a reference that nobody can achieve: it is told what only the finished work could tell.",
      japanese: "この行は誰にも実現できない参考値です。作業が終わってからでなければ分からないことを教えられています。"),
    .allBought: Words(
      english: "All {count} candidates of the pool were bought, so nothing was left to choose.",
      japanese: "候補プールの{count}件をすべて購入したため、選ぶ余地がありませんでした。"),
    .allLookedAt: Words(
      english: "All {count} candidates of the pool were looked at, and {bought} of them bought.",
      japanese: "候補プールの{count}件をすべて調べ、そのうち{bought}件を購入しました。"),
    .fewAcceptable: Words(
      english: "Only {bought} of the {allowed} candidates that the budget allows were acceptable.",
      japanese: "予算では{allowed}件まで購入できますが、条件に合う候補は{bought}件だけでした。"),
    .buysNothing: Words(
      english: "The {money} for {shift} buy nothing.", japanese: "{shift}に割り当てた{money}では、何も購入できません。"),
    .splitSearched: Words(
      english:
        "Of {splits} splits of the budget tried, the model of the best was right about {right} of {validation} validation samples.",
      japanese: "試した{splits}通りの予算配分のうち、最良のモデルは検証用{validation}件中{right}件に正しく答えました。"),
    .imported: Words(
      english: "Imported: the predictions were made elsewhere and handed in; nobody here trained the model.",
      japanese: "取り込んだ予測：別の場所で作られて提出されたもので、モデルはここでは学習していません。"),
    .withoutProbabilities: Words(
      english:
        "The program answered with classes and not with logits: how sure it is was not measured, so log-likelihood, Brier score "
        + "and calibration say only how often it is right.",
      japanese: "プログラムの回答はクラスのみでロジットを含みません。確信度は測られていないため、対数尤度・Brier スコア・較正誤差は正解率だけを反映します。"),
    .withoutEmbeddings: Words(
      english: "The program wrote no embeddings: downstream tasks were learnt from its logits.",
      japanese: "プログラムは埋め込みを出力しませんでした。下流タスクはロジットから学習しました。"),
    .asEachPart: Words(english: "As each part labels.", japanese: "それぞれの部分のラベルのままです。"),
    .ownFiles: Words(english: "Files of this organisation.", japanese: "この組織のファイルです。"),
  ]
}

extension Words {
  /// The words with a value for each `{name}`.
  func filled(_ value: (String) -> String) -> Markup {
    Markup(english: "\(Self.filled(english, value))", japanese: "\(Self.filled(japanese, value))")
  }

  /// The names in braces, in their order.
  static func names(in text: String) -> [String] {
    text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1).compactMap { piece in
      piece.firstIndex(of: "}").map { String(piece[..<$0]) }
    }
  }

  private static func filled(_ text: String, _ value: (String) -> String) -> String {
    names(in: text).reduce(text) { text, name in text.replacing("{\(name)}", with: value(name), maxReplacements: 1) }
  }
}

/// Remarks as plain text, for files that are no reports.
package enum RemarkText {
  /// - Parameter words: what the data set's own codes say.
  package static func english(_ remark: Remark, words: [Remark.Code: Words]) -> String {
    RemarkWords(of: words).sentence(remark).plainText(in: .english)
  }
}
