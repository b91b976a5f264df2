import Core
import Economics
import Reporting
import Results
import Statistics
import Sweeps

/// The rounds of `winnow run --until decided` that follow the decision: where another option leads at a smaller budget, up to
/// three more rounds ask from which budget on the best one is better. They have an error of their own and change nothing of the
/// decision.
struct CrossingRounds {
  /// Why no round follows.
  enum Ending: String {
    /// Where options change places is known closely enough, or none do.
    case told
    case rounds
    case trials
    case time
    /// Trials failed, so that options would be compared on different seeds.
    case failures
  }

  private let best: VerdictOption
  private let error: Double
  private var look: CrossingLook?
  private var rounds = 0
  private var addedBudgets: [Money] = []
  /// The last sweep with results; nil while that is the stated one.
  private var id: Digest?
  private var following: Sweep?
  private var ending: Ending?

  init(best: VerdictOption, error: Double) { (self.best, self.error) = (best, error) }

  var isComplete: Bool { ending != .failures }

  /// The sweep of the next round; nil when there is none.
  ///
  /// - Parameter id: what the store calls `sweep`; nil for the stated one.
  mutating func next(after sweep: Sweep, id: Digest?, _ input: ReportInput) -> Sweep? {
    guard input.results.count >= input.expectedTrials else { return end(.failures) }
    self.id = id
    look = CrossingLook(input, best: best, error: error, level: look?.level)
    guard let look, !look.isTold else { return end(.told) }
    guard rounds < BudgetCrossings.rounds else { return end(.rounds) }
    let next = look.next(of: sweep)
    following = next
    return next
  }

  @discardableResult
  mutating func end(_ ending: Ending) -> Sweep? {
    self.ending = ending
    return nil
  }

  /// A round that was asked for has room and begins.
  mutating func begin() {
    rounds += 1
    if let budget = look?.furtherBudget { addedBudgets.append(budget) }
  }

  // MARK: Words

  /// What is open, and what the round that begins adds.
  func progress(adding trials: Int) -> String? {
    guard let look, let following, let open = look.crossings.first(where: { !$0.isTold }) else { return nil }
    let budget = look.furtherBudget.map { "the budget \($0) and " } ?? ""
    return "Decided: \(DecisionRounds.words(best)). For less, \(words(open)). "
      + "Adding \(budget)seeds up to \(following.seeds.count) for "
      + "\(DecisionRounds.counted(following.strategies.count, "strategy", "strategies")) and "
      + "\(DecisionRounds.counted(following.shifts.count, "pool")), \(DecisionRounds.counted(trials, "trial"))."
  }

  /// What the last round found; nil where no other option leads at a smaller budget.
  var conclusion: String? {
    guard let look, !look.crossings.isEmpty else { return nil }
    let found = look.crossings.map(words).joined(separator: "; ")
    let open = look.isTold ? "" : " It is not known more closely, because \(reason)."
    let names = addedBudgets.map(\.description).joined(separator: ", ")
    let added = addedBudgets.isEmpty ? "" : " Budgets that were added: \(names)."
    let report = id.map { " The report of these rounds: winnow report --sweep \($0.short)" } ?? ""
    return "The budget decides: \(found). This too is wrong in at most \(DecisionRounds.rounded(error * 100)) % of the "
      + "sweeps." + open + added + report
  }

  private var reason: String {
    switch ending {
    case .trials: "--max-trials has no room for the next round"
    case .time: "--max-time has no room for the next round"
    case .failures: "trials failed"
    case .told, .rounds, nil: "all \(BudgetCrossings.rounds) rounds are taken"
    }
  }

  /// `up to 18 random from web is better, from 25 on margin from expert (their means cross at about 20)`.
  private func words(_ crossing: CrossingLook.Crossing) -> String {
    let (other, best) = (DecisionRounds.words(crossing.option), DecisionRounds.words(best))
    let below = crossing.low.map { "up to \(Self.digits($0)) \(other) is better" } ?? "\(other) may be better"
    let above = crossing.high.map { "from \(Self.digits($0)) on \(best)" } ?? "from which budget on \(best) is, is open"
    return "\(below), \(above) (their means cross at about \(Self.digits(crossing.budget)))"
  }

  /// Three digits at least.
  private static func digits(_ value: Double) -> String {
    var unit = 1.0
    while value * unit < 100, unit < 1e6 { unit *= 10 }
    let rounded = (value * unit).rounded() / unit
    return rounded == rounded.rounded() && rounded < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }

  /// For other programs.
  var json: JSONValue {
    [
      "ended": .string(ending?.rawValue ?? ""), "rounds": .integer(Int64(rounds)),
      "sweep": id.map { .string($0.description) } ?? .null,
      "addedBudgets": .array(addedBudgets.map(\.json)),
      "below": .array(
        (look?.crossings ?? []).map { crossing -> JSONValue in
          [
            "option": crossing.option.json, "budget": .number(crossing.budget),
            "betterUpTo": crossing.low.map { .number($0) } ?? .null,
            "bestFrom": crossing.high.map { .number($0) } ?? .null, "told": .bool(crossing.isTold),
          ]
        }),
    ]
  }
}
