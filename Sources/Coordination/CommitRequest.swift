package import Core
package import Sweeps
package import Wire

/// A result that is to become a record.
package struct CommitRequest: Hashable, Sendable {
  package let attempt: AttemptName
  package let worker: WorkerID
  /// Who has the key that brought it.
  package let principal: Principal
  package let kind: TaskKindName
  /// Names the outcome's bytes.
  package let outcome: Digest
  package let success: TaskEnding.Success
  /// The task already has a record with another outcome, which stays: keep this one as an incident.
  package let isIncident: Bool

  package init(
    attempt: AttemptName, worker: WorkerID, principal: Principal, kind: TaskKindName, outcome: Digest,
    success: TaskEnding.Success,
    isIncident: Bool
  ) {
    self.attempt = attempt
    self.worker = worker
    self.principal = principal
    self.kind = kind
    self.outcome = outcome
    self.success = success
    self.isIncident = isIncident
  }

  /// What the agent says of who computed it, when and how, with who it was that brought it, which the coordinator knows.
  package var signedAttempt: [UInt8] {
    var members = (try? JSONValue.parse(success.attempt, source: "attempt"))?.members ?? [:]
    members["by"] = [
      "key": .string(principal.key), "name": .string(principal.name), "worker": .string(worker.description),
    ]
    return JSONValue.object(members).canonical
  }

  /// What is wrong with the result, nil when it is sound: the outcome can be read, is in canonical form, is about this
  /// task and names exactly the objects that came with it. Whether the objects are in the store is for the store to
  /// say.
  package var problem: String? {
    guard let read = try? Outcome(bytes: success.outcome, place: "outcome") else { return "the outcome cannot be read" }
    guard read.task == attempt.task else { return "the outcome is about task \(read.task.short)" }
    guard read.kind == kind else {
      return "the outcome is of kind \(read.kind.name), the task of kind \(kind.name)"
    }
    guard read.canonical == success.outcome else { return "the outcome is not in canonical form" }
    let named = read.objects.map { NamedObject(name: $0.key, digest: $0.value.digest, size: $0.value.size) }
    guard named.sorted(by: { $0.name < $1.name }) == success.objects else {
      return "the outcome names other objects than the result carries"
    }
    return nil
  }
}
