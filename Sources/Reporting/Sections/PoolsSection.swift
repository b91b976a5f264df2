import Core
import Sweeps

/// The candidate pools and the other parts of the data set: size, labels, licence.
struct PoolsSection {
  let input: ReportInput

  private enum Words {
    static let heading = Markup(english: "The pools", japanese: "候補プール")
    static let caption = Markup(
      english:
        "What was chosen from. One row is one part of the data set: images, the smallest and largest class, wrong labels in percent where the truth is known, how labels came to be, licence.",
      japanese:
        "選択の対象。1行がデータセットの1つの部分で、画像数、最小と最大のクラスの枚数、（真のクラスが分かる場合の）誤ったラベルの割合（%）、ラベルの由来、ライセンスを示します。")
    static let part = Markup(english: "Part", japanese: "部分")
    static let columns = [
      Markup(english: "Images", japanese: "画像数"), Markup(english: "Smallest class", japanese: "最小のクラス"),
      Markup(english: "Largest class", japanese: "最大のクラス"), Markup(english: "Wrong labels", japanese: "誤ったラベル"),
      Markup(english: "Labels", japanese: "ラベルの由来"), Markup(english: "Licence", japanese: "ライセンス"),
    ]
    static let unchecked = Markup(english: "not checked", japanese: "未確認")
    static let none = Markup(
      english: "The store holds no description of the pools.", japanese: "ストアに候補プールの説明がありません。")
    static let more = Markup(english: "Everything recorded about the parts", japanese: "各部分の記録すべて")
    static let moreCaption = Markup(
      english: "One row is one recorded fact of one part.", japanese: "1行が、1つの部分についての1つの記録です。")
    static let fact = Markup(english: "Fact", japanese: "項目")
    static let value = Markup(english: "Value", japanese: "値")
  }

  var markup: Markup {
    let parts = input.parts
    guard !parts.isEmpty else {
      return .element("section", ["id": "pools"], [.heading(2, Words.heading), .paragraph(Words.none)])
    }
    let statements = input.statements.map { UncertaintyWords.simulated($0.parts, words.sentence($0.remark)) }
    return .element(
      "section", ["id": "pools"],
      [.heading(2, Words.heading), table(parts.filter { $0.facts.count != nil }).markup]
        + (statements.isEmpty ? [] : [.list(statements)]) + others(parts))
  }

  private var words: RemarkWords { input.remarkWords }

  private func table(_ parts: [(name: String, facts: PartFacts)]) -> DataTable {
    DataTable(
      caption: Words.caption, corner: Words.part,
      columns: Words.columns.enumerated().map { .init($0.element, isNumber: $0.offset < 4) },
      rows: parts.map { name, part in
        DataTable.Row(
          [.code(name)],
          [
            .number(part.count.map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.min().map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.max().map(Numbers.count) ?? Numbers.missing),
            part.uncheckedTruth == nil
              ? .number(Numbers.percentage(part.labelNoise)) : DataTable.Cell([Words.unchecked], style: "n"),
            DataTable.Cell([part.labelOrigin.map(words.sentence) ?? .text(Numbers.missing)], style: "prose"),
            .text(part.licence ?? Numbers.missing, style: "prose"),
          ])
      }, style: "wordy")
  }

  private func others(_ parts: [(name: String, facts: PartFacts)]) -> [Markup] {
    let rows = parts.flatMap { name, facts in
      facts.notes.map { Self.row(name, $0.code.rawValue, words.sentence($0)) }
        + facts.allOthers.sorted { $0.key < $1.key }.map {
          Self.row(name, $0.key, .text(RemarkWords.number($0.value)))
        }
    }
    guard !rows.isEmpty else { return [] }
    let table = DataTable(
      caption: Words.moreCaption, corner: Words.part,
      columns: [.init(Words.fact, isNumber: false), .init(Words.value, isNumber: false)], rows: rows, style: "wordy")
    return [.details(Words.more, [table.markup])]
  }

  private static func row(_ part: String, _ fact: String, _ value: Markup) -> DataTable.Row {
    DataTable.Row([.code(part)], [DataTable.Cell([.code(fact)]), DataTable.Cell([value], style: "prose")])
  }
}

extension PartFacts {
  /// Every number without a column of its own.
  fileprivate var allOthers: [String: Double] {
    var others = others
    others["noneOfTheClasses"] = noneOfTheClasses
    return others
  }
}
