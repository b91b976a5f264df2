import Core

/// What came of results that contradict each other, and what to do, for people.
enum DisputeText {
  static func key(_ name: String) -> String { name.isEmpty ? nobody : "the key \(name)" }

  private static let nobody = "somebody without a key"

  /// For programs.
  static func word(_ verdict: Dispute.Verdict) -> String {
    switch verdict {
    case .open: "open"
    case .confirmed: "confirmed"
    case .overturned: "overturned"
    case .split: "split"
    }
  }

  static func sentences(_ dispute: Dispute) -> String {
    let start = "task \(dispute.task.short): "
    let others = names(dispute.claims)
    switch dispute.verdict {
    case .open:
      return start + "not settled. One more run decides, under another key than that of \(others); "
        + "as long as no such worker is with the coordinator, it waits for one."
    case .confirmed:
      return start + "settled. \(names(dispute.claims.filter { $0.outcome == dispute.kept })) found what is kept; "
        + "\(names(dispute.wrong)) found something else. " + advice(dispute.wrong)
    case .overturned(let right):
      let agreeing = names(dispute.claims.filter { $0.outcome == right })
      return start + "settled. \(agreeing) agree on another outcome than the one that is kept, "
        + "and that stays until you take it back; \(names(dispute.wrong)) found something else. "
        + advice(dispute.wrong)
    case .split:
      return start + "several keys agree on each of several outcomes: it depends on the host what comes out. "
        + "Pin the kernel with `numerics.core` in the sweep."
    }
  }

  private static func advice(_ wrong: [Dispute.Claim]) -> String {
    let revocable = wrong.filter { !$0.name.isEmpty }
    guard !revocable.isEmpty else { return "Look at the hosts that work without a key." }
    let commands = revocable.map(\.name).distinct.map { "`winnow store revoke --key \($0)`" }
    return "Look at the host, take the key off the list of authorised keys, then "
      + "\(commands.joined(separator: " and ")) takes back what it has handed in; submit again."
  }

  /// Each key once, in order.
  private static func names(_ claims: [Dispute.Claim]) -> String {
    let names = claims.map { $0.name.isEmpty ? nobody : $0.name }.distinct
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
