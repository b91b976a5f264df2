import Sweeps

/// Where the numbers come from, and how to get them again.
struct ProvenanceSection {
  let input: ReportInput

  private enum Words {
    static let heading = "Provenance"
    static let caption = "One row is one fact about how these results came to be."
    static let reproduce = "How to reproduce"
    static let explanation: Markup =
      "Save the sweep below as \(code: "sweep.json"). A store that holds the results already is reused; an empty one is filled again, and equal work gives equal bytes."
    static let sweep = "The sweep, with every default written out"
    static let commands = [
      "winnow run sweep.json --store winnow-store", "winnow report --store winnow-store --output report.html",
      "winnow results --store winnow-store --json", "winnow store check --store winnow-store",
    ]
    static let sweepName = "sweep"
    static let sweepDigest = "sweep digest"
  }

  var markup: Markup {
    let own = [
      ReportInput.Fact(name: Words.sweepName, value: input.sweep.name),
      ReportInput.Fact(name: Words.sweepDigest, value: input.sweep.id.description),
    ]
    let table = DataTable(
      caption: Words.caption, corner: "Fact", columns: [.init("Value", isNumber: false)],
      rows: (own.filter { fact in !input.provenance.contains { $0.value == fact.value } } + input.provenance).map {
        DataTable.Row([.text($0.name)], [.text($0.value, style: "prose")])
      },
      style: "wordy")
    return .element(
      "section", ["id": "provenance"],
      [
        .heading(2, Words.heading), table.markup, .heading(3, Words.reproduce), .paragraph(Words.explanation),
        .element("pre", [:], [.text(Words.commands.joined(separator: "\n"))]),
        .details(Words.sweep, [.element("pre", [:], [.text(input.sweep.json.prettyText)])]),
      ])
  }
}
