import Core
import Sweeps

/// A row of the table of strategies: what people read about it, what it pays for, and how it chooses.
///
/// Adding a strategy is one row, and its name in ``StrategyRegistry/rows``. What it pays for looking, how large a share it
/// keeps and whether it chooses within classes follow from its needs and options: see ``ResolvedStrategy/looking``.
struct StrategyRow: Sendable {
  /// Chooses up to `count` candidates, which is from 1 to the number of candidates.
  ///
  /// Answers distinct positions among the candidates, in order of choice; fewer than `count` only when no other candidate
  /// is acceptable. Throws a ``CurationError`` when it cannot choose, `CancellationError` when nobody wants the choice.
  typealias Choice = @Sendable (_ count: Int, _ setting: Setting) throws -> Selection

  /// The source of rows for those who would reproduce DeepCore's numbers.
  static let deepCore = "the released code of Guo, Zhao & Bai, DeepCore, DEXA 2022"

  let description: StrategyDescription
  /// The proxies to train and ask, by its options; there exactly for those that ``Need/scores``.
  let scorer: ScorerChoice?
  let choose: Choice
  /// What it must be given where an option decides that; otherwise what its description says.
  var needs: (@Sendable (StrategyOptions) -> Set<Need>)?
  /// Whether it runs a program that the sweep brings along.
  var runsProgram = false
  /// Whether it goes through the rows of candidates block by block, so that a pool need not fit into memory.
  private let readsBlocks: Bool
  /// What it pays for models of its own, per candidate.
  var ownModels: @Sendable (StrategyOptions) -> Looking.OwnModels = { _ in Looking.OwnModels() }

  /// A strategy that is neither a score with a pick nor a filter.
  init(
    _ description: StrategyDescription, scorer: ScorerChoice? = nil, readsBlocks: Bool = false,
    choose: @escaping Choice
  ) {
    self.description = description
    self.scorer = scorer
    self.readsBlocks = readsBlocks
    self.choose = choose
  }

  /// A strategy that gives each candidate a number and picks by it.
  init(
    _ name: String, _ summary: String, words: Words, turn: StrategyCatalogue.Turn? = nil, source: String,
    options: [OptionDescription], version: Int = 1, readsBlocks: Bool = false, score: Score, pick: Pick
  ) {
    let description = StrategyDescription(
      name: name, summary: summary, words: words, turn: turn, source: source, needs: score.needs, options: options,
      version: version)
    self.init(description, scorer: score.scorer, readsBlocks: readsBlocks) { count, setting in
      let values = try score.values(setting.part(from: 0, to: 0.9))
      return try pick.choose(count, values, setting.part(from: 0.9, to: 1))
    }
  }

  /// Whether it has the features of all candidates in memory.
  var holdsFeatures: Bool { !readsBlocks && !description.needs.isDisjoint(with: [.features, .target]) }
}
