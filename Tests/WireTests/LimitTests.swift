import Core
import Sweeps
import Testing
import Wire

/// Everything that is bounded, at its bound and one beyond.
@Suite("Limits of what is believed") struct LimitTests {
  /// A field with its limit and a message that has so much of it.
  struct Bound: CustomTestStringConvertible, Sendable {
    let field: String
    let limit: Int
    let message: @Sendable (Int) -> Message

    var testDescription: String { "\(field), at most \(limit)" }
  }

  private static let attempt = Examples.attempt
  private static let digest = Digest(of: "x")
  private static func text(_ count: Int) -> String { String(repeating: "n", count: count) }
  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
  private static func many<Element>(_ count: Int, _ element: Element) -> [Element] {
    Array(repeating: element, count: count)
  }
  private static let object = NamedObject(name: "", digest: digest, size: 0)
  private static let report = AttemptReport(attempt: attempt, phase: .queued)

  private static func hello(
    build: String = "", host: String = "", slots: Int = 1, cores: [String] = [], attempts: [AttemptReport] = []
  ) -> Message {
    .agent(
      .hello(
        Hello(
          worker: Examples.worker, sequence: 1, incarnation: 1, build: build, host: host, slots: slots, cores: cores,
          attempts: attempts)))
  }

  private static func heartbeat(credits: Int = 0, cores: [String] = []) -> Message {
    .agent(
      .heartbeat(Heartbeat(sequence: 1, heard: 0, credits: credits, draining: false, attempts: [], loadedCores: cores)))
  }

  private static func success(outcome: [UInt8] = [], attempt: [UInt8] = [], objects: [NamedObject] = []) -> Message {
    .agent(
      .result(
        TaskEnding(
          attempt: Self.attempt, seconds: 1,
          ending: .success(.init(outcome: outcome, attempt: attempt, objects: objects)))))
  }

  private static func grant(
    specification: [UInt8] = [], inputs: [GrantInput] = [], sources: [NamedObject] = [], core: String? = nil
  ) -> Grant {
    Grant(attempt: attempt, specification: specification, inputs: inputs, sources: sources, numericsCore: core)
  }

  private static func grants(_ grants: Grant...) -> Message { .coordinator(.grants(grants)) }

  private static func failure(_ cause: FailureCause) -> Message {
    .agent(.result(TaskEnding(attempt: attempt, seconds: 0, ending: .failure(.init(cause)))))
  }

  private static func status(_ change: (inout ClusterStatus) -> Void) -> Message {
    var status = ClusterStatus()
    change(&status)
    return .reply(.status(status))
  }

  private static func failed(hosts: [String] = [], label: String = "", taskClass: String = "") -> FailedTask {
    FailedTask(
      report: TaskFailureReport(
        task: attempt.task, taskClass: taskClass, isQuarantined: false, cause: .handedBack, hosts: hosts), label: label)
  }

  private static func page(_ failures: [FailedTask]) -> Message {
    .reply(.failures(FailurePage(failures: failures, total: 0, next: nil)))
  }

  private static func worker(slots: Int = 0, credits: Int = 0, host: String = "") -> WorkerStatus {
    WorkerStatus(
      id: Examples.worker, host: host, build: "", state: .active, slots: slots, credits: credits, running: 0, held: 0,
      results: 0, silentSeconds: 0, joinedSeconds: 0)
  }

  static let bounds: [Bound] = [
    Bound(field: "build", limit: Limits.name) { hello(build: text($0)) },
    Bound(field: "host", limit: Limits.name) { hello(host: text($0)) },
    Bound(field: "slots", limit: Limits.slots) { hello(slots: $0) },
    Bound(field: "cores", limit: Limits.cores) { hello(cores: many($0, "")) },
    Bound(field: "cores", limit: Limits.name) { hello(cores: [text($0)]) },
    Bound(field: "attempts", limit: Limits.attempts) { hello(attempts: many($0, report)) },
    Bound(field: "credits", limit: Limits.credits) { heartbeat(credits: $0) },
    Bound(field: "loaded cores", limit: Limits.cores) { heartbeat(cores: many($0, "")) },
    Bound(field: "outcome", limit: Limits.outcome) { success(outcome: zeros($0)) },
    Bound(field: "attempt", limit: Limits.attempt) { success(attempt: zeros($0)) },
    Bound(field: "objects", limit: Limits.objects) { success(objects: many($0, object)) },
    Bound(field: "object", limit: Limits.name) {
      success(objects: [NamedObject(name: text($0), digest: digest, size: 1)])
    },
    Bound(field: "last words", limit: Limits.sentence) { failure(.exception(lastWords: text($0))) },
    Bound(field: "grants", limit: Limits.grants) { .coordinator(.grants(many($0, grant()))) },
    Bound(field: "specification", limit: Limits.specification) { grants(grant(specification: zeros($0))) },
    Bound(field: "inputs", limit: Limits.inputs) {
      grants(grant(inputs: many($0, GrantInput(name: "", objects: []))))
    },
    Bound(field: "input", limit: Limits.name) { grants(grant(inputs: [GrantInput(name: text($0), objects: [])])) },
    Bound(field: "input objects", limit: Limits.objects) {
      grants(grant(inputs: [GrantInput(name: "", objects: many($0, object))]))
    },
    Bound(field: "sources", limit: Limits.objects) { grants(grant(sources: many($0, object))) },
    Bound(field: "numerics core", limit: Limits.name) { grants(grant(core: text($0))) },
    Bound(field: "reason", limit: Limits.sentence) {
      .coordinator(.rejectedResult(RejectedResult(attempt: attempt, cause: .malformed, reason: text($0))))
    },
    Bound(field: "lacking", limit: Limits.digests) {
      .coordinator(
        .rejectedResult(
          RejectedResult(attempt: attempt, cause: .lackingObjects, reason: "", lacking: many($0, digest))))
    },
    Bound(field: "reason", limit: Limits.sentence) {
      .coordinator(.reject(Reject(reason: text($0), retryAfterSeconds: 1)))
    },
    Bound(field: "objects", limit: Limits.digests) {
      .objects(
        .lack(LackQuestion(request: 1, attempt: nil, objects: many($0, ObjectReference(digest: digest, size: 1)))))
    },
    Bound(field: "lacking", limit: Limits.digests) {
      .objects(.lackReply(LackReply(request: 1, lacking: many($0, digest))))
    },
    Bound(field: "credits", limit: Limits.window) {
      .objects(.get(GetRequest(digest: digest, offset: 0, credits: $0)))
    },
    Bound(field: "content", limit: Limits.chunk) {
      .objects(.chunk(Chunk(digest: digest, offset: 0, size: 1 << 30, content: zeros($0))))
    },
    Bound(field: "problem", limit: Limits.sentence) {
      .objects(.putReply(PutReply(digest: digest, offset: 0, stored: false, problem: text($0))))
    },
    Bound(field: "sweep", limit: Limits.sweep) { .client(.submit(zeros($0))) },
    Bound(field: "sources", limit: Limits.sources) { .client(.submit([], sources: many($0, object))) },
    Bound(field: "source", limit: Limits.sourceName) {
      .client(.submit([], sources: [NamedObject(name: text($0), digest: digest, size: 1)]))
    },
    Bound(field: "sweep", limit: Limits.name) { .client(.cancelSweep(text($0))) },
    Bound(field: "sweep", limit: Limits.name) { .client(.steer(text($0), .pause)) },
    Bound(field: "worker", limit: Limits.name) { .client(.drainWorker(.named(text($0)), withinSeconds: nil)) },
    Bound(field: "text", limit: Limits.sentence) { .reply(.done(text($0))) },
    Bound(field: "reason", limit: Limits.sentence) { .reply(.refused(text($0))) },
    Bound(field: "failures", limit: Limits.failurePage) { page(many($0, failed())) },
    Bound(field: "hosts", limit: TaskFailureReport.hostLimit) { page([failed(hosts: many($0, "h"))]) },
    Bound(field: "hosts", limit: Limits.name) { page([failed(hosts: [text($0)])]) },
    Bound(field: "label", limit: Limits.sentence) { page([failed(label: text($0))]) },
    Bound(field: "class", limit: Limits.sentence) { page([failed(taskClass: text($0))]) },
    Bound(field: "sweeps", limit: Limits.statusLines) { count in
      status {
        $0.sweeps = many(
          count, SweepStatus(id: digest, name: "", isFinished: true, isCancelled: false, counts: SweepCounts()))
      }
    },
    Bound(field: "log", limit: Limits.logLines) { count in
      status { $0.log = many(count, LogLine(secondsAgo: 0, level: .error, text: "")) }
    },
    Bound(field: "classes", limit: Limits.statusLines) { count in
      status { $0.classes = many(count, TaskClassStatus(name: "", finished: 0, medianSeconds: nil)) }
    },
    Bound(field: "failures", limit: Limits.statusLines) { count in status { $0.failures = many(count, failed()) } },
    Bound(field: "workers", limit: Limits.statusWorkers) { count in status { $0.workers = many(count, worker()) } },
    Bound(field: "slots", limit: Limits.slots) { count in status { $0.workers = [worker(slots: count)] } },
    Bound(field: "credits", limit: Limits.credits) { count in status { $0.workers = [worker(credits: count)] } },
    Bound(field: "host", limit: Limits.sentence) { count in status { $0.workers = [worker(host: text(count))] } },
    Bound(field: "problem", limit: Limits.sentence) { count in status { $0.storeProblem = text(count) } },
    Bound(field: "running", limit: Limits.statusLines) { count in
      status {
        $0.running = many(
          count,
          RunningTask(task: attempt.task, label: "", worker: Examples.worker, host: "", seconds: 0, thousandths: 0))
      }
    },
    Bound(field: "thousandths", limit: 1000) {
      hello(attempts: [AttemptReport(attempt: attempt, phase: .running, thousandths: $0)])
    },
  ]

  @Test("what is at the limit is read, one more is refused and the field named", arguments: bounds)
  func counts(bound: Bound) throws {
    let message = bound.message(bound.limit)
    #expect(try Frame.decode(Frame.encode(message)) == message)
    let beyond = bound.limit + 1
    #expect(throws: FrameProblem.malformed("\(bound.field): \(beyond) pass the limit of \(bound.limit)")) {
      try Frame.decode(Frame.encode(bound.message(beyond)))
    }
  }

  @Test("sizes and offsets end at the largest object") func sizes() throws {
    let largest = Int(Limits.object)
    let messages: [(Int) -> Message] = [
      { .objects(.get(GetRequest(digest: Self.digest, offset: $0, credits: 1))) },
      { .objects(.putReply(PutReply(digest: Self.digest, offset: $0, stored: true))) },
      { .objects(.chunk(Chunk(digest: Self.digest, offset: 0, size: $0, content: [1]))) },
      { Self.success(objects: [NamedObject(name: "a", digest: Self.digest, size: $0)]) },
    ]
    for message in messages {
      #expect(try Frame.decode(Frame.encode(message(largest))) == message(largest))
      for beyond in [largest + 1, .max] {
        #expect(throws: FrameProblem.self) { try Frame.decode(Frame.encode(message(beyond))) }
      }
    }
  }

  @Test("a chunk ends within its object") func chunks() throws {
    func chunk(_ offset: Int, _ size: Int) -> Message {
      .objects(.chunk(Chunk(digest: Self.digest, offset: offset, size: size, content: [1, 2, 3])))
    }
    #expect(try Frame.decode(Frame.encode(chunk(7, 10))) == chunk(7, 10))
    #expect(throws: FrameProblem.malformed("chunk: 8 + 3 passes the object's 10 bytes")) {
      try Frame.decode(Frame.encode(chunk(8, 10)))
    }
  }

  @Test("durations are finite, not negative and at most ten years") func durations() throws {
    let messages: [(Double) -> Message] = [
      { .coordinator(.welcome(Welcome(coordinatorEpoch: 1, heartbeatSeconds: $0, resendSeconds: 1))) },
      { .coordinator(.welcome(Welcome(coordinatorEpoch: 1, heartbeatSeconds: 1, resendSeconds: $0))) },
      { .coordinator(.reject(Reject(reason: "", retryAfterSeconds: $0))) },
      { .agent(.result(TaskEnding(attempt: Self.attempt, seconds: $0, ending: .failure(.init(.handedBack))))) },
      { seconds in Self.status { $0.oldestFrameSeconds = seconds } },
      { seconds in Self.status { $0.classes = [TaskClassStatus(name: "", finished: 1, medianSeconds: seconds)] } },
    ]
    for message in messages {
      for seconds in [0, .leastNonzeroMagnitude, 3.2e8] as [Double] {
        #expect(try Frame.decode(Frame.encode(message(seconds))) == message(seconds))
      }
      for seconds in [-.leastNonzeroMagnitude, -1, 3.2e8.nextUp, .infinity, -.infinity, .nan] as [Double] {
        #expect(throws: FrameProblem.self, "\(seconds)") { try Frame.decode(Frame.encode(message(seconds))) }
      }
    }
  }

  @Test("numbers end where a double stops being exact") func numbers() throws {
    let messages: [(Double) -> Message] = [
      { rate in Self.status { $0.finishedPerMinute = rate } }, { left in Self.status { $0.secondsLeft = left } },
      { Self.failure(.silent(seconds: $0)) },
    ]
    for message in messages {
      #expect(try Frame.decode(Frame.encode(message(0x1p53))) == message(0x1p53))
      for number in [0x1p53.nextUp, -1, .infinity, .nan] as [Double] {
        #expect(throws: FrameProblem.self, "\(number)") { try Frame.decode(Frame.encode(message(number))) }
      }
    }
    func counted(_ number: Int) -> Message { Self.status { $0.counters.storeFailures = number } }
    #expect(try Frame.decode(Frame.encode(counted(1 << 53))) == counted(1 << 53))
    #expect(throws: FrameProblem.malformed("counters: \((1 << 53) + 1) is out of range")) {
      try Frame.decode(Frame.encode(counted((1 << 53) + 1)))
    }
    #expect(throws: FrameProblem.self) {
      try Frame.decode(Frame.encode(Self.status { $0.refusedKeys = (1 << 53) + 1 }))
    }
  }

  @Test("a message fits up to the last byte of its frame") func frames() {
    // A header of 8 bytes, a tag, and the length in 3.
    let room = Limits.controlFrame - 12
    #expect(Frame.fits(.client(.submit(Self.zeros(room)))) && !Frame.fits(.client(.submit(Self.zeros(room + 1)))))
    #expect(Frame.encode(.client(.submit(Self.zeros(room)))).count == Limits.controlFrame)
    // An object without its size, which is nothing: a digest with its tag and length, inside another tag and length.
    let empty = ObjectReference(digest: Self.digest, size: 0)
    let question = LackQuestion(
      request: 0, attempt: nil, objects: Self.many((Limits.objectsFrame - 8) / 36, empty))
    let longer = LackQuestion(request: 0, attempt: nil, objects: question.objects + [empty])
    #expect(Frame.fits(.objects(.lack(question))) && !Frame.fits(.objects(.lack(longer))))
  }
}
