import Statistics
import Sweeps

/// Every fact of a report, in the order of the page.
struct FactTable {
  let all: [Fact]

  init(_ settings: [SettingAnalysis], goal: GoalAnswer?) {
    all =
      settings.enumerated().flatMap { Self.facts($1, number: $0 + 1) } + (goal.flatMap(Self.fact).map { [$0] } ?? [])
  }

  /// What is said of one question; nil when it has no answer.
  ///
  /// - Parameter key: `asked`, `average`, or a metric's name.
  func callAsFunction(_ setting: SettingAnalysis, _ scope: Fact.Scope, _ key: String = Fact.asked) -> Fact? {
    all.first { $0.setting == setting.setting && $0.scope == scope && $0.key == key }
  }

  private static func facts(_ setting: SettingAnalysis, number: Int) -> [Fact] {
    func id(_ scope: Fact.Scope, _ key: String) -> String { "fact-\(number)-\(scope.rawValue)-\(key)" }
    func fact(
      _ scope: Fact.Scope, _ key: String, _ first: Fact.Subject, _ value: String, _ next: Fact.Subject?,
      _ lead: String?,
      _ interval: Fact.Bounds?, _ certainty: Certainty
    ) -> Fact {
      Fact(
        id: id(scope, key), setting: setting.setting, scope: scope, key: key, first: first, value: value, next: next,
        lead: lead, interval: interval, certainty: certainty)
    }
    var facts: [Fact] = []
    if let verdict = setting.verdict {
      let seeds = setting.grid.replicates.count
      facts.append(
        fact(
          .options, Fact.asked, .option(verdict.recommended.option), Numbers.decimal(verdict.recommended.score, 1),
          verdict.runnerUp.map { .option($0.option) }, verdict.margin.map { points($0.difference) },
          verdict.margin?.interval.map(points), verdict.certainty))
      if let source = verdict.source {
        facts.append(
          fact(
            .sources, Fact.asked, .source(verdict.recommended.option.shift),
            Numbers.decimal(verdict.recommended.score, 1), .option(source.next), points(source.difference),
            source.interval.map(points), source.certainty(seeds: seeds)))
      }
    }
    facts += setting.others.map { other in
      let certainty: Certainty =
        other.rival == nil && other.isSame
        ? .alone : (other.interval == nil ? .unknown : (other.isDecided ? .clear : .open))
      return fact(
        .options, other.key, .option(other.choice), Numbers.decimal(other.score, 1),
        other.rival.map { .option($0) }, other.lead.map(points), other.interval.map(points), certainty)
    }
    if let found = setting.collecting, let lead = found.lead,
      let cell = setting.utilities[0].cells[found.reference][found.order[0]]
    {
      let metric = found.metric
      facts.append(
        fact(
          .random, metric.name, .source(setting.grid.shifts[found.order[0]]), Numbers.value(cell.mean, of: metric),
          .source(setting.grid.shifts[found.order[1]]), Numbers.difference(lead.difference, of: metric),
          lead.interval.map { Fact.Bounds($0) { Numbers.difference($0, of: metric) } },
          Certainty(
            isClear: found.isDecided, hasInterval: lead.interval != nil, chance: nil,
            seeds: setting.grid.replicates.count)))
    }
    facts += setting.utilities.compactMap { utility in
      utility.winner.map { winner in
        let metric = utility.metric
        return fact(
          .choosing, metric.name, .strategy(setting.grid.strategies[winner.strategy]),
          Numbers.value(winner.mean, of: metric),
          utility.runnerUp.map { .strategy(setting.grid.strategies[$0.strategy]) },
          utility.runnerUp.map { Numbers.difference($0.comparison.difference, of: metric) },
          utility.runnerUp?.comparison.interval.map {
            Fact.Bounds($0) { Numbers.difference($0, of: metric) }
          }, utility.certainty(seeds: setting.grid.replicates.count))
      }
    }
    return facts
  }

  private static func fact(_ goal: GoalAnswer) -> Fact? {
    guard let first = goal.reaching.first else { return nil }
    let next = goal.reaching.dropFirst().first
    return Fact(
      id: "fact-goal", setting: goal.setting, scope: .options, key: Fact.goal, first: .option(first.option),
      value: Numbers.amount(first.cost), next: next.map { .option($0.option) },
      lead: next.map { Numbers.amount($0.cost - first.cost) }, interval: nil, certainty: goal.certainty)
  }

  private static func points(_ value: Double) -> String {
    Numbers.decimal(value, abs(value) < 0.1 ? 2 : 1, signed: true)
  }
  private static func points(_ range: ClosedRange<Double>) -> Fact.Bounds { Fact.Bounds(range, points) }
}

extension OtherAnswer {
  /// What facts call its question.
  var key: String { weights.origin == .average ? Fact.average : weights.single?.name ?? Fact.asked }
}
