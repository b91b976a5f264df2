import Cluster
import Coordination
import Core
import Foundation
import Testing
import Wire

/// What the next coordinator knows of pauses and priorities.
@Suite struct SteeringFileTests {
  private let scratch = ClusterScratch()
  private let sweep = Digest(of: "sweep")
  private var path: String { scratch.path + "/steering.json" }

  @Test func whatIsWrittenIsReadBack() throws {
    var file = SteeringFile(store: scratch.path)
    #expect(file[sweep] == SweepSteering())
    try file.set(SweepSteering(priority: 30, isPaused: true), of: sweep)
    try file.set(SweepSteering(priority: 5), of: Digest(of: "other"))
    let next = SteeringFile(store: scratch.path)
    #expect(next[sweep] == SweepSteering(priority: 30, isPaused: true))
    #expect(next[Digest(of: "other")] == SweepSteering(priority: 5))
    try file.set(SweepSteering(), of: sweep)
    #expect(SteeringFile(store: scratch.path)[sweep] == SweepSteering())
  }

  @Test func memoryIsKeptBesideAndGoesWithTheSweep() throws {
    let memory = TaskMemory(part: 1 << 34, other: nil)
    var file = SteeringFile(store: scratch.path)
    try file.set(memory, of: sweep)
    try file.set(SweepSteering(priority: 30), of: sweep)
    var next = SteeringFile(store: scratch.path)
    #expect(next.memory(of: sweep) == memory && next[sweep].priority == 30)
    try next.set(SweepSteering(), of: sweep)
    #expect(SteeringFile(store: scratch.path).memory(of: sweep) == memory)
    try next.remove(sweep)
    #expect(SteeringFile(store: scratch.path).memory(of: sweep) == TaskMemory())
  }

  @Test func whatIsUsualIsNotWrittenAtAll() throws {
    var file = SteeringFile(store: scratch.path)
    try file.set(SweepSteering(), of: sweep)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: ["", "[]", "{", #"{"x": {"priority": 3}}"#, #"{"priority": 1}"#])
  func aFileThatCannotBeReadIsLikeNone(text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    var file = SteeringFile(store: scratch.path)
    #expect(file[sweep] == SweepSteering())
    try file.set(SweepSteering(priority: 100), of: sweep)
    #expect(SteeringFile(store: scratch.path)[sweep].priority == 100)
  }

  @Test func aPriorityOutOfRangeIsNotTaken() throws {
    try Data(#"{"\#(sweep)": {"paused": true, "priority": 101}}"#.utf8).write(to: URL(fileURLWithPath: path))
    #expect(SteeringFile(store: scratch.path)[sweep] == SweepSteering())
  }
}

/// What people read of a task.
@Suite struct ExplanationTextTests {
  private let task = TaskID(Digest(of: "task"))
  private let worker = WorkerID(bytes: Array(1...16))!

  private func lines(_ state: TaskExplanation.State, _ adjust: (inout TaskExplanation) -> Void = { _ in }) -> String {
    var explanation = TaskExplanation(task: task, taskClass: "trial random", state: state)
    adjust(&explanation)
    return explanation.lines.joined(separator: "\n")
  }

  @Test func everyStateHasAReason() {
    let texts = TaskExplanation.State.allCases.map { lines($0) }
    #expect(Set(texts).count == texts.count && texts.allSatisfy { $0.contains(task.short) })
  }

  @Test func aReadyTaskSaysWhatKeepsIt() {
    #expect(lines(.ready).contains("there are no workers"))
    #expect(lines(.ready) { $0.isPaused = true }.contains("is paused"))
    #expect(lines(.ready) { $0.isStorePaused = true }.contains("the store failed"))
    let pinned = lines(.ready) {
      $0.workerCount = 1
      $0.kernel = "Haswell"
      $0.obstacles = [.init(worker: worker, host: "node7", reason: .kernel)]
    }
    #expect(pinned.contains("no worker may have it now. It must be computed with the BLAS kernel Haswell."))
    #expect(pinned.contains("not on 01020304 on node7: it does not have the BLAS kernel"))
    #expect(lines(.ready) { $0.workerCount = 2 }.contains("waits for its turn"))
  }

  @Test func whatItNeedsWhoHasItAndWhatHappenedIsTold() {
    let text = lines(.running) {
      $0.label = "random, seed 0"
      $0.sweeps = ["june", "july"]
      $0.inputs = [.init(task: task, label: "the pool", state: .blocked)]
      $0.attempts = [RunningTask(task: task, label: "", worker: worker, host: "node7", seconds: 12.7, thousandths: 505)]
      $0.story = [.init(secondsAgo: 3.2, text: "granted", worker: worker)]
    }
    for part in [
      "random, seed 0 (task ", "wanted by june, july", "needs the pool, which is blocked",
      "held by 01020304 on node7 for 12 s, 50 % of it done", "3 s ago: granted, worker 01020304",
    ] { #expect(text.contains(part), "\(part)") }
  }
}
