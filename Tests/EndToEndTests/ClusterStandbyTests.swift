import Cluster
import Core
import Foundation
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Transport

/// A second coordinator that waits for the store of the first.
@Suite(.serialized) struct ClusterStandbyTests {
  private let sweep = NothingSweep(name: "long", count: 60, parameters: ["wait": 0.1, "bytes": 2_000], shared: 50_000)

  private func client(of cluster: ClusterUnderTest) throws -> ClusterClient {
    let address = try cluster.address
    let ports = try CoordinatorPorts.list(connect: cluster.places, objects: [])
    return try ClusterClient(
      CoordinatorAddress(ports: ports, keys: address.keys, serverKey: address.serverKey), patienceSeconds: 20)
  }

  /// What each task gave.
  private func outcomes(of cluster: ClusterUnderTest) throws -> [Digest] {
    let store = try Store.openForReading(at: cluster.store)
    return try sweep.plan.tasks.map { try #require(try store.outcome(of: $0.id)).digest }
  }

  @Test func itTakesTheStoreOverWhenTheFirstIsKilledAndNothingIsLostOrDifferent() throws {
    let calm = try ClusterUnderTest()
    try calm.startCoordinator()
    try calm.startWorker(slots: 4)
    try calm.submit(sweep)

    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startStandby()
    for _ in 0..<2 { try cluster.startWorker(slots: 2) }
    let client = try client(of: cluster)
    _ = try client.submit(sweep.json.canonical)
    let watch = try Programs.Started(
      "winnow",
      ["watch", "--key", cluster.keys + "/client.key", "--server-key", cluster.keys + "/coordinator.pub"]
        + cluster.places.flatMap { ["--connect", $0] })
    try waitUntil("something is done") { try client.status(workers: false).counts.done >= 10 }
    let before = try client.status(workers: false)
    #expect(client.address.endpoint.description == cluster.places[0])
    #expect(before.counts.done < sweep.plan.tasks.count)

    try cluster.killCoordinator()
    // The very client that had spoken with the first goes over, and so do the workers.
    try waitUntil("everything is done") { try client.status(workers: false).counts.isFinished }
    let after = try client.status(workers: true)
    #expect(client.address.endpoint.description == cluster.places[1])
    #expect(after.coordinatorEpoch > before.coordinatorEpoch && after.workers.count == 2)
    #expect(after.counts.done == sweep.plan.tasks.count)
    let seen = try watch.awaitEnd()
    #expect(seen.status == 0, "\(seen.errors)")
    try cluster.requireSoundStore()
    // Nothing that was finished or under way was begun again.
    #expect(try cluster.attempts(of: sweep).allSatisfy { $0 == 1 })

    try calm.waitUntilDone(sweep.plan.tasks.count)
    #expect(try outcomes(of: cluster) == outcomes(of: calm))
  }

  @Test func itTakesOverFromOneThatEndsInOrderAndEndsItselfWhileItWaits() throws {
    let cluster = try ClusterUnderTest()
    try cluster.startCoordinator()
    try cluster.startStandby()
    // One that was not told to wait is refused, as ever.
    let third = try RunningProgram.run(
      "winnow-coordinator", ["--config", cluster.directory + "/cluster.json"], in: cluster.directory)
    #expect(third.status == 1 && third.output.contains("winnow-coordinator, process"))
    let first = try #require(cluster.coordinator)
    first.signal(SIGTERM)
    try waitUntil("the first ends") { !first.isRunning }
    try cluster.killCoordinator()
    #expect(text(cluster.log("standby")).contains("the store is free: taking over"))
    try cluster.startStandby()
    let waiting = try #require(cluster.standby)
    waiting.signal(SIGTERM)
    try waitUntil("the standby ends") { !waiting.isRunning }
    #expect(waiting.status == 0)
    #expect(try cluster.status().workers.isEmpty, "who works is not disturbed")
  }
}
