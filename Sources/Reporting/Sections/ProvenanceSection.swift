import Results

/// Where the numbers come from, and how to get them again.
struct ProvenanceSection {
  let input: ReportInput

  /// From the attempts that the store keeps, so that the same store gives the same page.
  private var effort: [(Markup, String)] {
    guard let effort = input.effort else { return [] }
    return [
      (ProvenanceWords.computed, "\(Times.instant(effort.begin)) – \(Times.instant(effort.end))"),
      (ProvenanceWords.duration, Times.duration(effort.end - effort.begin)),
      (ProvenanceWords.processor, Times.duration(effort.cpuSeconds)),
      (ProvenanceWords.hosts, effort.hosts.joined(separator: ", ")),
      (ProvenanceWords.programs, effort.programs.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }
  }

  var markup: Markup {
    let digest = ReportInput.Fact.sweep(input.sweep.id)
    let own = input.provenance.contains(digest) ? [] : [digest]
    let facts =
      [(ProvenanceWords.sweepName, input.sweep.name)] + own.map(ProvenanceWords.fact) + effort
      + input.provenance.map(ProvenanceWords.fact)
    let table = DataTable(
      caption: ProvenanceWords.caption, corner: ProvenanceWords.fact,
      columns: [.init(ProvenanceWords.value, isNumber: false)],
      rows: facts.map { DataTable.Row([$0.0], [.text($0.1, style: "prose")]) }, style: "wordy")
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
