import Coordination
import Core
import Sweeps
import Testing
import Wire

@Suite struct PlacementTests {
  let workers = (1...4).map { Examples.worker(UInt8($0)) }

  @Test func whatOthersWaitForComesFirst() throws {
    let pool = Examples.task("pool", kind: .part)
    let score = Examples.task("score", kind: .score, inputs: [pool])
    let trial = Examples.task("trial", inputs: [pool, score])
    let lonely = (0..<3).map { Examples.task("lonely \($0)") }
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(lonely + [pool, score, trial])))
    #expect(try coordinator.join(workers[0]).grants(to: workers[0]).map(\.attempt.task) == [pool.id])
  }

  @Test func theLongestComesFirstAmongEquals() throws {
    let specifications = (0..<5).map { Examples.task("\($0)") }
    let tasks = specifications.enumerated().map {
      PlannedTask(
        specification: $0.element, durationClass: "class \($0.offset)", expectedSeconds: [2, 5, 1, 9, 3][$0.offset])
    }
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(SweepPlan(id: Digest(of: "s"), name: "s", tasks: tasks)))
    let order = try coordinator.join(workers[0], slots: 5).grants(to: workers[0]).map(\.attempt.task)
    #expect(order == [3, 1, 4, 0, 2].map { specifications[$0].id })
  }

  @Test func aWorkerThatHasTheInputsIsPreferred() throws {
    let pools = (0..<2).map { Examples.task("pool \($0)", kind: .part) }
    let trials = pools.map { Examples.task("trial", inputs: [$0]) }
    var coordinator = Coordinator()
    for worker in workers.prefix(2) { try coordinator.join(worker) }
    let actions = try coordinator.handle(.submitted(Examples.plan(pools + trials)))
    let places = try workers.prefix(2).map { ($0, try #require(actions.grants(to: $0).first).attempt) }
    for (worker, attempt) in places.reversed() {
      try coordinator.succeed(worker, attempt, Examples.success(pools.first { $0.id == attempt.task }!))
    }
    for (worker, attempt) in places {
      let granted = try coordinator.handle(.committed(attempt, by: worker)).grants(to: worker)
      #expect(granted.map(\.attempt.task) == trials.filter { $0.inputs.values.contains(attempt.task) }.map(\.id))
    }
  }

  @Test func aTaskGoesWhereItsKernelCanBeUsed() throws {
    let pinned = Examples.task("pinned", core: "Haswell")
    let free = Examples.task("free")
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pinned, free])))
    #expect(
      try coordinator.join(workers[0], slots: 2, cores: ["Zen"]).grants(to: workers[0]).map(\.attempt.task) == [free.id]
    )
    let grants = try coordinator.join(workers[1], slots: 2, cores: ["Haswell", "Zen"]).grants(to: workers[1])
    #expect(grants.map(\.numericsCore) == ["Haswell"])
  }

  @Test func aTaskGoesToWorkersThatHaveWhatItAsksFor() throws {
    let plain = Examples.task("plain")
    let demanding = Examples.task("demanding", core: "Haswell")
    let tasks = [
      PlannedTask(specification: demanding, labels: ["gpu", "programs"]), PlannedTask(specification: plain),
    ]
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(SweepPlan(id: Digest(of: "s"), name: "s", tasks: tasks)))
    func granted(_ worker: WorkerID, cores: [String], labels: [String]) throws -> [TaskID] {
      var actions = try coordinator.hello(worker, slots: 2, cores: cores, labels: labels)
      actions += try coordinator.beat(worker, credits: 2)
      return actions.grants(to: worker).map(\.attempt.task)
    }
    #expect(try granted(workers[0], cores: ["Haswell"], labels: ["gpu"]) == [plain.id])
    #expect(try granted(workers[1], cores: ["Zen"], labels: ["programs", "gpu"]) == [])
    #expect(try granted(workers[2], cores: ["Haswell"], labels: ["programs", "tape", "gpu"]) == [demanding.id])
  }

  /// Also where nothing else is queued.
  @Test func aTaskThatNobodyCanTakeWaits() throws {
    let task = Examples.task("demanding")
    var coordinator = Coordinator()
    try coordinator.handle(
      .submitted(
        SweepPlan(
          id: Digest(of: "s"), name: "s", tasks: [PlannedTask(specification: task, labels: ["gpu"])])))
    #expect(try coordinator.join(workers[0]).grants(to: workers[0]).isEmpty)
    try coordinator.hello(workers[1], labels: ["gpu"])
    #expect(try coordinator.beat(workers[1]).grants(to: workers[1]).map(\.attempt.task) == [task.id])
  }

  @Test func aSlotWithTheRightKernelIsPreferred() throws {
    let cores = ["Haswell", "Zen"]
    var coordinator = Coordinator()
    for (worker, loaded) in zip(workers, cores) {
      try coordinator.hello(worker, cores: cores)
      try coordinator.beat(worker, loaded: [loaded])
    }
    let actions = try coordinator.handle(.submitted(Examples.plan([Examples.task("z", core: "Zen")])))
    #expect(actions.grants(to: workers[1]).count == 1)
  }

  @Test func nobodyGetsMoreThanHeAskedFor() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan((0..<100).map { Examples.task("\($0)") })))
    try coordinator.hello(workers[0], slots: 4)
    #expect(try coordinator.beat(workers[0], credits: 0).grants(to: workers[0]).isEmpty)
    let grants = try coordinator.beat(workers[0], credits: 7).grants(to: workers[0])
    #expect(grants.count == 7)
    let reports = grants.map { AttemptReport(attempt: $0.attempt, phase: .queued) }
    #expect(try coordinator.beat(workers[0], credits: 7, attempts: reports).grants(to: workers[0]).isEmpty)
  }

  @Test func freeSlotsComeBeforeTasksForLater() throws {
    var coordinator = Coordinator()
    for worker in workers {
      try coordinator.hello(worker, slots: 1)
      try coordinator.beat(worker, credits: 5)
    }
    let actions = try coordinator.handle(.submitted(Examples.plan((0..<4).map { Examples.task("\($0)") })))
    for worker in workers { #expect(actions.grants(to: worker).count == 1) }
  }

  @Test func theLastTasksAreNotGivenOutForLater() throws {
    var coordinator = Coordinator()
    for worker in workers.prefix(2) {
      try coordinator.hello(worker, slots: 1)
      try coordinator.beat(worker, credits: 3)
    }
    let actions = try coordinator.handle(.submitted(Examples.plan((0..<5).map { Examples.task("\($0)") })))
    // Five tasks: one for each slot, one ahead, and two that the next free slots will want.
    #expect(workers.reduce(0) { $0 + actions.grants(to: $1).count } == 3)
  }

  @Test func aResultFreesItsSlotAtOnce() throws {
    let tasks = (0..<2).map { Examples.task("\($0)") }
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    let first = try coordinator.join(workers[0]).grants(to: workers[0])[0].attempt
    let specification = tasks.first { $0.id == first.task }!
    #expect(
      try coordinator.succeed(workers[0], first, Examples.success(specification)).grants(to: workers[0]).count == 1)
  }

  @Test func manyGrantsAreSplitIntoFramesThatKeepToTheLimit() throws {
    let padding = String(repeating: "x", count: 4000)
    let tasks = (0..<1000).map { Examples.task("\($0) \(padding)") }
    var coordinator = Coordinator { $0.firstAllowance = 1000 }
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    let messages = try coordinator.join(workers[0], slots: 1000).sent(to: workers[0])
    let frames = messages.map { Frame.encode(.coordinator($0)) }
    #expect(frames.allSatisfy { $0.count <= Limits.controlFrame })
    #expect(messages.reduce(0) { if case .grants(let grants) = $1 { $0 + grants.count } else { $0 } } == 1000)
  }

  @Test func aStragglerGetsACopyElsewhereWhenSlotsAreFree() throws {
    let tasks = (0..<6).map { Examples.task("\($0)") }
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan(tasks)))
    var attempt = try coordinator.join(workers[0]).grants(to: workers[0])[0].attempt
    for _ in 0..<5 {
      let specification = tasks.first { $0.id == attempt.task }!
      let next = try coordinator.finish(workers[0], attempt, Examples.success(specification), seconds: 3).grants(
        to: workers[0])
      attempt = next[0].attempt
    }
    // The sixth takes more than twice the median of three seconds.
    var actions = try coordinator.join(workers[1])
    let report = AttemptReport(attempt: attempt, phase: .running)
    for _ in 0..<2 {
      actions +=
        try coordinator.pass(seconds: 4) + coordinator.beat(workers[0], attempts: [report])
        + coordinator.beat(workers[1])
    }
    let copy = try #require(actions.grants(to: workers[1]).first)
    #expect(copy.attempt.task == attempt.task)
    let specification = tasks.first { $0.id == attempt.task }!
    #expect(try coordinator.finish(workers[1], copy.attempt, Examples.success(specification)).cancels(attempt))
  }

  @Test func nothingIsGrantedWhileTheCoordinatorCloses() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([Examples.task("a")])))
    try coordinator.handle(.closing)
    #expect(try coordinator.join(workers[0]).grants(to: workers[0]).isEmpty)
  }
}
