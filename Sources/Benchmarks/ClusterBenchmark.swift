import Cluster
import Core
import Files
import Foundation
import ObjectStore

/// How many tasks that compute nothing pass through a coordinator, two workers and a store on this machine.
///
/// The whole path with CURVE on loopback: grant, agent, slot process, spool, result, durable commit, acknowledgement.
enum ClusterBenchmark {
  private static let workers = 2

  /// Prints tasks per second for `arguments[0]` tasks (20,000 unless given), and the time from one task to the next
  /// when each waits for the one before.
  static func run(arguments: [String]) throws {
    let count = arguments.first.flatMap(Int.init) ?? 20_000
    let store = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-benchmark-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: store) }
    let cluster = try EmbeddedCluster(store: store, workers: workers)
    defer { cluster.stop() }
    let client = try ClusterClient(cluster.address, patienceSeconds: 120)
    // Slot processes start with the first task.
    _ = try seconds(of: NothingSweep(name: "warm up", count: 200), client)
    let wide = try seconds(of: NothingSweep(name: "wide", count: count), client)
    print(String(format: "%d tasks through %d workers: %.0f tasks/s", count, workers, Double(count) / wide))
    let chain = NothingSweep(name: "chain", count: 1_000, isChain: true)
    _ = try seconds(of: chain, client)
    cluster.stop()
    try printGaps(of: chain, in: store)
  }

  /// From the moment before the sweep is handed in until all its tasks are durable.
  private static func seconds(of sweep: NothingSweep, _ client: ClusterClient) throws -> Double {
    let start = MonotonicClock.now
    let id = try client.submit(sweep.json.canonical).sweep
    while true {
      let counts = try client.status(workers: false).sweeps.first { $0.id == id }?.counts
      if let counts, counts.done == counts.total { return MonotonicClock.now.seconds(since: start) }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// The time between the ends of neighbouring tasks: one task in flight, its result durable before the next is granted.
  private static func printGaps(of chain: NothingSweep, in path: String) throws {
    let store = try Store.openForReading(at: path)
    let ends = try chain.plan.tasks.compactMap { task in
      try store.attempts(of: task.id).first.flatMap {
        try JSONValue.parse($0, source: "attempt")["finishedAt"]?.double
      }
    }
    let gaps = zip(ends.dropFirst(), ends).map { ($0 - $1) * 1_000 }.sorted()
    guard !gaps.isEmpty else { return }
    print(
      String(
        format: "one task in flight, durable before the next: p50 %.2f ms, p99 %.2f ms", gaps[gaps.count / 2],
        gaps[gaps.count * 99 / 100]))
  }
}
