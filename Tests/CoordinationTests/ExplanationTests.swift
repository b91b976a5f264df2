import Coordination
import Core
import Sweeps
import Testing
import Wire

/// Why a task does not go on.
@Suite struct ExplanationTests {
  let worker = Examples.worker(1)
  let pool = Examples.task("pool", kind: .part)
  var trial: TaskSpecification { Examples.task("trial", inputs: [pool]) }

  private func explanation(_ coordinator: Coordinator, _ task: TaskSpecification) throws -> TaskExplanation {
    try #require(coordinator.machine.explanation(of: task.id))
  }

  @Test func aTaskIsFoundByTheStartOfItsID() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pool, trial])))
    #expect(coordinator.machine.task(named: trial.id.short) == trial.id)
    #expect(coordinator.machine.task(named: trial.id.description) == trial.id)
    #expect(coordinator.machine.task(named: "") == nil && coordinator.machine.task(named: "xyz") == nil)
    #expect(coordinator.machine.explanation(of: Examples.task("other").id) == nil)
  }

  @Test func itNamesWhatIsNeededAndWhoHasIt() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pool, trial], name: "mine")))
    try coordinator.join(worker)
    let waiting = try explanation(coordinator, trial)
    #expect(waiting.state == .waiting && waiting.sweeps == ["mine"])
    #expect(waiting.inputs == [.init(task: pool.id, state: .running)])
    let running = try explanation(coordinator, pool)
    #expect(running.state == .running && running.attempts.map(\.worker) == [worker] && running.obstacles.isEmpty)
    #expect(running.story.last?.text == "granted" && running.story.last?.worker == worker)
  }

  @Test func itSaysWhyEachWorkerMayNotHaveIt() throws {
    let pinned = Examples.task("pinned", core: "Haswell")
    var coordinator = Coordinator { $0.suspectSeconds = 10 }
    let workers = (1...4).map { Examples.worker(UInt8($0)) }
    try coordinator.join(workers[0], cores: ["Zen"])
    try coordinator.join(workers[1], cores: ["Haswell"])
    try coordinator.handle(.drain(workers[1], withinSeconds: nil))
    try coordinator.hello(workers[2], cores: ["Haswell"])
    try coordinator.hello(workers[3], cores: ["Haswell"])
    try coordinator.handle(.disconnected(workers[3]))
    try coordinator.handle(.submitted(Examples.plan([pinned])))
    let explanation = try explanation(coordinator, pinned)
    #expect(explanation.kernel == "Haswell" && explanation.workerCount == 4)
    #expect(explanation.obstacles.map(\.worker) == workers)
    #expect(explanation.obstacles.map(\.reason) == [.kernel, .draining, .busy, .silent])
  }

  @Test func aPauseAndAFailureAreSaid() throws {
    let plan = Examples.plan([pool, trial])
    var coordinator = Coordinator { $0.exceptionLimit = 1 }
    try coordinator.handle(.submitted(plan))
    try coordinator.handle(.steer(plan.id, .pause))
    #expect(try explanation(coordinator, pool).isPaused)
    try coordinator.handle(.steer(plan.id, .resume))
    let attempt = try #require(try coordinator.join(worker).grants(to: worker).first).attempt
    try coordinator.fail(worker, attempt, .exception)
    #expect(try explanation(coordinator, pool).cause == .exception(lastWords: "because"))
    #expect(try explanation(coordinator, trial).state == .blocked)
  }
}
