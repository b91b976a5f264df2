import Results

/// The first screen where a goal is stated: what reaches it for the least money.
struct GoalCard {
  let goal: GoalAnswer
  let analysis: ReportAnalysis

  private static let told = 5

  private var currency: String { analysis.input.sweep.prices.currency }
  private func money(_ value: Double) -> String { "\(Numbers.amount(value))\u{A0}\(currency)" }

  var markup: [Markup] {
    let question = GoalWords.question(
      goal.metric, target, budgets: goal.budgets.map { SettingWords.money($0.budget, currency) })
    guard let first = goal.reaching.first else {
      let nearest = goal.nearest.map {
        GoalWords.nearest(DecisionWords.option($0.option), Numbers.value($0.value, of: goal.metric))
      }
      return [
        .element(
          "div", class: "decision",
          [.paragraph(question, class: "eyebrow"), .paragraph(GoalWords.none, class: "verdict")]
            + (nearest.map { [.paragraph($0, class: "plain")] } ?? []))
      ]
    }
    let fact = analysis.facts.all.first { $0.key == Fact.goal }
    let answer = Markup.sentences([
      DecisionWords.recommendation(first.option), GoalWords.cost(money(first.cost)),
    ])
    let tiles = [(DecisionWords.get, gains(first)), (DecisionWords.sure, certainty(first))].map { title, lines in
      Markup.element("div", [:], [.heading(3, title)] + lines.map { .paragraph($0) })
    }
    let card = Markup.element(
      "div", class: "decision",
      [.paragraph(question, class: "eyebrow"), .paragraph(.stated(fact, answer), class: "verdict")]
        + [DecisionWords.plain(first.option, analysis.input)].compactMap { $0 }.map {
          .paragraph($0, class: "plain")
        } + [.element("div", class: "facts", tiles)])
    let others = goal.reaching.dropFirst()
    guard !others.isEmpty else { return [card] }
    return [
      card, .heading(3, GoalWords.others(others.count)),
      .list(
        others.prefix(Self.told).map {
          GoalWords.other(DecisionWords.option($0.option), money($0.cost), isSure: $0.isSure)
        }),
    ]
  }

  private var target: String { Numbers.value(goal.goal.target, of: goal.metric) }

  private func gains(_ first: GoalAnswer.Standing) -> [Markup] {
    [
      GoalWords.value(
        goal.metric, Numbers.value(first.value, of: goal.metric), SettingWords.money(first.level.budget, currency),
        items: Numbers.decimal(first.items, 0))
    ] + (goal.budgets.count > 1 ? [GoalWords.interpolated] : [])
      + (analysis.input.sweep.prices.isIllustrative ? [DecisionWords.illustrative] : [])
  }

  private func certainty(_ first: GoalAnswer.Standing) -> [Markup] {
    [
      FactWords.badge(goal.certainty), GoalWords.reaches(isSure: first.isSure),
      goal.chanceCheapest.map { GoalWords.cheapest(Numbers.chance($0), DecisionWords.option(goal.reaching[1].option)) }
        ?? .empty,
    ]
  }
}
