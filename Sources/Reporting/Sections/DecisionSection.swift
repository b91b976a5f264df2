import Results

/// The first screen: one question, its answer, how sure that is, what it costs, what would change it, and what other questions
/// would answer.
struct DecisionSection {
  let analysis: ReportAnalysis

  private var input: ReportInput { analysis.input }
  private var currency: String { input.sweep.prices.currency }

  /// nil when nothing can be recommended.
  var markup: Markup? {
    // Of several budgets the largest is told in full, and all are in the table.
    guard let chosen = analysis.answered, let verdict = chosen.verdict else { return nil }
    return .element(
      "section", ["id": "decision"],
      [.heading(2, DecisionWords.heading)] + answer(chosen, verdict)
        + [DecisionPicture(setting: chosen, verdict: verdict).markup].compactMap { $0 } + whatIf + settings)
  }

  /// All of it but the picture.
  var sentences: Markup? {
    guard let chosen = analysis.answered, let verdict = chosen.verdict else { return nil }
    return .group([.heading(2, DecisionWords.heading)] + answer(chosen, verdict) + settings)
  }

  private func answer(_ setting: SettingAnalysis, _ verdict: Verdict) -> [Markup] {
    analysis.goal.map { GoalCard(goal: $0, analysis: analysis).markup } ?? [card(setting, verdict)] + others(setting)
  }

  private func card(_ setting: SettingAnalysis, _ verdict: Verdict) -> Markup {
    let option = verdict.recommended.option
    let facts = DecisionFacts(analysis: analysis, setting: setting, verdict: verdict)
    let tiles = [
      (DecisionWords.get, facts.gains), (DecisionWords.sure, facts.certainty), (DecisionWords.cost, facts.costs),
      (DecisionWords.change, facts.changes),
    ].map { title, lines in
      Markup.element("div", [:], [.heading(3, title)] + lines.map { .paragraph($0) })
    }
    let worth = MultiplierSection(analysis)?.headline
    let question = DecisionWords.question(verdict.weights, SettingWords.title(setting.setting, currency: currency))
    let plain = DecisionWords.plain(option, input).map { [$0] } ?? []
    let answer = Markup.stated(
      analysis.facts(setting, .options), DecisionWords.recommendation(option))
    return .element(
      "div", class: "decision",
      [.paragraph(question, class: "eyebrow"), .paragraph(answer, class: "verdict")]
        + [.paragraph(.sentences([facts.howMany] + plain), class: "plain")]
        + (facts.plainChoice.map { [.paragraph($0, class: "plain")] } ?? [])
        + (worth.map { [.paragraph($0, class: "worth")] } ?? [])
        + [.element("div", class: "facts", tiles)])
  }

  /// Filled by the page's script; without it there is nothing to see.
  private var whatIf: [Markup] {
    [
      .element(
        "div", ["id": "what-if", "hidden": "hidden"],
        [.heading(3, WhatIfWords.heading), .paragraph(WhatIfWords.explanation, class: "note")])
    ]
  }

  /// What other questions would answer.
  private func others(_ setting: SettingAnalysis) -> [Markup] {
    let (decided, open) = (
      setting.others.filter { $0.isSame && $0.isDecided }, setting.others.filter { $0.isSame && !$0.isDecided }
    )
    let sentences =
      setting.others.filter { !$0.isSame }.map { other in
        Markup.stated(analysis.facts(setting, .options, other.key), OtherAnswerWords.different(other))
      } + (decided.isEmpty ? [] : [OtherAnswerWords.same(decided.map(OtherAnswerWords.question))])
      + (open.isEmpty ? [] : [OtherAnswerWords.sameButOpen(open.map(OtherAnswerWords.question))])
      + setting.silent.map(OtherAnswerWords.silent)
    return sentences.isEmpty ? [] : [.heading(3, OtherAnswerWords.heading), .list(sentences)]
  }

  /// What is recommended under every setting, a line a setting.
  private var settings: [Markup] {
    let decided = analysis.settings.filter { $0.verdict != nil }
    guard decided.count > 1 else { return [] }
    let lines = decided.map { setting in
      let verdict = setting.verdict!
      let title = Markup.element(
        "a", ["href": "#\(Anchor.evidence(setting.setting))"],
        [SettingWords.title(setting.setting, currency: currency)])
      return Markup.stated(
        analysis.facts(setting, .options),
        DecisionWords.other(
          title, DecisionWords.option(verdict.recommended.option), FactWords.badge(verdict.certainty),
          next: verdict.runnerUp.map { DecisionWords.option($0.option) }))
    }
    return [.heading(3, DecisionWords.others), .list(lines)]
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
    let reference = here.first { $0.option.isReference }
    let value = Numbers.decimal(best.score, 1)
    let other = reference.map { Numbers.decimal($0.score, 1) }
    return SourcePlot.Line(
      name: shift, best: best.option.strategy.label, value: best.score, reference: reference?.score,
      isRecommended: best.option == verdict.recommended.option,
      title: DecisionWords.plotLine(shift, best.option.strategy.label, value, other))
  }
}
