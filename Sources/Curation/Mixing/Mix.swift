import Core
import Datasets
package import Sweeps

/// Splits a budget between shifts; each part is spent by a strategy that chooses within one.
package struct Mix: Sendable {
  /// How the split comes about.
  enum Split: Sendable, Hashable {
    /// Shares in whole millionths, one a source, which add up to a million.
    case stated([Int])
    case searched(SplitSearch.Settings)
  }

  package let choice: StrategyChoice
  package let description: StrategyDescription
  /// The shifts that may be bought from, in the order of the data set.
  package let sources: [String]
  /// The strategy that chooses within each shift.
  package let strategy: ResolvedStrategy
  let split: Split
  /// The pool that a search takes its validation images from; nil for stated proportions.
  package let judge: String?

  /// Reads what a sweep asks for.
  ///
  /// - Parameters:
  ///   - shifts: the sweep's, among which `mix-search` looks when it names no sources.
  ///   - known: all that the data set has, in its order.
  ///   - judges: those that a search may be judged by, the preferred one first; the first that is a source when the choice
  ///     does not say, or else the last.
  /// - Throws: a ``ConfigurationError`` that names the option and what would be right.
  package init(_ choice: StrategyChoice, shifts: [String], known: [String], judges: [String]) throws {
    let place = "strategy \(choice.name)"
    var options = try StrictObject(.object(choice.options), place: place)
    self.choice = choice
    let inner = try StrategyChoice(json: options.value(MixKind.spender) ?? Self.standardSpender, place: "\(place).with")
    guard !inner.isMix else {
      throw ConfigurationError(place: "\(place).with", problem: "a mix within a mix is not possible; name a strategy")
    }
    strategy = try StrategyRegistry.resolve(inner)
    guard strategy.description.isAchievable else {
      throw ConfigurationError(
        place: "\(place).with", problem: "\(inner.name) is a reference that nobody can buy; a mix of it would be advice"
      )
    }
    guard strategy.files.isEmpty else {
      throw ConfigurationError(
        place: "\(place).with", problem: "\(inner.name) reads files that belong to one shift; it cannot choose in a mix"
      )
    }
    let kind = choice.mix ?? .stated
    description = Self.description(of: kind)
    switch kind {
    case .stated:
      let shares = try Self.proportions(&options, known: known)
      sources = shares.map(\.source)
      split = .stated(shares.map(\.millionths))
      judge = nil
    case .searched:
      sources = try Self.sources(&options, known: known) ?? known.filter(shifts.contains)
      guard sources.count > 1 else {
        throw ConfigurationError(place: place, problem: "a split needs two sources or more; list them in \"sources\"")
      }
      split = .searched(try SplitSearch.Settings(&options))
      judge = try Self.judge(&options, sources: sources, judges: judges)
    }
    try options.finish()
  }

  /// The mix with all its options as a choice that means the same again; for task parameters.
  package var completeChoice: StrategyChoice {
    var options: [String: JSONValue] = [MixKind.spender: strategy.completeChoice.json]
    switch split {
    case .stated(let shares):
      options[MixKind.proportions] = .object(
        Dictionary(uniqueKeysWithValues: zip(sources, shares).map { ($0, .number(Double($1) / 1e6)) }))
    case .searched(let settings):
      options["sources"] = .array(sources.map { .string($0) })
      options["judge"] = judge.map { .string($0) }
      options.merge(settings.json) { _, own in own }
    }
    return StrategyChoice(name: choice.name, options: options)
  }

  /// The versions of the algorithms that choose and score, by name.
  package var algorithms: [String: Int] {
    strategy.algorithms.merging(strategy.scorerAlgorithms) { own, _ in own }
      .merging(["strategy \(description.name)": description.version]) { own, _ in own }
  }

  private static func proportions(
    _ options: inout StrictObject, known: [String]
  ) throws -> [(source: String, millionths: Int)] {
    guard var given = try options.object(MixKind.proportions) else {
      throw options.error(MixKind.proportions, "an object such as {\"expert\": 0.3, \"synthetic-text\": 0.7} is needed")
    }
    for name in given.keys { try requireShift(name, among: known, place: given.place) }
    var shares: [(source: String, value: Double)] = []
    for shift in known {
      guard let share = try given.number(shift, in: 0...1e6), share > 0 else { continue }
      shares.append((shift, share))
    }
    guard !shares.isEmpty else { throw options.error(MixKind.proportions, "no shift has a share above 0") }
    // Shares are proportions: 3 to 7 is the same mix as 0.3 to 0.7.
    let millionths = Apportionment.counts(of: 1_000_000, shares: shares.map(\.value))
    return zip(shares, millionths).filter { $1 > 0 }.map { ($0.source, $1) }
  }

  private static func sources(_ options: inout StrictObject, known: [String]) throws -> [String]? {
    let place = options.path("sources")
    guard let names = try options.array("sources")?.map({ $0.text ?? $0.canonicalText }) else { return nil }
    for name in names { try requireShift(name, among: known, place: place) }
    guard Set(names).count == names.count else {
      throw ConfigurationError(place: place, problem: "a shift is listed twice")
    }
    return known.filter(names.contains)
  }

  private static func judge(_ options: inout StrictObject, sources: [String], judges: [String]) throws -> String {
    guard let name = try options.string("judge"), !name.isEmpty else {
      return judges.first(where: sources.contains) ?? judges.last ?? sources[0]
    }
    let possible = judges + sources.filter { !judges.contains($0) }
    guard possible.contains(name) else {
      throw options.error("judge", Suggestion.unknown(name, among: possible))
    }
    return name
  }

  private static func requireShift(_ name: String, among known: [String], place: String) throws {
    guard known.contains(name) else {
      throw ConfigurationError(place: place, problem: Suggestion.unknown(name, among: known))
    }
  }
}

extension Mix {
  /// What the mixes are, for lists and documentation.
  package static let descriptions = MixKind.allCases.map { description(of: $0) }

  private static func description(of kind: MixKind) -> StrategyDescription {
    switch kind {
    case .stated: stated
    case .searched: searched
    }
  }

  private static let stated = StrategyDescription(
    name: MixKind.stated.rawValue,
    summary: "Splits the budget between shifts in stated proportions; a strategy spends each part.",
    words: Words(english: "split the budget in stated proportions", japanese: "決めた割合で予算を分ける"),
    source: "Winnow; the question behind the mixtures of SELECT (Feuer et al. 2024) and DataComp (Gadre et al. 2023)",
    needs: [], options: [proportions, with])

  private static let searched = StrategyDescription(
    name: MixKind.searched.rawValue,
    summary:
      "Finds a split between shifts within the budget: it buys validation images (in the field where that is a source) and a pilot sample of each shift, "
      + "trains a small model on every split of the pilots, and spends the rest as the best of them does.",
    words: Words(
      english: "try out splits of the budget on a small scale, then follow the best",
      japanese: "小さな規模で予算の分け方を試し、最も良い分け方に従う"),
    source: "Winnow; after the small proxies of DoReMi (Xie et al. 2023)", needs: [],
    options: [with, sources, judge] + SplitSearch.Settings.options, version: 2)

  /// Buying unseen, unless a mix says otherwise.
  private static let standardSpender = JSONValue.string(StrategyRow.random.description.name)
  private static let proportions = OptionDescription(
    name: MixKind.proportions, default: .object([:]), values: .structure,
    meaning: "the share of the money for each shift, for example {\"expert\": 0.3, \"synthetic-text\": 0.7}; required")
  private static let with = OptionDescription(
    name: MixKind.spender, default: standardSpender, values: .structure,
    meaning: "the strategy that chooses within each shift: a name, or an object with \"name\" and its options")
  private static let judge = OptionDescription(
    name: "judge", default: "", values: .structure,
    meaning:
      "the shift whose images judge the splits: a source, or the reference pool; when empty or left out the field where it is a source, otherwise the reference pool"
  )
  private static let sources = OptionDescription(
    name: "sources", default: .array([]), values: .structure,
    meaning: "the shifts to split between; all of the sweep when empty or left out")
}
