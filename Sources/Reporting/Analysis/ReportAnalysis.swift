package import Results
import Sweeps

/// All that a report says, computed once: page, terminal and other programs read the same values.
package struct ReportAnalysis {
  package let input: ReportInput
  let grids: Grids
  let settings: [SettingAnalysis]
  /// What sentences about first places rest on.
  let facts: FactTable
  /// What reaches the goal for the least money; nil without a goal.
  let goal: GoalAnswer?
  /// What the answer's money is worth elsewhere, for the settings that it is given in; nil with one budget.
  let worth: MultiplierAnalysis?

  package init(_ input: ReportInput) {
    let grids = Grids(input)
    let settings = grids.settings.map { SettingAnalysis(grids, $0) }
    (self.input, self.grids, self.settings) = (input, grids, settings)
    let goal = Self.answered(settings).flatMap { GoalAnswer(grids, $0.setting) }
    self.goal = goal
    facts = FactTable(settings, goal: goal)
    worth = Self.answered(settings).flatMap { answered in
      answered.verdict.flatMap { verdict in
        let levels = settings.filter { $0.verdict != nil && $0.setting.kind == answered.setting.kind }
        return MultiplierAnalysis(grids, levels.map(\.setting), verdict: verdict)
      }
    }
  }

  /// The setting that the first screen answers: of the first kind of setting that has an answer the largest budget.
  var answered: SettingAnalysis? { Self.answered(settings) }

  private static func answered(_ settings: [SettingAnalysis]) -> SettingAnalysis? {
    let decided = settings.filter { $0.verdict != nil }
    return decided.last { $0.setting.kind == decided[0].setting.kind }
  }

  /// One a setting that has one, in the order of the report.
  package var verdicts: [Verdict] { settings.compactMap(\.verdict) }

  /// Trials that finished, mixes included.
  var finished: Int { settings.reduce(0) { $0 + $1.finished } }
}
