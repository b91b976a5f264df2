import Core
import Files
import Reporting
import Results
import Statistics
import Sweeps

/// The rounds of `winnow run --until decided`: after each the results are looked at, and where the decision is open the next sweep has
/// more seeds. When it is decided, ``CrossingRounds`` follow. What a round computes follows from the stated sweep and stored results alone, so that the same command goes on
/// through the same rounds; time and trials only say when to end.
struct DecisionRounds {
  /// Why no round follows.
  enum Ending: String {
    case decided
    case looks
    case trials
    case time
    /// Trials failed, so that options would be compared on different seeds.
    case failures
    /// Nothing was measured that the question asks for.
    case unanswerable
  }

  private let stated: Sweep
  private var statedID: Digest?
  private var statedInput: ReportInput?
  /// The sweep of the last look at the decision: what the report is about.
  private(set) var reportID: Digest?
  /// From the moment that it is decided.
  private var crossings: CrossingRounds?
  private let error: Double
  private let maxSeconds: Double?
  private let maxTrials: Int?
  private let started = MonotonicClock.now
  private var roundStarted = MonotonicClock.now
  private var looks = 0
  private var rounds: [Sweep]
  /// Trials of all rounds so far, each once.
  private var trials: Int
  private var lastAdded: Int
  private var look: DecisionLook?
  private var following: Sweep?
  private var ending: Ending?

  init(stated: Sweep, error: Double, maxSeconds: Double?, maxTrials: Int?) {
    (self.stated, self.error, self.maxSeconds, self.maxTrials) = (stated, error, maxSeconds, maxTrials)
    trials = stated.pointCount
    lastAdded = trials
    rounds = [stated]
  }

  var isDecided: Bool { ending == .decided }
  /// Whether every trial of every round finished.
  var isComplete: Bool { ending != .failures && crossings?.isComplete != false }

  /// The sweep of the next round; nil when there is none, and then it is known why.
  ///
  /// - Parameters:
  ///   - id: what the store calls `sweep`.
  ///   - input: what it holds of it.
  mutating func next(after sweep: Sweep, id: Digest, _ input: ReportInput) -> Sweep? {
    guard crossings == nil else { return nextCrossing(after: sweep, id: id, input) }
    if looks == 0 { (statedID, statedInput) = (id, input) }
    reportID = id
    guard input.results.count >= input.expectedTrials else { return end(.failures) }
    guard let look = DecisionLook(input, error: error, rule: look?.rule) else { return end(.unanswerable) }
    self.look = look
    looks += 1
    if look.isDecided {
      ending = .decided
      crossings = CrossingRounds(best: look.leader, error: error)
      return nextCrossing(after: stated, id: nil, statedInput ?? input)
    }
    guard looks < SequentialDecision.looks else { return end(.looks) }
    let next = look.next(of: sweep)
    if let full = begin(next) { return end(full) }
    following = next
    return next
  }

  /// - Parameter id: nil for the sweep as it is stated.
  private mutating func nextCrossing(after sweep: Sweep, id: Digest?, _ input: ReportInput) -> Sweep? {
    guard let next = crossings?.next(after: sweep, id: id, input) else { return nil }
    guard let full = begin(next) else {
      crossings?.begin()
      return next
    }
    crossings?.end(full == .trials ? .trials : .time)
    return nil
  }

  /// Why there is no room for a round; nil when there is, and then it has begun.
  private mutating func begin(_ next: Sweep) -> Ending? {
    let added = next.points.count { point in !rounds.contains { $0.hasPoint(point) } }
    if let maxTrials, trials + added > maxTrials { return .trials }
    if let maxSeconds, secondsExpected(for: added) > maxSeconds { return .time }
    trials += added
    lastAdded = added
    rounds.append(next)
    roundStarted = MonotonicClock.now
    return nil
  }

  private mutating func end(_ ending: Ending) -> Sweep? {
    self.ending = ending
    return nil
  }

  /// How long the run will have taken after so many more trials, at the pace of the last round.
  private func secondsExpected(for added: Int) -> Double {
    let pace = MonotonicClock.now.seconds(since: roundStarted) / Double(max(1, lastAdded))
    return MonotonicClock.now.seconds(since: started) + pace * Double(added)
  }

  // MARK: Words

  /// What is open, and what the next round adds; nil before the first look.
  var progress: String? {
    if let crossings { return crossings.progress(adding: lastAdded) }
    guard let look, let following, let closest = look.rivals.first else { return nil }
    let seeds = following.seeds.count - look.seeds
    return "After \(Self.counted(look.seeds, "seed")): \(Self.words(look.leader)) leads; "
      + "\(Self.counted(look.rivals.count, "other option")) may still be as good, the closest is "
      + "\(Self.words(closest.option)), \(Self.points(closest.behind)) behind. Adding \(Self.counted(seeds, "seed")) for "
      + "\(Self.counted(following.strategies.count, "strategy", "strategies")) and "
      + "\(Self.counted(following.shifts.count, "pool")), \(Self.counted(lastAdded, "trial"))."
  }

  /// How it ended, in sentences.
  var conclusion: String {
    guard let look else {
      return ending == .failures
        ? "Not decided: trials failed, and no seeds are added until they are computed."
        : "Not decided: nothing was measured that the question asks for."
    }
    let share = "\(Self.rounded(error * 100)) %"
    guard !isDecided else {
      return "Decided after \(Self.counted(look.seeds, "seed")) and \(Self.counted(looks, "look")): "
        + "\(Self.words(look.leader)) is better than every other option at the largest budget. "
        + "Looking so often is wrong in at most \(share) of the sweeps." + besides
        + (crossings?.conclusion.map { "\n" + $0 } ?? "")
    }
    let open = look.rivals.prefix(5).map { rival in
      "\(Self.words(rival.option)) (\(Self.points(rival.behind)) behind; "
        + (rival.furtherSeeds.map { "about \(Self.counted($0, "more seed")) would tell)" }
          ?? "how many seeds would tell is unknown)")
    }
    let others = look.rivals.count - open.count
    return "Not decided after \(Self.counted(look.seeds, "seed")), because \(reason). "
      + "\(Self.words(look.leader)) leads, and these may be as good: \(open.joined(separator: ", "))"
      + (others > 0 ? ", and \(others) more." : ".") + besides
  }

  private var reason: String {
    switch ending {
    case .trials: "--max-trials \(maxTrials ?? 0) has no room for the next round"
    case .time: "--max-time has no room for the next round"
    case .failures: "trials failed, and no seeds are added until they are computed"
    case .unanswerable: "nothing was measured that the question asks for"
    default: "all \(SequentialDecision.looks) looks are taken"
    }
  }

  /// Where the options are that got no further seeds.
  private var besides: String {
    guard let following, let statedID,
      following.strategies != stated.strategies || following.shifts != stated.shifts
    else { return "" }
    return " The report is about the options that got every seed; that of all of them, with "
      + "\(Self.counted(stated.seeds.count, "seed")): winnow report --sweep \(statedID.short)"
  }

  /// For other programs.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "decided": .bool(isDecided), "ended": .string(ending?.rawValue ?? ""), "error": .number(error),
      "looks": .integer(Int64(looks)), "trials": .integer(Int64(trials)),
    ]
    if let look {
      members["seeds"] = .integer(Int64(look.seeds))
      members["leader"] = look.leader.json
      members["furtherSeeds"] = look.furtherSeeds.map { .integer(Int64($0)) } ?? .null
      members["open"] = .array(
        look.rivals.map { rival in
          [
            "option": rival.option.json, "behind": .number(rival.behind),
            "furtherSeeds": rival.furtherSeeds.map { .integer(Int64($0)) } ?? .null,
          ]
        })
    }
    if let crossings { members["crossings"] = crossings.json }
    return .object(members)
  }

  static func words(_ option: VerdictOption) -> String {
    option.shift == TrialPoint.mixedShift ? option.strategy.label : "\(option.strategy.label) from \(option.shift)"
  }

  private static func points(_ value: Double) -> String { "\(rounded(value)) points" }

  static func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
