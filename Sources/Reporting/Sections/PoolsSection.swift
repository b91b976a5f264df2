import Core

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
    let facts = PoolFacts.all(input)
    guard !facts.isEmpty else {
      return .element("section", ["id": "pools"], [.heading(2, Words.heading), .paragraph(Words.none)])
    }
    let statements = PoolFacts.statements(input).map { UncertaintyWords.simulated($0.parts, $0.text) }
    return .element(
      "section", ["id": "pools"],
      [.heading(2, Words.heading), table(facts.filter { $0.count != nil }).markup]
        + (statements.isEmpty ? [] : [.list(statements)]) + others(facts))
  }

  private func table(_ facts: [PoolFacts]) -> DataTable {
    DataTable(
      caption: Words.caption, corner: Words.part,
      columns: Words.columns.enumerated().map { .init($0.element, isNumber: $0.offset < 4) },
      rows: facts.map { part in
        DataTable.Row(
          [.code(part.name)],
          [
            .number(part.count.map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.min().map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.max().map(Numbers.count) ?? Numbers.missing),
            part.uncheckedTruth == nil
              ? .number(Numbers.percentage(part.labelNoise)) : DataTable.Cell([Words.unchecked], style: "n"),
            DataTable.Cell([part.labelOrigin.map(StoredSentence.markup) ?? .text(Numbers.missing)], style: "prose"),
            .text(part.licence ?? Numbers.missing, style: "prose"),
          ])
      }, style: "wordy")
  }

  private func others(_ facts: [PoolFacts]) -> [Markup] {
    let rows = facts.flatMap { part in
      part.others.map {
        DataTable.Row(
          [.code(part.name)],
          [DataTable.Cell([.code($0.key)]), DataTable.Cell([Self.value($0.value)], style: "prose")])
      }
    }
    guard !rows.isEmpty else { return [] }
    let table = DataTable(
      caption: Words.moreCaption, corner: Words.part,
      columns: [.init(Words.fact, isNumber: false), .init(Words.value, isNumber: false)], rows: rows, style: "wordy")
    return [.details(Words.more, [table.markup])]
  }

  /// Numbers, lists and yes or no are data in every language; what has words is a sentence of the store.
  private static func value(_ text: String) -> Markup {
    let isSentence = text.contains(" ") && text.contains { $0.isLetter } && !text.hasPrefix("[")
    return isSentence ? StoredSentence.markup(text) : .text(text)
  }
}
