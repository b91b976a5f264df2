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
    let (name, digest) = (input.sweep.name, input.sweep.id.description)
    let own = [(ProvenanceWords.sweepName, name), (ProvenanceWords.sweepDigest, digest)]
      .filter { fact in !input.provenance.contains { $0.value == fact.1 } }
    let facts = own + effort + input.provenance.map { (.text($0.name), $0.value) }
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
