import Core
import Sweeps
import Wire

/// Messages of every kind with random contents, within what the protocol allows.
struct MessageGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed, purpose: "random messages") }

  /// Kinds of messages that ``message(_:)`` can make.
  static let kinds = 35

  /// One of the kind `kind`, 0..<``kinds``.
  mutating func message(_ kind: Int) -> Message {
    switch kind {
    case 0: .agent(.hello(hello()))
    case 1: .agent(.heartbeat(heartbeat()))
    case 2, 3: .agent(.result(ending(isSuccess: kind == 2)))
    case 4: .agent(.bye)
    case 5:
      .coordinator(.welcome(.init(coordinatorEpoch: small(), heartbeatSeconds: seconds(), resendSeconds: seconds())))
    case 6: .coordinator(.grants(list(3) { $0.grant() }))
    case 7: .coordinator(.pulse(Pulse(sequence: wide())))
    case 8: .coordinator(.acknowledgement(attempt()))
    case 9: .coordinator(.cancel(attempt()))
    case 10: .coordinator(.rejectedResult(rejection()))
    case 11: .coordinator(.drain)
    case 12: .coordinator(.who)
    case 13: .coordinator(.reject(Reject(reason: text(), retryAfterSeconds: seconds())))
    case 14:
      .objects(
        .lack(
          LackQuestion(
            request: wide(), attempt: flag() ? attempt() : nil,
            objects: list(9) { ObjectReference(digest: $0.digest(), size: $0.size()) })))
    case 15: .objects(.lackReply(LackReply(request: wide(), lacking: list(9) { $0.digest() })))
    case 16: .objects(.get(GetRequest(digest: digest(), offset: size(), credits: below(Limits.window + 1))))
    case 17: .objects(.chunk(chunk()))
    case 18: .objects(.putReply(putReply()))
    case 19: .objects(.notFound(ObjectDigest(digest: digest())))
    case 20:
      .client(
        .submit(bytes(300), sources: list(3) { $0.object() }, memory: TaskMemory(part: memory(), other: memory())))
    case 21: .client(.status(workers: flag()))
    case 22: .client(.failures(sweep: flag() ? digest() : nil, from: Int(small())))
    case 23: .client(.cancelSweep(text()))
    case 24: .client(.drainWorker(selection(), withinSeconds: flag() ? seconds() : nil))
    case 25: .client(.retryFailed)
    case 26: .client(.shutdown)
    case 27: .reply(.submitted(Submitted(sweep: digest(), tasks: Int(small()), done: Int(small()))))
    case 28: .reply(.status(status()))
    case 29: .reply(.done(text()))
    case 30: .reply(.refused(text()))
    case 31: .client(.steer(text(), order()))
    case 32: .client(.explain(text()))
    case 33: .reply(.explanation(explanation()))
    default: .reply(.failures(page()))
    }
  }

  // MARK: Values

  mutating func below(_ bound: Int) -> Int { random.integer(below: bound) }
  mutating func flag() -> Bool { random.next() & 1 == 0 }

  /// Any 64 bits; often one of the ends.
  mutating func wide() -> UInt64 { [0, 1, .max, random.next()][below(4)] }
  mutating func small() -> UInt32 { [0, 1, .max, UInt32(truncatingIfNeeded: random.next())][below(4)] }
  mutating func natural() -> Int { [0, 1, 1 << 53, below(1 << 40)][below(4)] }
  mutating func size() -> Int { [0, 1, Int(Limits.object), below(1 << 40)][below(4)] }
  mutating func seconds() -> Double { [0, 3.2e8, random.uniform(), random.uniform() * 3.2e8][below(4)] }
  mutating func digest() -> Digest { Digest(bytes: (0..<32).map { _ in byte() })! }
  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: random.next()) }
  mutating func bytes(_ most: Int) -> [UInt8] { (0..<below(most + 1)).map { _ in byte() } }

  /// Letters of one to four bytes, a null and a line end among them; sometimes nothing.
  mutating func text() -> String {
    let letters: [Character] = ["a", "Z", " ", "\n", "\0", "é", "界", "🦜", "\"", "\\"]
    return String((0..<below(20)).map { _ in letters[below(letters.count)] })
  }

  mutating func list<Element>(_ most: Int, _ element: (inout MessageGenerator) -> Element) -> [Element] {
    (0..<below(most + 1)).map { _ in element(&self) }
  }

  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

  // MARK: Parts

  mutating func attempt() -> AttemptName { AttemptName(task: TaskID(digest()), epoch: Epoch(wide())) }

  mutating func report() -> AttemptReport {
    AttemptReport(
      attempt: attempt(), phase: one(of: AttemptReport.Phase.allCases), progress: wide(), thousandths: below(1001))
  }

  mutating func hello() -> Hello {
    Hello(
      worker: worker(), sequence: wide(), incarnation: wide(), build: text(), host: text(),
      slots: below(Limits.slots + 1),
      cores: list(3) { $0.text() }, attempts: list(4) { $0.report() }, labels: list(3) { $0.text() },
      slotMemory: memory())
  }

  mutating func heartbeat() -> Heartbeat {
    Heartbeat(
      sequence: wide(), heard: wide(), credits: below(Limits.credits + 1), draining: flag(),
      attempts: list(4) { $0.report() }, loadedCores: list(3) { $0.text() }, use: use())
  }

  /// 0 means none.
  mutating func memory() -> Int? { flag() ? max(1, natural()) : nil }

  mutating func use() -> HostUse? {
    flag() ? HostUse(load: Double(natural()), memoryUsed: natural(), memory: natural()) : nil
  }

  mutating func object() -> NamedObject { NamedObject(name: text(), digest: digest(), size: size()) }

  mutating func ending(isSuccess: Bool) -> TaskEnding {
    let ending: TaskEnding.Ending =
      isSuccess
      ? .success(.init(outcome: bytes(200), attempt: bytes(50), objects: list(4) { $0.object() }))
      : .failure(.init(cause()))
    return TaskEnding(attempt: attempt(), seconds: seconds(), ending: ending)
  }

  mutating func cause() -> FailureCause {
    switch below(13) {
    case 0: .exception(lastWords: text())
    case 1: .signalled(natural())
    case 2: .exited(status: natural())
    case 3: .notStarted(lastWords: text())
    case 4: .silent(seconds: seconds())
    case 5: .handedBack
    case 6: .missingInput(digest(), lastWords: text())
    case 7: .notKept(lastWords: text())
    case 8: .tooLarge(bytes: natural(), objects: Int(small()))
    case 9: .malformedResult(lastWords: text())
    case 10: .told(text())
    case 11: .outOfMemory(megabytes: natural(), limit: Int(small()))
    default: excess()
    }
  }

  private mutating func excess() -> FailureCause {
    let excess = one(of: FailureCause.Excess.allCases)
    return .cannotTravel(excess, count: natural(), limit: Limits.limit(of: excess))
  }

  mutating func grant() -> Grant {
    // An empty name of a kernel means none.
    let core = text()
    return Grant(
      attempt: attempt(), specification: bytes(100),
      inputs: list(3) { GrantInput(name: $0.text(), objects: $0.list(3) { $0.object() }) },
      sources: list(3) { $0.object() }, numericsCore: core.isEmpty ? nil : core)
  }

  mutating func rejection() -> RejectedResult {
    RejectedResult(
      attempt: attempt(), cause: one(of: RejectedResult.Cause.allCases), reason: text(),
      lacking: list(5) { $0.digest() })
  }

  mutating func chunk() -> Chunk {
    let content = bytes(500)
    let offset = below(1 << 39)
    return Chunk(digest: digest(), offset: offset, size: offset + content.count + below(2), content: content)
  }

  mutating func putReply() -> PutReply {
    let problem = text()
    return PutReply(digest: digest(), offset: size(), stored: flag(), problem: problem.isEmpty ? nil : problem)
  }

  mutating func failed() -> FailedTask {
    FailedTask(
      report: TaskFailureReport(
        task: TaskID(digest()), taskClass: text(), isQuarantined: flag(), cause: cause(), exceptions: Int(small()),
        deaths: Int(small()), unavailable: Int(small()), hosts: list(TaskFailureReport.hostLimit) { $0.text() }),
      label: text())
  }

  mutating func page() -> FailurePage {
    FailurePage(failures: list(5) { $0.failed() }, total: Int(small()), next: flag() ? Int(small()) : nil)
  }

  mutating func explanation() -> TaskExplanation {
    var explanation = TaskExplanation(
      task: TaskID(digest()), taskClass: text(), state: one(of: TaskExplanation.State.allCases))
    explanation.label = text()
    let kernel = text()
    explanation.kernel = kernel.isEmpty ? nil : kernel
    explanation.sweeps = list(3) { $0.text() }
    explanation.isPaused = flag()
    explanation.isStorePaused = flag()
    explanation.inputs = list(3) {
      .init(task: TaskID($0.digest()), label: $0.text(), state: $0.one(of: TaskExplanation.State.allCases))
    }
    explanation.attempts = list(2) {
      RunningTask(
        task: TaskID($0.digest()), label: $0.text(), worker: $0.worker(), host: $0.text(), seconds: $0.seconds(),
        thousandths: $0.below(1001))
    }
    explanation.cause = flag() ? cause() : nil
    explanation.obstacles = list(3) {
      .init(
        worker: $0.worker(), host: $0.text(), reason: $0.one(of: TaskExplanation.Obstacle.Reason.allCases))
    }
    explanation.workerCount = Int(small())
    explanation.story = list(3) {
      .init(secondsAgo: $0.seconds(), text: $0.text(), worker: $0.flag() ? $0.worker() : nil)
    }
    return explanation
  }

  mutating func priority() -> Int { 1 + below(SweepOrder.priorities.upperBound) }

  /// An empty name of a host means none.
  mutating func selection() -> WorkerSelection { [.named(text()), .host("h" + text().prefix(50)), .all][below(3)] }

  mutating func order() -> SweepOrder { [.pause, .resume, .forget, .priority(priority())][below(4)] }

  mutating func counts() -> SweepCounts {
    var counts = SweepCounts()
    for field in [
      \.waiting, \.ready, \.running, \.done, \.failed, \.quarantined, \.blocked, \.withdrawn,
    ] as [WritableKeyPath<SweepCounts, Int>] { counts[keyPath: field] = Int(small()) }
    return counts
  }

  mutating func counters() -> ClusterCounters {
    var counters = ClusterCounters()
    for field in [
      \.grants, \.copies, \.adopted, \.results, \.repeatedResults, \.incidents, \.exceptions, \.processDeaths,
      \.handedBack, \.unavailable, \.lostGrants, \.expiredWorkers, \.unknownPeers, \.refusedAgents, \.storeFailures,
      \.refusedRequests, \.audits,
    ] as [WritableKeyPath<ClusterCounters, Int>] { counters[keyPath: field] = natural() }
    return counters
  }

  mutating func worker() -> WorkerID {
    WorkerID(bytes: [UInt8(below(255) + 1)] + (0..<15).map { _ in byte() })!
  }

  mutating func status() -> ClusterStatus {
    var status = ClusterStatus()
    status.coordinatorEpoch = small()
    status.counts = counts()
    status.sweeps = list(3) {
      SweepStatus(
        id: $0.digest(), name: $0.text(), isFinished: $0.flag(), isCancelled: $0.flag(), isPaused: $0.flag(),
        priority: $0.priority(), counts: $0.counts())
    }
    status.counters = counters()
    status.classes = list(3) {
      TaskClassStatus(name: $0.text(), finished: $0.natural(), medianSeconds: $0.flag() ? $0.seconds() : nil)
    }
    status.failures = list(3) { $0.failed() }
    status.failureCount = Int(small())
    status.workerCount = Int(small())
    status.slots = Int(small())
    status.isPaused = flag()
    status.isClosing = flag()
    status.oldestFrameSeconds = seconds()
    status.finishedPerMinute = Double(natural())
    status.secondsLeft = flag() ? Double(natural()) : nil
    let problem = text()
    status.storeProblem = problem.isEmpty ? nil : problem
    status.refusedKeys = natural()
    status.workers = list(3) {
      WorkerStatus(
        id: $0.worker(), host: $0.text(), build: $0.text(), state: $0.one(of: WorkerState.allCases),
        slots: $0.below(Limits.slots + 1), credits: $0.below(Limits.credits + 1), running: Int($0.small()),
        held: Int($0.small()), results: $0.natural(), silentSeconds: $0.seconds(), joinedSeconds: $0.seconds(),
        use: $0.use(),
        slotMemory: $0.memory())
    }
    status.running = list(3) {
      RunningTask(
        task: TaskID($0.digest()), label: $0.text(), worker: $0.worker(), host: $0.text(), seconds: $0.seconds(),
        thousandths: $0.below(1001))
    }
    status.log = list(3) {
      LogLine(secondsAgo: $0.seconds(), level: $0.one(of: LogLine.Level.allCases), text: $0.text())
    }
    return status
  }
}
