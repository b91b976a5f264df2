import Results
import Sweeps

/// The grids of every setting of a report, made once: sorting and judging all results again for each table would take longer
/// than everything else together.
struct Grids {
  let input: ReportInput
  /// In the order of the report.
  let settings: [Setting]
  private let sources: [Setting: Grid]
  private let mixes: [Setting: Grid]

  /// - Parameter transfer: the downstream tasks that count; judged by all trials of `input` unless given.
  init(_ input: ReportInput, transfer: TransferSummary? = nil) {
    let transfer = transfer ?? TransferSummary(input)
    let sorted = Dictionary(grouping: ResultsTable.sorted(input.results)) { Setting($0.point) }
    let settings = Setting.all(of: input)
    func grids(mixes: Bool) -> [Setting: Grid] {
      Dictionary(
        uniqueKeysWithValues: settings.map { setting in
          let here = (sorted[setting] ?? []).filter { ($0.point.shift == Grid.mix) == mixes }
          return (setting, Grid(input, setting: setting, mixes: mixes, results: here, transfer: transfer))
        })
    }
    self.input = input
    self.settings = settings
    sources = grids(mixes: false)
    mixes = grids(mixes: true)
  }

  /// The trials that buy from one pool. A setting that the report has not traps.
  func sources(_ setting: Setting) -> Grid { sources[setting]! }

  /// The trials that split their budget between pools.
  func mixes(_ setting: Setting) -> Grid { mixes[setting]! }

  func candidates(_ setting: Setting) -> VerdictCandidates {
    VerdictCandidates(sources: sources(setting), mixes: mixes(setting))
  }

  /// The settings that differ from `setting` in their budget only, the smallest first, itself among them.
  func budgets(of setting: Setting) -> [Setting] { settings.filter { $0.kind == setting.kind } }
}
