import Core

/// What is known of one part of the data set, read out of the values of its task.
struct PoolFacts {
  let name: String
  let count: Int?
  let classCounts: [Int]
  let licence: String?
  let labelOrigin: String?
  /// The share of wrong labels, where the truth is known.
  let labelNoise: Double?
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
    labelNoise = members["labelNoise"]?.double
    statements = members["statement"].map { $0.text.map { [$0] } ?? $0.elements?.compactMap(\.text) ?? [] } ?? []
    classNames = members["classNames"]?.elements?.compactMap(\.text) ?? []
    let known: Set = ["count", "classCounts", "licence", "labelOrigin", "labelNoise", "statement", "classNames"]
    others = members.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.text ?? $0.value.canonicalText) }
  }

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
}
