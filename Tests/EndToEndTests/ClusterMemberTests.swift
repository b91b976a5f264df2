import Cluster
import Coordination
import Core
import Files
import Foundation
import ObjectStore
import Sweeps
import TestSupport
import Testing
import Transport
import Wire

/// What whoever holds an ordinary worker's key cannot do.
@Suite(.serialized) struct ClusterMemberTests {
  private let cluster: ClusterUnderTest

  init() throws {
    cluster = try ClusterUnderTest()
    for name in ["other", "third", "ada"] { try KeyFile.create(name: name, in: cluster.keys) }
    try authorize("other", .worker)
    try authorize("third", .worker)
    try authorize("ada", .client)
    try cluster.startCoordinator()
  }

  private func authorize(_ name: String, _ role: Role) throws {
    try AuthorizedKeys.append(
      try KeyFile.readPublic("\(cluster.keys)/\(name).pub"), name: name, role: role,
      to: cluster.keys + "/authorized_keys")
  }

  private func client(_ key: String) throws -> ClusterClient {
    let address = try cluster.address
    return try ClusterClient(
      CoordinatorAddress(
        ports: address.ports, keys: try KeyFile.readPair("\(cluster.keys)/\(key).key"),
        serverKey: address.serverKey), patienceSeconds: 20)
  }

  private func outcome(of task: TaskID, bytesRead: Int64 = 0, making bytes: [UInt8]? = nil) -> Outcome {
    let objects = bytes.map { ["bytes": ObjectReference(digest: Digest(of: $0), size: $0.count)] } ?? [:]
    return Outcome(task: task, kind: .nothing, objects: objects, values: ["bytesRead": .integer(bytesRead)])
  }

  @Test func aWorkersKeyCannotSubmitWatchRetryDrainOrShutDown() throws {
    let worker = try client("worker")
    let requests: [() throws -> Void] = [
      { _ = try worker.submit(NothingSweep(name: "mine", count: 1).json.canonical) },
      { _ = try worker.status(workers: true) }, { _ = try worker.failures() }, { _ = try worker.retryFailed() },
      { _ = try worker.cancel(sweep: "mine") }, { _ = try worker.drain(.named("a")) }, { _ = try worker.shutdown() },
    ]
    for request in requests {
      let refusal = #expect(throws: ClusterRefusal.self) { try request() }
      #expect(refusal?.description.contains("the key worker (worker) may not do this") == true)
    }
    let status = try cluster.status()
    #expect(status.sweeps.isEmpty && !status.isClosing && status.counters.refusedRequests == requests.count)
  }

  @Test func aClientsKeySubmitsAndWatchesButDoesNotComputeDrainOrShutDown() throws {
    let ada = try client("ada")
    _ = try ada.submit(NothingSweep(name: "hers", count: 1).json.canonical)
    #expect(try ada.status(workers: true).sweeps.map(\.name) == ["hers"])
    #expect(throws: ClusterRefusal.self) { try ada.shutdown() }
    #expect(throws: ClusterRefusal.self) { try ada.drain(.named("a")) }
    let agent = try ScriptedAgent(cluster, key: "ada")
    agent.sayHello()
    let reject = try agent.hear("a refusal") { if case .reject(let reject) = $0 { reject } else { nil } }
    #expect(reject.reason.contains("may not compute"))
    #expect(try cluster.status().workers.isEmpty)
  }

  @Test func noFileOfTheCoordinatorsHostIsOpenedForWhoeverSubmits() throws {
    let secret = cluster.keys + "/coordinator.key"
    let sweep = try JSONValue.parse(
      Array(
        #"{"strategies": [{"name": "external", "program": "\#(secret)"}], "budgets": [40], "seeds": 1}"#.utf8),
      source: "sweep")
    let refusal = #expect(throws: ClusterRefusal.self) { try client("ada").submit(sweep.canonical) }
    #expect(refusal?.description.contains("was not handed in with the sweep") == true, "\(refusal?.description ?? "")")
    let bytes = try FileReading.bytes(of: secret, limit: 1 << 20)
    #expect(try !Store.openForReading(at: cluster.store).contains(Digest(of: bytes)))
  }

  @Test func aRemovedKeyIsCutAtOnce() throws {
    try cluster.submit(NothingSweep(name: "long", count: 1))
    let agent = try ScriptedAgent(cluster, key: "other")
    try agent.join()
    let attempt = try agent.grant().attempt
    let list = cluster.keys + "/authorized_keys"
    let other = try KeyFile.readPublic(cluster.keys + "/other.pub").description
    let lines = text(list).split(separator: "\n").filter { !$0.hasPrefix(other) }
    try FileWriting.replace(list, Array((lines.joined(separator: "\n") + "\n").utf8), mode: 0o600)
    let reject = try agent.hear("that it is cut") { if case .reject(let reject) = $0 { reject } else { nil } }
    #expect(reject.reason.contains("not among the authorised keys"))
    #expect(try cluster.status().workers.isEmpty)
    // Its connection is still open; what it says there is nobody's word any more.
    agent.handIn(attempt, outcome(of: attempt.task, bytesRead: 9_999))
    _ = try agent.hear("a refusal") { if case .reject(let reject) = $0 { reject } else { nil } }
    #expect(try cluster.status().counts.done == 0)
  }

  @Test func aNameBelongsToTheKeyThatBroughtIt() throws {
    try cluster.submit(NothingSweep(name: "two", count: 2))
    let honest = try ScriptedAgent(cluster, key: "worker")
    try honest.join()
    let attempt = try honest.grant().attempt
    let thief = try ScriptedAgent(cluster, id: honest.id, key: "other")
    thief.sayHello(incarnation: 9)
    let reject = try thief.hear("a refusal") { if case .reject(let reject) = $0 { reject } else { nil } }
    #expect(reject.reason.contains("belongs to a worker with another key"))
    // What is meant for the honest one still reaches it.
    honest.handIn(attempt, outcome(of: attempt.task))
    #expect(try honest.acknowledgement() == attempt)
    #expect(try cluster.status().workers.map(\.keyName) == ["worker"])
  }

  @Test func aResultThatWasNotAskedForIsNotTaken() throws {
    try cluster.submit(NothingSweep(name: "two", count: 2))
    let honest = try ScriptedAgent(cluster, key: "worker")
    try honest.join()
    let attempt = try honest.grant().attempt
    let liar = try ScriptedAgent(cluster, key: "other")
    // Claims of an earlier life of the coordinator are no better.
    let claims = [attempt, AttemptName(task: attempt.task, epoch: Epoch(1))]
    try liar.join(credits: 0, attempts: claims.map { AttemptReport(attempt: $0, phase: .finished) })
    for claim in claims {
      liar.handIn(claim, outcome(of: claim.task, bytesRead: 9_999))
      #expect(try liar.rejection().cause == .notGranted)
    }
    honest.handIn(attempt, outcome(of: attempt.task))
    #expect(try honest.acknowledgement() == attempt)
    let store = try Store.openForReading(at: cluster.store)
    #expect(try store.outcome(of: attempt.task)?.bytes == outcome(of: attempt.task).canonical)
    #expect(try store.incidents().isEmpty)
    let by = try JSONValue.parse(try #require(try store.attempts(of: attempt.task).first), source: "attempt")["by"]
    #expect(by?["name"]?.text == "worker")
    #expect(by?["key"]?.text == (try KeyFile.readPublic(cluster.keys + "/worker.pub").description))
  }

  @Test func aFinishedResultIsNotChanged() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    let liar = try ScriptedAgent(cluster, key: "other")
    try liar.join()
    let attempt = try liar.grant().attempt
    let first = outcome(of: attempt.task)
    liar.handIn(attempt, first)
    _ = try liar.acknowledgement()
    // Readers used to take the lowest digest of several.
    for number: Int64 in 1...6 {
      liar.handIn(attempt, outcome(of: attempt.task, bytesRead: number))
      _ = try liar.acknowledgement()
    }
    let store = try Store.openForReading(at: cluster.store)
    #expect(try store.outcome(of: attempt.task)?.bytes == first.canonical)
    #expect(try store.variants(of: attempt.task).count == 1)
    #expect(try store.incidents().count == 6)
    let listed = try Programs.run("winnow", ["incidents", "--store", cluster.store])
    #expect(listed.status == 4 && listed.output.contains("the key other"))
  }

  @Test func whoContradictsTwoKeysIsNamedWithWhatToDo() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    let liar = try ScriptedAgent(cluster, key: "other")
    try liar.join()
    let attempt = try liar.grant().attempt
    liar.handIn(attempt, outcome(of: attempt.task, bytesRead: 7))
    _ = try liar.acknowledgement()
    liar.handIn(attempt, outcome(of: attempt.task, bytesRead: 8))
    _ = try liar.acknowledgement()
    func incidents(_ arguments: [String] = []) throws -> Programs.Ending {
      try Programs.run("winnow", ["incidents", "--store", cluster.store] + arguments)
    }
    #expect(try incidents().output.contains("under another key than that of other; as long as no such worker"))
    // Somebody with another key is asked at once, and then somebody with a third one.
    for key in ["worker", "third"] {
      let honest = try ScriptedAgent(cluster, key: key)
      try honest.join()
      let again = try honest.grant().attempt
      #expect(again.task == attempt.task)
      honest.handIn(again, outcome(of: attempt.task))
      _ = try honest.acknowledgement()
    }
    let run = try incidents()
    #expect(run.status == 4)
    #expect(run.output.contains("worker and third agree on another outcome than the one that is kept"), "\(run.output)")
    #expect(run.output.contains("`winnow store revoke --key other` takes back"))
    // Another one of its own, that of the first honest key, and that this was found again.
    let json = try incidents(["--json"]).output
    #expect(json.components(separatedBy: #""verdict": "overturned""#).count == 4, "\(json)")
    #expect(json.contains(#""kind": "agreeing""#) && json.contains(#""name": "other""#))
    // What is kept stays until people take it back.
    let store = try Store.openForReading(at: cluster.store)
    #expect(try store.outcome(of: attempt.task)?.bytes == outcome(of: attempt.task, bytesRead: 7).canonical)
  }

  @Test func whatIsNotSettledWhenACoordinatorEndsTheNextOneSettlesThoughTheSweepHasEnded() throws {
    try cluster.submit(NothingSweep(name: "one", count: 1))
    let liar = try ScriptedAgent(cluster, key: "other")
    try liar.join()
    let attempt = try liar.grant().attempt
    liar.handIn(attempt, outcome(of: attempt.task, bytesRead: 7))
    _ = try liar.acknowledgement()
    liar.handIn(attempt, outcome(of: attempt.task, bytesRead: 8))
    _ = try liar.acknowledgement()
    try waitUntil("the sweep has ended") { text(cluster.coordinatorLog).contains("has ended: 1 of 1") }
    try #require(cluster.coordinator).kill()
    try cluster.startCoordinator()
    #expect(try cluster.status().sweeps.map(\.name) == ["disputed results"])
    for key in ["worker", "third"] {
      let honest = try ScriptedAgent(cluster, key: key)
      try honest.join()
      let again = try honest.grant().attempt
      #expect(again.task == attempt.task)
      honest.handIn(again, outcome(of: attempt.task))
      _ = try honest.acknowledgement()
    }
    let store = try Store.openForReading(at: cluster.store)
    let dispute = try #require(try store.disputes().first)
    guard case .overturned = dispute.verdict else {
      Issue.record("\(dispute.verdict)")
      return
    }
    #expect(Set(dispute.wrong.map(\.name)) == ["other"])
    // What is settled is not taken up again.
    try #require(cluster.coordinator).kill()
    try cluster.startCoordinator()
    #expect(try cluster.status().sweeps.isEmpty)
  }

  @Test func objectsAreServedForGrantsAndTakenForResultsOnly() throws {
    try cluster.submit(NothingSweep(name: "read", count: 1, shared: 5_000))
    let agent = try ScriptedAgent(cluster, key: "worker")
    try agent.join()
    // The task that all others read.
    let first = try agent.grant().attempt
    let bytes = (0..<5_000).map { UInt8(truncatingIfNeeded: $0) }
    let thief = try ScriptedAgent(cluster, key: "other")
    try thief.join(credits: 0)
    #expect(try !thief.put(bytes, for: nil).stored, "an object of no task")
    #expect(try !thief.put(bytes, for: first).stored, "an object of somebody else's task")
    #expect(try agent.put(bytes, for: first).stored)
    let shared = Outcome(
      task: first.task, kind: .nothing,
      objects: ["bytes": ObjectReference(digest: Digest(of: bytes), size: bytes.count)],
      values: ["bytesRead": 0])
    agent.handIn(first, shared)
    _ = try agent.acknowledgement()
    agent.beat(credits: 1)
    _ = try agent.grant()
    #expect(try agent.get(Digest(of: bytes)) == bytes)
    #expect(try thief.get(Digest(of: bytes)) == nil)
  }

  @Test func whoTakesTasksAndFinishesNoneDoesNotKeepThemFromOthers() throws {
    try cluster.submit(NothingSweep(name: "wanted", count: 300))
    let hoarder = try ScriptedAgent(cluster, key: "other")
    try hoarder.join(credits: 65_536)
    _ = try hoarder.grant()
    try cluster.startWorker()
    try cluster.waitUntilDone(230)
    // Sixty-odd at most went to who has never finished anything.
    #expect(try cluster.status().workers.first { $0.keyName == "other" }?.held ?? 0 <= 64)
  }

  @Test func aFloodLeavesOthersAnswered() throws {
    let flooder = try ScriptedAgent(cluster, key: "other")
    try cluster.startWorker()
    try cluster.submit(NothingSweep(name: "undisturbed", count: 50))
    var slowest = 0.0
    for _ in 0..<200 {
      for _ in 0..<100 { flooder.sayHello(as: .random(), cores: (0..<64).map { "core \($0) \(UUID())" }) }
      let start = MonotonicClock.now
      _ = try cluster.status()
      slowest = max(slowest, MonotonicClock.now.seconds(since: start))
    }
    try cluster.waitUntilDone(50)
    #expect(slowest < 10, "a status took \(slowest) s")
    // Its workers are bounded, and so are the kinds of hosts that it can invent.
    #expect(try cluster.status().workerCount <= 2_049)
    #expect(try cluster.status().counters.refusedAgents > 0)
  }
}
