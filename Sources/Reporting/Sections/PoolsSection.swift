import Results
import Sweeps

/// The candidate pools and the other parts of the data set: size, labels, licence.
struct PoolsSection {
  let input: ReportInput

  var markup: Markup {
    let parts = input.parts
    guard !parts.isEmpty else {
      return .element("section", ["id": "pools"], [.heading(2, PoolsWords.heading), .paragraph(PoolsWords.none)])
    }
    let statements = input.statements.map { UncertaintyWords.simulated($0.parts, words.sentence($0.remark)) }
    return .element(
      "section", ["id": "pools"],
      [.heading(2, PoolsWords.heading), table(parts.filter { $0.facts.count != nil }).markup]
        + (statements.isEmpty ? [] : [.list(statements)]) + OriginTable(input: input).markup + others(parts))
  }

  private var words: RemarkWords { input.remarkWords }

  private func table(_ parts: [(name: String, facts: PartFacts)]) -> DataTable {
    DataTable(
      caption: PoolsWords.caption, corner: PoolsWords.part,
      columns: PoolsWords.columns.enumerated().map { .init($0.element, isNumber: $0.offset < 4) },
      rows: parts.map { name, part in
        DataTable.Row(
          [.code(name)],
          [
            .number(part.count.map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.min().map(Numbers.count) ?? Numbers.missing),
            .number(part.classCounts.max().map(Numbers.count) ?? Numbers.missing),
            part.uncheckedTruth == nil
              ? .number(Numbers.percentage(part.labelNoise)) : DataTable.Cell([PoolsWords.unchecked], style: "n"),
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
      caption: PoolsWords.moreCaption, corner: PoolsWords.part,
      columns: [.init(PoolsWords.fact, isNumber: false), .init(PoolsWords.value, isNumber: false)], rows: rows,
      style: "wordy")
    return [.details(PoolsWords.more, [table.markup])]
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
