import Core
import Foundation
import ObjectStore

/// How fast the store takes in and gives back, as rates and as multiples of what the machine itself does in the same run.
///
/// Taking in is bound by the disk: its limit is one synchronised write of 4 KiB over an old one. Giving back is bound by
/// the processor: its limit is SHA-256, and processor time is what counts. Disks of virtual machines change by a factor
/// of thirty within hours, so only the ratios mean anything elsewhere.
enum StoreBenchmark {
  /// Prints a line per workload: medians of `arguments[0]` (5 unless given) repetitions, on the disk of the directory
  /// `arguments[1]` (that of temporary files unless given).
  static func run(arguments: [String]) throws {
    let repetitions = arguments.first.flatMap(Int.init) ?? 5
    let parent = arguments.count > 1 ? arguments[1] : NSTemporaryDirectory()
    let directory = "\(parent)/winnow-store-benchmark-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    print("store in \(parent); medians of \(repetitions) [least–most]")
    print("taking in; ratio = to synchronised 4 KiB writes around it")
    for workload in takingIn {
      try report(workload, in: directory, repetitions: repetitions) { try synchronizedWrites(in: directory).overwrite }
    }
    print("giving back, per second of processor time; ratio = to SHA-256 around it")
    for workload in givingBack { try report(workload, in: directory, repetitions: repetitions, limit: digestRate) }
    let disk = try (0..<repetitions).map { _ in try synchronizedWrites(in: directory) }
    print(line("4 KiB appended + fdatasync", disk.map(\.append), "/s"))
    print(line("4 KiB overwritten + fdatasync", disk.map(\.overwrite), "/s"))
    print(line("SHA-256 of 64 MiB", (0..<repetitions).map { _ in digestRate() }, "MB/s"))
  }

  private static func report(
    _ workload: Workload, in directory: String, repetitions: Int, limit: () throws -> Double
  ) throws {
    var (rates, ratios): ([Double], [Double]) = ([], [])
    for _ in 0..<repetitions {
      let before = try limit()
      let path = "\(directory)/store"
      let rate = try workload.rate(path)
      try FileManager.default.removeItem(atPath: path)
      rates.append(rate)
      ratios.append(rate * 2 / (before + (try limit())))
    }
    let ratio = String(format: "  ratio %.2f [%.2f–%.2f]", median(ratios), ratios.min()!, ratios.max()!)
    print(line(workload.name, rates, workload.unit) + ratio)
  }

  private struct Workload: Sendable {
    let name: String
    let unit: String
    /// Works in a new store at the path and gives the rate.
    let rate: @Sendable (String) throws -> Double
  }

  private static let takingIn = [
    Workload(name: "commits one by one", unit: "/s") { try commitRate($0, count: 300, group: 1) },
    Workload(name: "commits in groups of 10", unit: "/s") {
      try commitRate($0, count: 2000, group: 10)
    },
    Workload(name: "commits in groups of 100", unit: "/s") {
      try commitRate($0, count: 5000, group: 100)
    },
    Workload(name: "objects of 1–4 KiB one by one", unit: "/s") {
      try putRate($0, count: 500, group: 1)
    },
    Workload(name: "objects of 1–4 KiB all at once", unit: "/s") {
      try putRate($0, count: 10_000, group: 10_000)
    },
    Workload(name: "objects of 1 MiB one by one", unit: "/s") {
      try largeRate($0, count: 20, group: 1)
    },
    Workload(name: "objects of 1 MiB in groups of 10", unit: "/s") {
      try largeRate($0, count: 40, group: 10)
    },
  ]

  private static let givingBack = [
    Workload(name: "objects of 1–4 KiB read, verified", unit: "MB/s") { try readRate($0, sizes: smallSizes(10_000)) },
    Workload(name: "check of objects of 1–4 KiB", unit: "MB/s") {
      try checkRate($0, sizes: smallSizes(10_000))
    },
    Workload(name: "check of objects of 4 MiB", unit: "MB/s") {
      try checkRate($0, sizes: [Int](repeating: 4 << 20, count: 32))
    },
  ]

  private static func commitRate(_ path: String, count: Int, group: Int) throws -> Double {
    let store = try Store.openForWriting(at: path, owner: "benchmark")
    let commits = (0..<count).map { number in
      let specification = (["number": .integer(Int64(number)), "padding": .string(text(400))] as JSONValue).canonical
      let outcome = (["number": .integer(Int64(number)), "values": .string(text(2000))] as JSONValue).canonical
      let attempt = (["number": .integer(Int64(number)), "host": .string(text(200))] as JSONValue).canonical
      return Commit(
        task: TaskID(Digest(of: specification)), specification: specification, outcome: outcome, objects: [],
        attempt: attempt)
    }
    return try rate(count) {
      for start in stride(from: 0, to: count, by: group) { _ = try store.commit(Array(commits[start..<start + group])) }
    }
  }

  private static func putRate(_ path: String, count: Int, group: Int) throws -> Double {
    let store = try Store.openForWriting(at: path, owner: "benchmark")
    let contents = objects(of: smallSizes(count))
    return try rate(count) {
      for start in stride(from: 0, to: count, by: group) { try store.put(Array(contents[start..<start + group])) }
    }
  }

  private static func largeRate(_ path: String, count: Int, group: Int) throws -> Double {
    let store = try Store.openForWriting(at: path, owner: "benchmark")
    let contents = objects(of: [Int](repeating: 1 << 20, count: count))
    return try rate(count) {
      for start in stride(from: 0, to: count, by: group) { try store.put(Array(contents[start..<start + group])) }
    }
  }

  private static func readRate(_ path: String, sizes: [Int]) throws -> Double {
    let store = try Store.openForWriting(at: path, owner: "benchmark")
    let digests = try store.put(objects(of: sizes))
    return try processorRate(sizes.reduce(0, +)) { for digest in digests { _ = try store.read(digest) } } / 1e6
  }

  private static func checkRate(_ path: String, sizes: [Int]) throws -> Double {
    let store = try Store.openForWriting(at: path, owner: "benchmark")
    try store.put(objects(of: sizes))
    return try processorRate(sizes.reduce(0, +)) {
      let report = try store.check()
      precondition(report.isClean, "the benchmark's own store is damaged: \(report.problems)")
    } / 1e6
  }

  /// What the disk does without us.
  private static func synchronizedWrites(in directory: String) throws -> (append: Double, overwrite: Double) {
    let path = "\(directory)/log"
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    precondition(descriptor >= 0, "cannot write \(path)")
    defer {
      close(descriptor)
      unlink(path)
    }
    let block = [UInt8](repeating: 7, count: 4096)
    let count = 100
    func writeAll() {
      for number in 0..<count {
        pwrite(descriptor, block, block.count, off_t(number * block.count))
        fdatasync(descriptor)
      }
    }
    let append = rate(count, writeAll)
    return (append, rate(count, writeAll))
  }

  private static func digestRate() -> Double {
    let content = [UInt8](repeating: 3, count: 64 << 20)
    return processorRate(content.count) { _ = Digest(of: content) } / 1e6
  }

  private static func smallSizes(_ count: Int) -> [Int] {
    var generator = SeededGenerator(seed: 0, purpose: "benchmark sizes")
    return (0..<count).map { _ in 1024 + generator.integer(below: 3073) }
  }

  private static func objects(of sizes: [Int]) -> [[UInt8]] {
    sizes.enumerated().map { number, size in
      Array("\(number) ".utf8) + [UInt8](repeating: UInt8(number & 255), count: size)
    }
  }

  private static func text(_ count: Int) -> String { String(repeating: "winnow ", count: count / 7) }

  private static func rate(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return Double(count) / ((clock.now - start) / .seconds(1))
  }

  /// The same per second of processor time, which neighbours on the machine do not change much.
  private static func processorRate(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    return Double(count) / (Double(clock() - start) / Double(CLOCKS_PER_SEC))
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private static func line(_ name: String, _ rates: [Double], _ unit: String) -> String {
    name.padding(toLength: 36, withPad: " ", startingAt: 0)
      + String(format: "%9.0f [%.0f–%.0f] ", median(rates), rates.min()!, rates.max()!) + unit
  }
}
