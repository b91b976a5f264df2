import Results

/// Where the numbers come from, and how to get them again.
struct ProvenanceSection {
  let input: ReportInput

  /// From the attempts that the store keeps, so that the same store gives the same page.
  private var effort: [(Markup, Markup)] {
    guard let effort = input.effort else { return [] }
    let members = [(ProvenanceWords.hosts, effort.hosts), (ProvenanceWords.programs, effort.programs)]
    return [
      (ProvenanceWords.computed, .text("\(Times.instant(effort.begin)) – \(Times.instant(effort.end))")),
      (ProvenanceWords.span, ProvenanceWords.duration(effort.end - effort.begin)),
      (ProvenanceWords.processor, ProvenanceWords.duration(effort.cpuSeconds)),
    ] + members.filter { !$0.1.isEmpty }.map { ($0, .text($1.joined(separator: ", "))) }
  }

  var markup: Markup {
    let digest = ReportInput.Fact.sweep(input.sweep.id)
    let own = input.provenance.contains(digest) ? [] : [digest]
    let stored = (own + input.provenance).map(ProvenanceWords.fact).map { ($0, Markup.text($1)) }
    let facts: [(Markup, Markup)] =
      [(ProvenanceWords.sweepName, .text(input.sweep.name))] + stored.prefix(own.count) + effort
      + stored.dropFirst(own.count)
    let table = DataTable(
      caption: ProvenanceWords.caption, corner: ProvenanceWords.fact,
      columns: [.init(ProvenanceWords.value, isNumber: false)],
      rows: facts.map { DataTable.Row([$0.0], [DataTable.Cell([$0.1], style: "prose")]) }, style: "wordy")
    return .element(
      "section", ["id": "provenance"],
      [
        .heading(2, ProvenanceWords.heading), table.markup, .heading(3, ProvenanceWords.reproduce),
        .paragraph(ProvenanceWords.explanation),
        .element("pre", [:], [.text(ProvenanceWords.commands.joined(separator: "\n"))]),
        .details(ProvenanceWords.sweep, [.element("pre", [:], [.text(input.sweep.json.prettyText)])]),
      ])
  }
}
