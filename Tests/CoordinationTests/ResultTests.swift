import Coordination
import Core
import Testing
import Wire

@Suite struct ResultTests {
  let worker = Examples.worker(1)
  let other = Examples.worker(2)
  let task = Examples.task("a")

  @Test func aResultIsAcknowledgedOnlyAfterItsRecordIsDurable() throws {
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([task])))
    let grant = try #require(try coordinator.join(worker).grants(to: worker).first)
    #expect(grant.specification == task.json.canonical)

    let arrival = try coordinator.succeed(worker, grant.attempt, Examples.success(task))
    #expect(!arrival.acknowledges(grant.attempt))
    let request = try #require(arrival.commits.first)
    #expect(request.problem == nil)

    let end = try coordinator.handle(.committed(grant.attempt, by: worker))
    #expect(end.acknowledges(grant.attempt))
    #expect(end.finishedSweeps.map(\.done) == [1])
  }

  @Test func whatATaskNeedsIsDoneFirst() throws {
    let pool = Examples.task("pool", kind: .pool)
    let trial = Examples.task("trial", inputs: [pool])
    let object = NamedObject(name: "images", digest: Digest(of: "images"), size: 6)
    var coordinator = Coordinator()
    try coordinator.handle(.submitted(Examples.plan([pool, trial])))
    let first = try coordinator.join(worker, slots: 2).grants(to: worker)
    #expect(first.map(\.attempt.task) == [pool.id])
    let second = try coordinator.finish(worker, first[0].attempt, Examples.success(pool, objects: [object])).grants(
      to: worker)
    #expect(second.map(\.attempt.task) == [trial.id])
    #expect(second[0].inputs == [GrantInput(name: "input 0", objects: [object])])
  }
}
