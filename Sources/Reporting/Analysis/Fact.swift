import Statistics
import Sweeps

/// How sure a first place is: one scale for the whole page.
enum Certainty: String, CaseIterable {
  /// Decided by ``Decisions``.
  case clear
  /// Not decided, and yet probable.
  case likely
  case open
  /// No interval: one seed, or too few trials.
  case unknown
  /// Nothing to compare with.
  case alone

  /// A first place that is not decided is called likely from this probability on, and only with so many seeds: with fewer the
  /// probability itself is hardly known.
  private static let likelyChance = 0.8
  private static let likelySeeds = 5

  init(isClear: Bool, hasInterval: Bool, chance: Double?, seeds: Int) {
    guard hasInterval else {
      self = .unknown
      return
    }
    let isLikely = seeds >= Self.likelySeeds && (chance ?? 0) >= Self.likelyChance
    self = isClear ? .clear : (isLikely ? .likely : .open)
  }
}

/// One thing that the page says about what comes first. Whatever sentence says it takes it from here, names it, and the table
/// of facts shows it: so no two sentences can say different things of the same question.
struct Fact {
  /// What is compared.
  enum Scope: String, CaseIterable {
    /// Ways of collecting with ways of choosing.
    case options
    /// Ways of collecting, each with its best way of choosing.
    case sources
    /// Ways of choosing, in the mean over all ways of collecting.
    case choosing
    /// Ways of collecting, bought at random.
    case random
  }

  /// What comes first, or second.
  enum Subject: Hashable {
    case option(VerdictOption)
    case source(String)
    case strategy(StrategyChoice)
  }

  /// The ends of an interval, as they are printed.
  struct Bounds: Hashable {
    let low: String
    let high: String

    init(_ range: ClosedRange<Double>, _ spell: (Double) -> String) {
      (low, high) = (spell(range.lowerBound), spell(range.upperBound))
    }
  }

  /// The keys of what the report is asked, of the mean of all utilities, and of a goal; other keys are names of metrics.
  static let asked = "asked"
  static let average = "average"
  static let goal = "goal"

  /// Unique on the page.
  let id: String
  let setting: Setting
  let scope: Scope
  /// By what they are compared.
  let key: String
  let first: Subject
  /// Of the first, as it is printed.
  let value: String
  let next: Subject?
  /// How far the first is ahead of the second, with the 95 % interval, as they are printed.
  let lead: String?
  let interval: Bounds?
  let certainty: Certainty
}

extension Verdict {
  /// How sure the first place among all options is.
  var certainty: Certainty {
    guard let margin else { return .alone }
    return Certainty(
      isClear: margin.isClear, hasInterval: margin.interval != nil, chance: recommended.chanceBest,
      seeds: margin.seeds)
  }
}

extension Verdict.Source {
  /// How sure the way of collecting is.
  func certainty(seeds: Int) -> Certainty {
    Certainty(isClear: isClear, hasInterval: interval != nil, chance: chanceBest, seeds: seeds)
  }
}

extension UtilityAnalysis {
  /// How sure the first place among the ways of choosing is.
  func certainty(seeds: Int) -> Certainty {
    guard let runnerUp else { return .alone }
    return Certainty(
      isClear: rivals.isEmpty, hasInterval: runnerUp.comparison.interval != nil,
      chance: winner?.amongMany?.chanceFirst, seeds: seeds)
  }
}
