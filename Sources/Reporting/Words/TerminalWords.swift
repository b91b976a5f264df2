/// What ``TerminalTable`` says.
enum TerminalWords {
  static let note =
    "Means in percent, with the difference to random in points; * decided (paired t-tests of all pairs, Holm)."
  static let mixes = "Budgets split between sources:"
  static let oracle = "† not achievable, so never a winner"
  static func best(_ seeds: Int) -> String {
    "Best by utility: difference to random and 95 % interval, \(Numbers.counted(seeds, "seed"))"
  }
  static let reference = "is random itself"
}
