import Cluster
import Core
import Foundation
import TestSupport
import Testing
import Transport

/// Several hosts on one machine: network namespaces with their own addresses. Runs where it is allowed to make them.
@Suite(.serialized, .enabled(if: TestNetwork.isPossible)) struct ClusterNetworkTests {
  @Test func workersJoinDrainLoseTheirLinkAndComeBack() throws {
    let network = try TestNetwork(hosts: ["c", "w1", "w2", "w3"])
    let cluster = try ClusterUnderTest(network: network, expirySeconds: 3)
    try cluster.startCoordinator()
    try cluster.startWorker(on: "w1")
    try cluster.startWorker(on: "w2")
    let sweep = NothingSweep(name: "hosts", count: 400, parameters: ["wait": 0.1, "bytes": 50_000], shared: 1_000_000)
    try cluster.submit(sweep)
    try cluster.waitUntilDone(20)
    try cluster.startWorker(on: "w3")
    try waitUntil("three hosts work") { try cluster.status().workers.filter { $0.running > 0 }.count == 3 }
    // All namespaces share one host name, so the agent is found by the name that it logged.
    _ = try cluster.client().drain(worker: try cluster.name(ofWorker: 1))
    try waitUntil("the first has left") { !cluster.workers[0].isRunning }
    #expect(cluster.workers[0].status == 0)
    try network.setLink(of: "w2", up: false)
    try waitUntil("the second is missed") {
      try cluster.status().workers.filter { $0.state == .active }.count == 1
    }
    let done = try cluster.status().counts.done
    try cluster.waitUntilDone(done + 10)
    try network.setLink(of: "w2", up: true)
    try waitUntil("the second is back") { try cluster.status().workers.filter { $0.state == .active }.count == 2 }
    try cluster.waitUntilDone(401, seconds: 120)
    _ = try cluster.attempts(of: sweep)
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
