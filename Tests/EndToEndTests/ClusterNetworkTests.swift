import Cluster
import Core
import Foundation
import ObjectStore
import TestSupport
import Testing
import Transport

/// Several hosts on one machine: network namespaces with their own addresses. Runs where it is allowed to make them.
@Suite(.serialized, .enabled(if: TestNetwork.isPossible)) struct ClusterNetworkTests {
  /// Waits for what stays true once it is: results of a worker, a worker that is gone. What runs at one moment says
  /// nothing, because a task is over before the next heartbeat tells that it has begun.
  @Test func workersJoinDrainLoseTheirLinkAndComeBack() throws {
    let network = try TestNetwork(hosts: ["c", "w1", "w2", "w3"])
    let cluster = try ClusterUnderTest(network: network, expirySeconds: 3)
    try cluster.startCoordinator()
    try cluster.startWorker(on: "w1")
    try cluster.startWorker(on: "w2")
    // More than three slots can do in this time, so that there is work at every step.
    try cluster.submit(
      NothingSweep(name: "hosts", count: 6_000, parameters: ["wait": 0.1, "bytes": 50_000], shared: 1_000_000))
    try waitUntil("two hosts hand in results") { try (1...2).allSatisfy { try cluster.results(ofWorker: $0) > 0 } }
    try cluster.startWorker(on: "w3")
    try waitUntil("the third hands in results too") { try cluster.results(ofWorker: 3) > 0 }

    let first = try #require(try cluster.worker(1)).id
    _ = try cluster.client().drain(.named(first.description))
    try waitUntil("the first has left") { !cluster.workers[0].isRunning }
    #expect(cluster.workers[0].status == 0)

    try network.setLink(of: "w2", up: false)
    try waitUntil("the second is missed") { try cluster.worker(2) == nil }
    try cluster.waitUntilDone(try cluster.status().counts.done + 10)
    try network.setLink(of: "w2", up: true)
    // It held two attempts at most when it was cut off.
    try waitUntil("the second is back and gets new work") { try cluster.results(ofWorker: 2) > 4 }

    _ = try cluster.client().cancel(sweep: "hosts")
    try waitUntil("what was on its way has arrived") { try cluster.status().counts.isFinished }
    let sweep = NothingSweep(name: "after", count: 20)
    try cluster.submit(sweep)
    try waitUntil("the last sweep is done") { try cluster.status().counts.isFinished }
    #expect(try cluster.attempts(of: sweep).count == 20)
    let store = try Store.openForReading(at: cluster.store)
    let tasks = try store.tasks()
    #expect(try cluster.status().counts.done == tasks.count)
    for task in tasks { #expect(try store.variants(of: task).count == 1) }
    try cluster.requireSoundStore()
  }
}

/// Hosts as network namespaces, each with one address, joined by a bridge that the tests can reach too.
final class TestNetwork {
  private let tag = WorkerID.random().short
  private let subnet = Int.random(in: 0...200)
  private let hosts: [String]

  private var bridge: String { "wb\(tag)" }
  private func space(_ host: String) -> String { "winnow-\(tag)-\(host)" }
  private func outside(_ host: String) -> String { "v\(tag)\(host)" }

  /// Whether this user of this machine can make namespaces and bridges.
  static let isPossible: Bool = {
    guard getuid() == 0, let network = try? TestNetwork(hosts: ["t"]) else { return false }
    return (try? network.address(of: "t")) != nil
  }()

  init(hosts: [String]) throws {
    self.hosts = hosts
    try Self.ip("link", "add", bridge, "type", "bridge")
    try Self.ip("addr", "add", "10.203.\(subnet).1/24", "dev", bridge)
    try Self.ip("link", "set", bridge, "up")
    for host in hosts {
      try Self.ip("netns", "add", space(host))
      try Self.ip("link", "add", outside(host), "type", "veth", "peer", "name", "eth0", "netns", space(host))
      try Self.ip("link", "set", outside(host), "master", bridge, "up")
      try Self.ip("-n", space(host), "addr", "add", "\(try address(of: host))/24", "dev", "eth0")
      for device in ["eth0", "lo"] { try Self.ip("-n", space(host), "link", "set", device, "up") }
    }
  }

  deinit {
    for host in hosts { try? Self.ip("netns", "del", space(host)) }
    try? Self.ip("link", "del", bridge)
  }

  func address(of host: String) throws -> String {
    "10.203.\(subnet).\(10 + (try #require(hosts.firstIndex(of: host))))"
  }

  /// Unplugs a host, or plugs it in.
  func setLink(of host: String, up: Bool) throws {
    try Self.ip("-n", space(host), "link", "set", "eth0", up ? "up" : "down")
  }

  /// What to put before a program so that it runs on `host`.
  func prefix(_ host: String) -> [String] { ["/sbin/ip", "netns", "exec", space(host)] }

  private static func ip(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/sbin/ip")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CommandFailed(arguments: arguments) }
  }

  struct CommandFailed: Error { let arguments: [String] }
}
