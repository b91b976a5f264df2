import Sweeps

/// The candidate pools and the other parts of the data set: size, labels, licence.
struct PoolsSection {
  let input: ReportInput

  private enum Words {
    static let heading = "The pools"
    static let caption =
      "What was chosen from. One row is one part of the data set: images, the smallest and largest class, wrong labels in percent where the truth is known, how labels came to be, licence."
    static let columns = ["Images", "Smallest class", "Largest class", "Wrong labels", "Labels", "Licence"]
    static let unchecked = "not checked"
    static let none: Markup = "The store holds no description of the pools."
    static let more = "Everything recorded about the parts"
    static let moreCaption = "One row is one recorded fact of one part."
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
      caption: Words.caption, corner: "Part",
      columns: Words.columns.enumerated().map { .init($0.element, isNumber: $0.offset < 4) },
      rows: facts.map { part in
        DataTable.Row(
          [.code(part.name)],
          [
            .number(part.count.map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.min().map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.max().map(Numbers.count) ?? Numbers.missing),
            .number(part.uncheckedTruth == nil ? Numbers.percentage(part.labelNoise) : Words.unchecked),
            .text(part.labelOrigin ?? Numbers.missing, style: "prose"),
            .text(part.licence ?? Numbers.missing, style: "prose"),
          ])
      }, style: "wordy")
  }

  private func others(_ facts: [PoolFacts]) -> [Markup] {
    let rows = facts.flatMap { part in
      part.others.map { DataTable.Row([.code(part.name)], [.text($0.key), .text($0.value, style: "prose")]) }
    }
    guard !rows.isEmpty else { return [] }
    let table = DataTable(
      caption: Words.moreCaption, corner: "Part",
      columns: [.init("Fact", isNumber: false), .init("Value", isNumber: false)], rows: rows, style: "wordy")
    return [.details(Words.more, [table.markup])]
  }
}
