import Core

/// What is known of one part of the data set, read out of the values of its task.
struct PoolFacts {
  let name: String
  let count: Int?
  let classCounts: [Int]
  let licence: String?
  let labelOrigin: String?
  /// The share of wrong labels; nil where nobody has looked.
  let labelNoise: Double?
  /// What stands for the truth where nobody has looked; nil where the truth is known.
  let uncheckedTruth: String?
  /// Whole sentences that a reader must see: simulated channels, the generator.
  let statements: [String]
  let classNames: [String]
  /// Everything else, by key.
  let others: [(key: String, value: String)]

  init(name: String, json: JSONValue) {
    self.name = name
    let members = json.members ?? [:]
    count = members["count"]?.int
    classCounts = members["classCounts"]?.elements?.compactMap(\.int) ?? []
    licence = members["licence"]?.text
    labelOrigin = members["labelOrigin"]?.text
    uncheckedTruth = members["trueLabel"]?.text
    labelNoise = uncheckedTruth == nil ? members["labelNoise"]?.double : nil
    statements = Self.statementKeys.compactMap { members[$0]?.text }
    classNames = members["classNames"]?.elements?.compactMap(\.text) ?? []
    let known = Set(
      Self.statementKeys + [
        "count", "classCounts", "licence", "labelOrigin", "labelNoise", "classNames", "transferTasks",
      ])
    others = members.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.text ?? $0.value.canonicalText) }
  }

  /// Members that are sentences for the reader.
  private static let statementKeys = ["channel", "generator", "statement"]

  /// The facts of every part: the sweep's shifts in its order, then the others by name.
  static func all(_ input: ReportInput) -> [PoolFacts] {
    let shifts = input.sweep.shifts.filter { input.poolFacts[$0] != nil }
    let rest = input.poolFacts.keys.filter { !shifts.contains($0) }.sorted()
    return (shifts + rest).map { PoolFacts(name: $0, json: input.poolFacts[$0]!) }
  }

  /// The names of the classes, when some part says them.
  static func classNames(_ input: ReportInput) -> [String] {
    all(input).first { !$0.classNames.isEmpty }?.classNames ?? []
  }

  /// Pools of the sweep whose labels nobody has checked: a noise of 0 there is no finding.
  static func unchecked(_ input: ReportInput) -> Set<String> {
    Set(all(input).filter { $0.uncheckedTruth != nil }.map(\.name))
  }

  /// Each sentence once, with the parts of the sweep's pools that say it, in the order of the parts.
  static func statements(_ input: ReportInput) -> [(parts: [String], text: String)] {
    var found: [(parts: [String], text: String)] = []
    for facts in all(input) where input.sweep.shifts.contains(facts.name) {
      for text in facts.statements + (facts.uncheckedTruth.map { ["true label: \($0)"] } ?? []) {
        if let known = found.firstIndex(where: { $0.text == text }) {
          found[known].parts.append(facts.name)
        } else {
          found.append(([facts.name], text))
        }
      }
    }
    return found
  }
}
