/// What a strategy chose, as positions among the candidates.
struct Selection: Hashable, Sendable {
  /// Distinct positions among the candidates, in order of choice.
  let positions: [Int]
  /// What each pick adds to what the strategy maximises, in order of choice; nil where it does not say.
  let gains: [Double]?
  /// New labels of picks whose own was corrected, by position; each 0..<classCount.
  let correctedLabels: [Int: Int32]

  /// - Parameter gains: one a position.
  init(_ positions: [Int], gains: [Double]? = nil, correctedLabels: [Int: Int32] = [:]) {
    precondition(gains.map { $0.count == positions.count } ?? true, "one gain a pick")
    self.positions = positions
    self.gains = gains
    self.correctedLabels = correctedLabels
  }

  /// The same choice in a larger list: position p becomes `members[p]`.
  func among(_ members: [Int]) -> Selection {
    Selection(
      positions.map { members[$0] }, gains: gains,
      correctedLabels: Dictionary(uniqueKeysWithValues: correctedLabels.map { (members[$0.key], $0.value) }))
  }

  /// Deals the picks of several choices out in turn: every one's first, then every one's second, and so on.
  static func dealt(_ selections: [Selection]) -> Selection {
    let longest = selections.map(\.positions.count).max() ?? 0
    let order = (0..<longest).flatMap { rank in selections.filter { rank < $0.positions.count }.map { ($0, rank) } }
    let haveGains = selections.allSatisfy { $0.gains != nil }
    return Selection(
      order.map { $0.positions[$1] }, gains: haveGains ? order.map { $0.gains![$1] } : nil,
      correctedLabels: selections.reduce(into: [:]) { $0.merge($1.correctedLabels) { first, _ in first } })
  }

  /// Traps when `strategy`, asked for `count` of `candidates`, broke its contract.
  func checkContract(of strategy: ResolvedStrategy, count: Int, candidates: Candidates) {
    let name = strategy.choice.label
    precondition(positions.count <= count, "\(name) chose \(positions.count) of at most \(count)")
    precondition(positions.allSatisfy { $0 >= 0 && $0 < candidates.count }, "\(name) chose what is no candidate")
    precondition(Set(positions).count == positions.count, "\(name) chose a candidate twice")
    let classes = 0..<Int32(candidates.classCount)
    precondition(correctedLabels.values.allSatisfy(classes.contains), "\(name) gave a label that is no class")
  }
}
