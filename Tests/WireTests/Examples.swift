import Core
import Sweeps
import Wire

/// One message of each kind at least, with every field in use.
enum Examples {
  static let attempt = AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(7 << 32 | 41))
  static let object = NamedObject(name: "images", digest: Digest(of: "images"), size: 123_456)
  static let reports = AttemptReport.Phase.allCases.map {
    AttemptReport(attempt: attempt, phase: $0, progress: 9, thousandths: 250)
  }
  static let grant = Grant(
    attempt: attempt, specification: Array("{}".utf8), inputs: [GrantInput(name: "pool", objects: [object])],
    sources: [object], numericsCore: "Haswell")

  static let messages: [Message] =
    [
      .agent(
        .hello(
          Hello(
            worker: worker, sequence: 1, incarnation: 2, build: "b", host: "h", slots: 3, cores: ["Haswell"],
            attempts: reports))),
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
      .objects(
        .lack(
          LackQuestion(
            request: 8, attempt: attempt, objects: [ObjectReference(digest: object.digest, size: object.size)]))),
      .objects(.lack(LackQuestion(request: 9, attempt: nil, objects: []))),
      .objects(.lackReply(LackReply(request: 8, lacking: [object.digest]))),
      .objects(.get(GetRequest(digest: object.digest, offset: 1 << 33, credits: 16))),
      .objects(.chunk(Chunk(digest: object.digest, offset: 10, size: 14, content: [1, 2, 3, 4]))),
      .objects(.putReply(PutReply(digest: object.digest, offset: 14, stored: true))),
      .objects(.putReply(PutReply(digest: object.digest, offset: 0, stored: false, problem: "full"))),
      .objects(.notFound(ObjectDigest(digest: object.digest))),
      .client(.submit(Array("{}".utf8))), .client(.submit([], sources: [object])), .client(.status(workers: true)),
      .client(.drainWorker(.named("ab"), withinSeconds: nil)),
      .client(.retryFailed), .client(.shutdown),
      .reply(.submitted(Submitted(sweep: Digest(of: "sweep"), tasks: 10, done: 3))), .reply(.status(status)),
      .reply(.done("drained")), .reply(.refused("no such worker")),
    ]
    + causes.map { .agent(.result(TaskEnding(attempt: attempt, seconds: 0, ending: .failure(.init($0))))) }
    + RejectedResult.Cause.allCases.map {
      .coordinator(.rejectedResult(RejectedResult(attempt: attempt, cause: $0, reason: "r", lacking: [object.digest])))
    }
    + [
      .client(.failures(sweep: nil, from: 0)), .client(.failures(sweep: Digest(of: "sweep"), from: 128)),
      .client(.cancelSweep("mine")),
      .reply(.failures(FailurePage(failures: causes.map(failed), total: 400, next: 128))),
      .reply(.failures(FailurePage(failures: [], total: 0, next: nil))), .reply(.status(ClusterStatus())),
      .client(.steer("mine", .pause)), .client(.steer("mine", .resume)), .client(.steer("mine", .forget)),
      .client(.steer("mine", .priority(30))), .reply(.status(steered)),
      .client(.drainWorker(.host("h"), withinSeconds: 600)), .client(.drainWorker(.all, withinSeconds: nil)),
      .client(.explain("4f1a")), .reply(.explanation(explanation)),
      .agent(
        .hello(
          Hello(
            worker: worker, sequence: 1, incarnation: 2, build: "b", host: "h", slots: 3, cores: [], attempts: [],
            labels: ["gpu"], slotMemory: 1 << 32))),
      .agent(
        .heartbeat(
          Heartbeat(sequence: 4, heard: 3, credits: 5, draining: false, attempts: [], loadedCores: [], use: use))),
      .agent(
        .result(
          TaskEnding(
            attempt: attempt, seconds: 0,
            ending: .failure(.init(.outOfMemory(megabytes: 9_000, limit: 4_000)))))),
      .client(.submit([], memory: TaskMemory(part: 5, other: 1 << 40))), .reply(.status(watched)),
      .reply(.explanation(large)),
    ]

  static let use = HostUse(load: 2.25, memoryUsed: 1 << 33, memory: 1 << 34)

  /// With what a full-screen view needs.
  static let watched: ClusterStatus = {
    var status = ClusterStatus()
    status.outOfReach = 6
    status.workers = [
      WorkerStatus(
        id: worker, host: "h", build: "b", state: .active, slots: 2, credits: 3, running: 1, held: 2, results: 5,
        silentSeconds: 0, joinedSeconds: 100, use: use, slotMemory: 4)
    ]
    status.log = LogLine.Level.allCases.map { LogLine(secondsAgo: 2.5, level: $0, text: "a worker joined") }
    return status
  }()

  static let large: TaskExplanation = {
    var explanation = TaskExplanation(task: attempt.task, taskClass: "c", state: .ready)
    explanation.memory = 1 << 34
    explanation.obstacles = [.init(worker: worker, host: "h", reason: .memory)]
    return explanation
  }()

  static let steered: ClusterStatus = {
    var status = ClusterStatus()
    status.sweeps = [
      SweepStatus(
        id: Digest(of: "sweep"), name: "mine", isFinished: false, isCancelled: false, isPaused: true, priority: 30,
        counts: SweepCounts())
    ]
    return status
  }()

  static let explanation: TaskExplanation = {
    var explanation = TaskExplanation(task: attempt.task, taskClass: "c", state: .ready)
    explanation.label = "l"
    explanation.kernel = "Zen"
    explanation.sweeps = ["mine"]
    explanation.isPaused = true
    explanation.isStorePaused = true
    explanation.inputs = [.init(task: attempt.task, label: "p", state: .running)]
    explanation.attempts = [
      RunningTask(task: attempt.task, label: "", worker: worker, host: "h", seconds: 9, thousandths: 500)
    ]
    explanation.obstacles = [.init(worker: worker, host: "h", reason: .kernel)]
    explanation.workerCount = 2
    explanation.story = [.init(secondsAgo: 1.5, text: "granted", worker: nil)]
    return explanation
  }()

  static let causes: [FailureCause] =
    [
      .exception(lastWords: "w"), .signalled(9), .exited(status: 3), .notStarted(lastWords: "w"),
      .silent(seconds: 3600),
      .handedBack, .missingInput(object.digest, lastWords: "w"), .notKept(lastWords: "w"),
      .tooLarge(bytes: 1 << 33, objects: 2000), .malformedResult(lastWords: "w"), .told("w"),
    ]
    + FailureCause.Excess.allCases.map { .cannotTravel($0, count: 1 << 20, limit: Limits.limit(of: $0)) }

  static func failed(_ cause: FailureCause) -> FailedTask {
    FailedTask(
      report: TaskFailureReport(
        task: attempt.task, taskClass: "trial random", isQuarantined: true, cause: cause, exceptions: 1, deaths: 3,
        unavailable: 2, hosts: ["a", "b"]), label: "random, seed 0")
  }

  static let worker = WorkerID(bytes: Array(1...16))!

  static let status: ClusterStatus = {
    var status = ClusterStatus()
    status.coordinatorEpoch = 7
    status.counts.waiting = 1
    status.counts.ready = 2
    status.counts.running = 3
    status.counts.done = 4
    status.counts.failed = 5
    status.counts.quarantined = 6
    status.counts.blocked = 7
    status.counts.withdrawn = 8
    status.sweeps = [
      SweepStatus(
        id: Digest(of: "sweep"), name: "mine", isFinished: true, isCancelled: true, counts: status.counts)
    ]
    status.counters.grants = 9
    status.counters.copies = 10
    status.counters.adopted = 11
    status.counters.results = 12
    status.counters.repeatedResults = 13
    status.counters.incidents = 14
    status.counters.refusedRequests = 15
    status.counters.audits = 17
    status.incidents = 16
    status.counters.exceptions = 15
    status.counters.processDeaths = 16
    status.counters.handedBack = 17
    status.counters.unavailable = 18
    status.counters.lostGrants = 19
    status.counters.expiredWorkers = 20
    status.counters.unknownPeers = 21
    status.counters.refusedAgents = 22
    status.counters.storeFailures = 23
    status.classes = [
      TaskClassStatus(name: "pool", finished: 0, medianSeconds: nil),
      TaskClassStatus(name: "trial random", finished: 3, medianSeconds: 1.5),
    ]
    status.failures = [failed(.signalled(9))]
    status.failureCount = 400
    status.workerCount = 1
    status.slots = 2
    status.isPaused = true
    status.isClosing = true
    status.oldestFrameSeconds = 0.5
    status.finishedPerMinute = 60
    status.secondsLeft = 12
    status.storeProblem = "the disk is full"
    status.refusedKeys = 24
    status.workers = WorkerState.allCases.map {
      WorkerStatus(
        id: worker, keyName: "lab-7", host: "h", build: "b", state: $0, slots: 2, credits: 3, running: 1, held: 2,
        results: 5,
        silentSeconds: 0.5, joinedSeconds: 100)
    }
    status.running = [
      RunningTask(
        task: attempt.task, label: "random, seed 1", worker: worker, host: "h", seconds: 9, thousandths: 500)
    ]
    return status
  }()
}
