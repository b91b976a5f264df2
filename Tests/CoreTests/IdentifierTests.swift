import Core
import Testing

@Suite struct IdentifierTests {
  @Test func workersNeverBeginWithZero() {
    for _ in 0..<2000 {
      let worker = WorkerID.random()
      #expect(worker.bytes.count == 16 && worker.bytes[0] != 0)
      #expect(WorkerID(bytes: worker.bytes) == worker)
    }
    #expect(WorkerID(bytes: [UInt8](repeating: 0, count: 16)) == nil)
    #expect(WorkerID(bytes: [UInt8](repeating: 1, count: 15)) == nil)
  }

  @Test func tasksReadBackFromText() {
    let task = TaskID(Digest(of: "task"))
    #expect(TaskID(task.description) == task)
    #expect(TaskID("not a task") == nil)
  }

  @Test func epochsGrow() {
    #expect(Epoch(4) < Epoch(4).next)
    #expect(Epoch(4).next == Epoch(5))
  }

  @Test func instantsMeasureDifferences() {
    let start = Instant(seconds: 1.5)
    let later = start.advanced(bySeconds: 0.25)
    #expect(later.seconds(since: start) == 0.25)
    #expect(start.seconds(since: later) == -0.25)
    #expect(start < later && Instant.zero < start)
    #expect(later.advanced(bySeconds: -1.75) == .zero)
  }
}
