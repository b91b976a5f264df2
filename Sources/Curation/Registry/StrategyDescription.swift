package import Core
package import Sweeps

/// What a strategy must be given beyond the candidates' identity.
package enum Need: String, CaseIterable, Sendable, Hashable {
  /// The labels that come with the candidates, to choose by.
  case labels
  /// The fixed representation of the candidates.
  case features
  /// The images themselves, for a program of somebody's own.
  case images
  /// What a score task computes by training proxy models on the candidates and their labels.
  case scores
  /// The unlabelled sample of the deployment distribution.
  case target
  /// Experts who label a share of the candidates anew, given by the option `experts`.
  case experts
  /// The true labels, which nobody has who is still choosing.
  case truth
}

/// One option of a strategy.
package struct OptionDescription: Sendable, Hashable {
  /// The values an option takes.
  package enum Values: Sendable, Hashable {
    /// A number above 0 and at most 1.
    case share
    case wholeNumber(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case flag
    case words([String])
    /// One of some words, or a whole number.
    case wordOrNumber([String], ClosedRange<Int>)
    /// An object, a list or a name that the strategy reads itself.
    case structure
    /// Some of some words, each at most once, at least one.
    case wordList([String])
    /// The path of a file, whose content counts and not its path.
    case file
  }

  package let name: String
  package let `default`: JSONValue
  package let values: Values
  /// One sentence for people.
  package let meaning: String
}

/// A strategy as people find it in lists and documentation.
package struct StrategyDescription: Sendable, Hashable {
  package let name: String
  /// One sentence: what it chooses.
  package let summary: String
  /// What it does in words that need no study, to follow “that is:”, for reports.
  package let words: Words
  /// The option that turns it around, with the words for that; nil for most.
  package let turn: StrategyCatalogue.Turn?
  /// Where the definition comes from.
  package let source: String
  package let needs: Set<Need>
  package let options: [OptionDescription]
  /// What it is to those who compare strategies.
  package let roles: Set<StrategyRole>
  /// False for a reference row that nobody could follow in practice.
  package var isAchievable: Bool { !roles.contains(.unachievable) }
  /// Whether it discards a share of the candidates that is not known before looking.
  package let isFilter: Bool
  /// Whether it reads a file that an option must name.
  package var readsFiles: Bool { options.contains { $0.values == .file } }
  /// Grows with every change of what it chooses, so that older results are not mistaken for its own.
  package let version: Int

  /// - Parameter roles: those that do not follow from `needs`.
  init(
    name: String, summary: String, words: Words, turn: StrategyCatalogue.Turn? = nil, source: String,
    needs: Set<Need>, options: [OptionDescription] = [], roles: Set<StrategyRole> = [], isFilter: Bool = false,
    version: Int = 1
  ) {
    self.name = name
    self.summary = summary
    self.words = words
    self.turn = turn
    self.source = source
    self.needs = needs
    self.options = options
    self.roles = roles.union(needs.contains(.target) ? [.followsTarget] : [])
    self.isFilter = isFilter
    self.version = version
  }

  /// What reports know of it.
  var catalogued: StrategyCatalogue.Row {
    StrategyCatalogue.Row(name: name, words: words, turn: turn, roles: roles)
  }
}

extension OptionDescription {
  /// The share of the looked-at candidates that is bought.
  static func keep(_ share: Double) -> OptionDescription {
    OptionDescription(
      name: "keep", default: .number(share), values: .share,
      meaning: "the share of the looked-at candidates that is bought")
  }

  /// The share that strategies keep which look before they buy. Where looking costs as much as buying, who keeps half pays for half
  /// as many images again, and no strategy wins that back: 0.75 was better than 0.5 for all twenty that were tried on validation
  /// images (the documents' page of strategies).
  static let keep = keep(0.75)

  /// The share that strategies keep which follow a target: the nearest alone crowd around few looks, and where labels come
  /// for nothing a discarded candidate has cost as much as a kept one.
  static let keepTarget = keep(0.8)

  /// How many pictures of the target sample a strategy reads. Each is a photograph to be paid for, so that more is not better.
  static let pictures = wholeNumber(
    "pictures", 20, in: 1...100_000, "how many pictures of the target sample it reads; each costs a photograph")

  /// Whether every class gets the same number of picks.
  static func balanced(_ flag: Bool) -> OptionDescription {
    OptionDescription(
      name: "balanced", default: .bool(flag), values: .flag,
      meaning: "choose within each observed class, the same number from each as far as candidates allow")
  }

  static func wholeNumber(
    _ name: String, _ value: Int, in range: ClosedRange<Int>, _ meaning: String
  ) -> OptionDescription {
    OptionDescription(name: name, default: .integer(Int64(value)), values: .wholeNumber(range), meaning: meaning)
  }

  static func number(
    _ name: String, _ value: Double, in range: ClosedRange<Double>, _ meaning: String
  ) -> OptionDescription {
    OptionDescription(name: name, default: .number(value), values: .number(range), meaning: meaning)
  }

  static func word(_ name: String, _ words: [String], _ meaning: String) -> OptionDescription {
    OptionDescription(name: name, default: .string(words[0]), values: .words(words), meaning: meaning)
  }

  static func file(_ name: String, _ meaning: String) -> OptionDescription {
    OptionDescription(name: name, default: "", values: .file, meaning: meaning)
  }

  /// How long the proxy of ``Scorer/lastLayer(epochs:)`` is trained.
  static let proxyEpochs = epochs(5, "epochs that the proxy is trained")

  /// How long the proxy of ``Scorer/history(epochs:)`` is trained.
  static let historyEpochs = epochs(10, "epochs that the proxy is trained, each followed by a look at every image")

  static func epochs(_ value: Int, _ meaning: String) -> OptionDescription {
    wholeNumber("epochs", value, in: Scorer.epochRange, meaning)
  }

  static func share(_ name: String, _ value: Double, _ meaning: String) -> OptionDescription {
    OptionDescription(name: name, default: .number(value), values: .share, meaning: meaning)
  }

  /// The share of the looked-at candidates whose labels judge the others.
  static let validation = OptionDescription(
    name: "validation", default: 0.1, values: .share,
    meaning: "the share of the looked-at candidates, at random, that the others are judged by; they can be bought too")

  /// The words that it takes; empty when it takes none in particular.
  package var words: [String] {
    switch values {
    case .words(let words), .wordList(let words), .wordOrNumber(let words, _): words
    case .share, .wholeNumber, .number, .flag, .structure, .file: []
    }
  }

  /// What is wrong with `value`; nil when it is allowed.
  func problem(with value: JSONValue) -> String? {
    switch values {
    case .structure: break
    case .share:
      guard let share = value.double, share >= 1e-6, share <= 1 else {
        return "a number above 0 and at most 1 is needed"
      }
    case .wholeNumber(let range):
      guard let number = value.int, range.contains(number) else {
        return "a whole number from \(range.lowerBound) to \(range.upperBound) is needed"
      }
    case .number(let range):
      guard let number = value.double, range.contains(number) else {
        return "a number from \(range.lowerBound) to \(range.upperBound) is needed"
      }
    case .flag:
      guard case .bool = value else { return "true or false is needed" }
    case .words(let words):
      guard let word = value.text else { return "one of \(words.joined(separator: ", ")) is needed" }
      return words.contains(word) ? nil : Suggestion.unknown(word, among: words)
    case .wordOrNumber(let words, let range):
      if let word = value.text { return words.contains(word) ? nil : Suggestion.unknown(word, among: words) }
      guard let number = value.int, range.contains(number) else {
        return "one of \(words.joined(separator: ", ")) or a whole number from \(range.lowerBound) is needed"
      }
    case .wordList(let words):
      guard let list = value.elements?.map({ $0.text ?? "" }), !list.isEmpty, Set(list).count == list.count else {
        return "a list of some of \(words.joined(separator: ", ")) is needed"
      }
      return list.first { !words.contains($0) }.map { Suggestion.unknown($0, among: words) }
    case .file:
      guard let path = value.text, !path.isEmpty else { return "the path of a file is needed" }
    }
    return nil
  }
}
