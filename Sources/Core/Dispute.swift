/// Outcomes of one task that contradict each other, and the keys that handed them in.
///
/// The first outcome stays, whatever is found later. Who is wrong follows from who agrees: an outcome that two keys have found on
/// their own is taken for right.
package struct Dispute: Hashable, Sendable {
  /// An outcome, and a key that found it.
  package struct Claim: Hashable, Sendable {
    package let outcome: Digest
    /// The public key as text; empty where nobody proves anything.
    package let key: String
    /// What the list of authorised keys called it; empty when it had no name.
    package let name: String

    package init(outcome: Digest, key: String, name: String) {
      self.outcome = outcome
      self.key = key
      self.name = name
    }
  }

  package enum Verdict: Hashable, Sendable {
    /// No two keys agree yet.
    case open
    /// Two keys found the outcome that is kept.
    case confirmed
    /// Two keys agree on this outcome, which is not the one that is kept.
    case overturned(by: Digest)
    /// Keys agree, but on several outcomes: it depends on the host what comes out.
    case split
  }

  package let task: TaskID
  /// The outcome that stays.
  package let kept: Digest
  /// Each key with each outcome that it found, once; those of the kept outcome first.
  package let claims: [Claim]

  /// Nil when the claims do not contradict what is kept.
  package init?(task: TaskID, kept: Digest, claims: [Claim]) {
    guard claims.contains(where: { $0.outcome != kept }) else { return nil }
    self.task = task
    self.kept = kept
    var seen: Set<Claim> = []
    let ordered = claims.filter { $0.outcome == kept } + claims.filter { $0.outcome != kept }
    self.claims = ordered.filter { seen.insert(Claim(outcome: $0.outcome, key: $0.key, name: "")).inserted }
  }

  /// What follows from the claims.
  package var verdict: Verdict {
    let agreed = outcomes.filter { outcome in Set(claims.filter { $0.outcome == outcome }.map(\.key)).count > 1 }
    guard let right = agreed.first else { return .open }
    guard agreed.count == 1 else { return .split }
    return right == kept ? .confirmed : .overturned(by: right)
  }

  /// The claims that two keys contradict; none as long as it is not known what is right.
  package var wrong: [Claim] {
    switch verdict {
    case .open, .split: []
    case .confirmed: claims.filter { $0.outcome != kept }
    case .overturned(let right): claims.filter { $0.outcome != right }
    }
  }

  private var outcomes: [Digest] { claims.map(\.outcome).distinct }
}
