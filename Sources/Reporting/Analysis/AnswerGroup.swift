import Statistics
import Sweeps

/// Settings with an answer each that differ in one thing only: their training length, or their world.
struct AnswerGroup {
  let settings: [SettingAnalysis]

  /// Those of at least two settings, in the order of the report.
  ///
  /// - Parameter key: the setting with the one thing that may differ made equal.
  static func all(_ settings: [SettingAnalysis], key: (Setting) -> Setting) -> [AnswerGroup] {
    var order: [Setting] = []
    var found: [Setting: [SettingAnalysis]] = [:]
    for setting in settings where setting.verdict != nil {
      let key = key(setting.setting)
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(setting)
    }
    return order.compactMap { key in found[key].flatMap { $0.count > 1 ? AnswerGroup(settings: $0) : nil } }
  }

  var verdicts: [Verdict] { settings.map { $0.verdict! } }

  /// Whether the same option is recommended everywhere.
  var isSame: Bool {
    verdicts.allSatisfy { $0.recommended.option.isSameChoice(as: verdicts[0].recommended.option) }
  }

  /// Kendall's τ-b between the scores of the options that the first and another setting have; nil below three of them.
  func agreement(with place: Int) -> (tau: Double, options: Int)? {
    let own = Dictionary(verdicts[0].standings.map { ($0.option.choice, $0.score) }) { first, _ in first }
    let pairs = verdicts[place].standings.compactMap { standing in
      own[standing.option.choice].map { ($0, standing.score) }
    }
    guard pairs.count > 2 else { return nil }
    return Correlation.kendall(pairs.map(\.0), pairs.map(\.1)).map { ($0, pairs.count) }
  }
}

extension [AnswerGroup] {
  /// Those in which not the same option is recommended everywhere.
  var changing: [AnswerGroup] { filter { !$0.isSame } }

  /// Whether something changes and none of the first places that do is decided.
  var mayBeChance: Bool {
    let changing = changing
    return !changing.isEmpty && !changing.contains { $0.verdicts.contains { $0.certainty == .clear } }
  }
}

extension VerdictOption {
  /// The strategy and where it buys, whatever a search found.
  fileprivate struct Choice: Hashable {
    let strategy: StrategyChoice
    let shift: String
  }

  fileprivate var choice: Choice { Choice(strategy: strategy, shift: shift) }
}
