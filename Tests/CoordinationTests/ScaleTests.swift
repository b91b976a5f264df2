import Coordination
import Core
import Sweeps
import Testing
import Wire

/// What an event costs must not grow with the size of the grid.
@Suite struct ScaleTests {
  /// Runs `count` tasks that all need one pool on 100 workers of 4 slots, and counts what the coordinator looked at.
  private func effortPerTask(_ count: Int) -> Double {
    let pool = Examples.task("pool", kind: .part)
    let trials = (0..<count).map { Examples.task("\($0)", inputs: [pool]) }
    let now = Instant(seconds: 1)
    var machine = CoordinatorMachine(settings: CoordinatorSettings(coordinatorEpoch: 1), at: now)
    let record = TaskRecord(outcome: Digest(of: "pool"), objects: [])
    let tasks = [PlannedTask(specification: pool, record: record)] + trials.map { PlannedTask(specification: $0) }
    _ = machine.handle(.submitted(SweepPlan(id: Digest(of: "s"), name: "s", tasks: tasks)), at: now)
    var open: [(WorkerID, AttemptName)] = []
    func collect(_ actions: [CoordinatorMachine.Action]) {
      for case .send(.grants(let grants), let worker) in actions { open += grants.map { (worker, $0.attempt) } }
    }
    for number in 0..<100 {
      let worker = Examples.worker(UInt8(number + 1))
      let hello = Hello(
        worker: worker, sequence: 1, incarnation: 1, build: "b", host: "h", slots: 4, cores: [], attempts: [])
      _ = machine.handle(.received(.hello(hello), from: worker), at: now)
      let beat = Heartbeat(sequence: 2, heard: 1, credits: 8, draining: false, attempts: [], loadedCores: [])
      collect(machine.handle(.received(.heartbeat(beat), from: worker), at: now))
    }
    let outcome = Array("{}".utf8)
    var done = 0
    while let (worker, attempt) = open.popLast() {
      let success = TaskEnding.Success(outcome: outcome, attempt: [], objects: [])
      let ending = TaskEnding(attempt: attempt, seconds: 1, ending: .success(success))
      collect(machine.handle(.received(.result(ending), from: worker), at: now))
      collect(machine.handle(.committed(attempt, by: worker), at: now))
      done += 1
    }
    #expect(done == count)
    return Double(machine.effort) / Double(count)
  }

  @Test func aGrantCostsTheSameInASmallAndInALargeSweep() {
    let small = effortPerTask(1_000)
    let large = effortPerTask(100_000)
    #expect(large < 1.5 * small)
    #expect(large < 40)
  }
}
