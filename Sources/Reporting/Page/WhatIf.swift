import Core
import Economics
import Statistics
import Sweeps

/// What the sliders of the first screen compute with: the options of the answered setting, with everything that a verdict of
/// other weights or prices needs.
struct WhatIf {
  private let basis: VerdictBasis
  private let verdict: Verdict
  private let metrics: [(metric: Metric, scale: Double, weight: Double)]
  private let items: [PriceItem]
  private let options: [Option]

  private struct Option {
    let candidate: VerdictCandidates.Candidate
    /// One a budget, what was left over spent in proportion; empty where some budget lacks the option.
    let levels: [(spending: [Double], means: [Double?])]
  }

  /// More options than these would make the page large.
  private static let most = 300

  /// nil where nothing is answered, where a goal is asked, and beyond 300 options.
  init?(_ analysis: ReportAnalysis) {
    guard analysis.goal == nil, let answered = analysis.answered, let verdict = answered.verdict,
      let basis = VerdictBasis(analysis.grids, answered.setting), basis.candidates.all.count <= Self.most,
      verdict.standings.count > 1
    else { return nil }
    let weighted = basis.weights.entries
    let telling = basis.headline.filter { metric in !basis.silent.contains { $0.metric == metric } }
    let metrics = (weighted.map(\.metric) + telling.filter { metric in !weighted.contains { $0.metric == metric } })
      .compactMap { metric in
        basis.candidates.scale(metric).map { scale in
          (metric: metric, scale: scale, weight: weighted.first { $0.metric == metric }?.weight ?? 0)
        }
      }
    self.metrics = metrics
    (self.basis, self.verdict) = (basis, verdict)
    let settings = analysis.grids.budgets(of: answered.setting)
    let levels = settings.map { (budget: $0.budget.amount, candidates: analysis.grids.candidates($0).all) }
    let options = basis.candidates.all.map { candidate -> Option in
      let found = levels.compactMap { level -> (spending: [Double], means: [Double?])? in
        guard let other = level.candidates.first(where: { $0.option.isSameChoice(as: candidate.option) }) else {
          return nil
        }
        let spending = other.spending
        let total = spending.reduce(0, +)
        guard total > 0 else { return nil }
        return (
          spending.map { $0 / total * level.budget },
          metrics.map { other.values($0.metric).map { Descriptive.mean($0) } }
        )
      }
      return Option(candidate: candidate, levels: found.count == levels.count && levels.count > 1 ? found : [])
    }
    self.options = options
    items = PriceItem.allCases.enumerated().filter { place, _ in
      options.contains { $0.levels.contains { $0.spending[place] > 0 } }
    }.map(\.element)
  }

  /// The data in `language`; option and answer are told by their place in the list.
  func json(in language: Language) -> [String: JSONValue] {
    let seeds = basis.scores.values.first?.count ?? 0
    let places = items.map { item in PriceItem.allCases.firstIndex(of: item)! }
    let first = options.firstIndex { $0.candidate.option == verdict.recommended.option }!
    return [
      "budget": .number(basis.setting.budget.amount), "seeds": .integer(Int64(seeds)),
      "quantile": seeds > 1 ? .number(Distributions.studentTQuantile(0.975, degrees: Double(seeds - 1))) : .null,
      "metrics": .array(
        metrics.map {
          [
            "name": .string($0.metric.name), "title": .string($0.metric.shownTitle.plainText(in: language)),
            "scale": .number($0.scale), "weight": .number($0.weight),
          ]
        }),
      "items": .array(items.map { .string($0.rawValue) }),
      "options": .array(
        options.map { option in
          [
            "name": .string(DecisionWords.option(option.candidate.option).plainText(in: language)),
            "values": .array(
              metrics.map { option.candidate.values($0.metric).map { .array($0.map { .number($0) }) } ?? .null }),
            "levels": .array(
              option.levels.map { level in
                [
                  "spending": .array(places.map { .number(level.spending[$0]) }),
                  "means": .array(level.means.map { $0.map { .number($0) } ?? .null }),
                ]
              }),
          ]
        }),
      "answer": ["first": .integer(Int64(first)), "score": .number(verdict.recommended.score)],
    ]
  }
}
