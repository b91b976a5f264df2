import Core
import Wire

/// One message of each kind at least, with every field in use.
enum Examples {
  static let attempt = AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(7 << 32 | 41))
  static let object = NamedObject(name: "images", digest: Digest(of: "images"), size: 123_456)
  static let reports = AttemptReport.Phase.allCases.map { AttemptReport(attempt: attempt, phase: $0, progress: 9) }
  static let grant = Grant(
    attempt: attempt, specification: Array("{}".utf8), inputs: [GrantInput(name: "pool", objects: [object])],
    sources: [object], numericsCore: "Haswell")

  static let messages: [Message] =
    [
      .agent(
        .hello(
          Hello(sequence: 1, incarnation: 2, build: "b", host: "h", slots: 3, cores: ["Haswell"], attempts: reports))),
      .agent(
        .heartbeat(
          Heartbeat(sequence: 4, heard: 3, credits: 5, draining: true, attempts: reports, loadedCores: ["Zen"]))),
      .agent(
        .result(
          TaskEnding(
            attempt: attempt, seconds: 1.5,
            ending: .success(.init(outcome: [1, 2], attempt: [3], objects: [object]))))),
      .agent(.bye),
      .coordinator(.welcome(Welcome(coordinatorEpoch: 7, heartbeatSeconds: 5, resendSeconds: 10))),
      .coordinator(
        .grants([grant, Grant(attempt: attempt, specification: [], inputs: [], sources: [], numericsCore: nil)])),
      .coordinator(.pulse(Pulse(sequence: 12))), .coordinator(.acknowledgement(attempt)),
      .coordinator(.cancel(attempt)),
      .coordinator(.drain), .coordinator(.who),
      .coordinator(.reject(Reject(reason: "no", retryAfterSeconds: 60))),
      .objects(.lack(LackQuestion(request: 8, digests: [object.digest]))),
      .objects(.lackReply(LackReply(request: 8, lacking: [object.digest]))),
      .objects(.get(GetRequest(digest: object.digest, offset: 1 << 33, credits: 16))),
      .objects(.chunk(Chunk(digest: object.digest, offset: 10, size: 14, content: [1, 2, 3, 4]))),
      .objects(.putReply(PutReply(digest: object.digest, offset: 14, stored: true))),
      .objects(.putReply(PutReply(digest: object.digest, offset: 0, stored: false, problem: "full"))),
      .objects(.notFound(ObjectDigest(digest: object.digest))),
      .client(.submit(Array("{}".utf8))), .client(.status(workers: true)), .client(.drainWorker("ab")),
      .client(.retryFailed), .client(.shutdown),
      .reply(.submitted(Submitted(sweep: Digest(of: "sweep"), tasks: 10, done: 3))), .reply(.status([0x7B, 0x7D])),
      .reply(.done("drained")), .reply(.refused("no such worker")),
    ]
    + TaskEnding.FailureClass.allCases.map {
      .agent(.result(TaskEnding(attempt: attempt, seconds: 0, ending: .failure(.init(kind: $0, reason: "r")))))
    }
    + RejectedResult.Cause.allCases.map {
      .coordinator(.rejectedResult(RejectedResult(attempt: attempt, cause: $0, reason: "r", lacking: [object.digest])))
    }
}
