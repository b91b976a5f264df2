import Results

/// The first page: what to do with the budget, how sure that is, what it costs, and what would change it.
struct DecisionSection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  private var currency: String { input.sweep.prices.currency }
  private var decided: [(setting: SettingAnalysis, verdict: Verdict)] {
    settings.compactMap { setting in setting.verdict.map { (setting, $0) } }
  }

  /// nil when nothing can be recommended.
  var markup: Markup? {
    guard let first = decided.first else { return nil }
    // Of several budgets the largest is told in full, and all are in the table.
    let chosen = decided.last { $0.setting.setting.kind == first.setting.setting.kind }!
    return .element(
      "section", ["id": "decision"],
      [.heading(2, DecisionWords.heading), card(chosen.setting, chosen.verdict)]
        + [DecisionPicture(setting: chosen.setting, verdict: chosen.verdict).markup].compactMap { $0 }
        + (decided.count > 1 ? [.heading(3, DecisionWords.others), others] : []))
  }

  private func card(_ setting: SettingAnalysis, _ verdict: Verdict) -> Markup {
    let option = verdict.recommended.option
    let facts = DecisionFacts(input: input, setting: setting, verdict: verdict)
    let tiles = [
      (DecisionWords.get, facts.gains), (DecisionWords.sure, facts.certainty), (DecisionWords.cost, facts.costs),
      (DecisionWords.change, facts.changes),
    ].map { title, lines in
      Markup.element("div", [:], [.heading(3, title)] + lines.map { .paragraph($0) })
    }
    let title = SettingWords.title(setting.setting, currency: currency)
    return .element(
      "div", class: "decision",
      [
        .paragraph(DecisionWords.occasion(title), class: "eyebrow"),
        .paragraph(DecisionWords.recommendation(option), class: "verdict"),
      ] + [DecisionWords.plain(option, input.pools)].compactMap { $0 }.map { .paragraph($0, class: "plain") }
        + [.element("div", class: "facts", tiles)])
  }

  /// What is recommended under every setting, a line a setting.
  private var others: Markup {
    .list(
      decided.map { setting, verdict in
        let title = Markup.element(
          "a", ["href": "#\(Anchor.evidence(setting.setting))"],
          [SettingWords.title(setting.setting, currency: currency)])
        return DecisionWords.other(
          title, DecisionWords.option(verdict.recommended.option), DecisionFacts.badge(verdict),
          next: verdict.runnerUp.map { DecisionWords.option($0.option) })
      })
  }
}

/// The picture of the first page: what each way of collecting reaches.
struct DecisionPicture {
  let setting: SettingAnalysis
  let verdict: Verdict

  /// nil with a single way of collecting.
  var markup: Markup? {
    let shifts = (setting.grid.shifts + [Grid.mix]).filter { shift in
      verdict.standings.contains { $0.option.shift == shift }
    }
    guard shifts.count > 1 else { return nil }
    let lines = shifts.compactMap(line).sorted { ($1.value, $0.name) < ($0.value, $1.name) }
    let plot = SourcePlot(lines: lines, axisTitle: DecisionWords.plotAxis(verdict.weights))
    let spoken = Markup.clauses(lines.map(\.title))
    let title = DecisionWords.plotTitle(verdict.weights)
    return .element(
      "figure", class: "picture",
      [
        .heading(3, title), plot.markup(title: title, description: spoken),
        .element("figcaption", class: "note", [DecisionWords.plotNote(verdict.weights)]),
      ])
  }

  private func line(_ shift: String) -> SourcePlot.Line? {
    let here = verdict.standings.filter { $0.option.shift == shift }
    guard let best = here.first else { return nil }
    let reference = here.first { $0.option.strategy.isReference }
    let value = Numbers.decimal(best.score, 1)
    let other = reference.map { Numbers.decimal($0.score, 1) }
    return SourcePlot.Line(
      name: shift, best: best.option.strategy.label, value: best.score, reference: reference?.score,
      isRecommended: best.option == verdict.recommended.option,
      title: DecisionWords.plotLine(shift, best.option.strategy.label, value, other))
  }
}
