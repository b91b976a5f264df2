package import Core
import Execution
import Files
import Foundation
package import Planning
import Sweeps

/// A task that computes nothing: it waits, reads, makes or fails as it is told.
struct NothingTask {
  let specification: TaskSpecification
  let inputs: any InputReading

  func run(_ context: TaskContext) throws -> TaskProduct {
    let parameters = specification.parameters
    if let reason = parameters["fail"]?.text { throw TaskFailure(reason) }
    var bytesRead = 0
    for name in specification.inputs.keys.sorted() {
      bytesRead += try inputs.objects(of: name).values.reduce(0) { $0 + $1.count }
    }
    let held = [UInt8](repeating: 1, count: max(0, parameters["hold"]?.int ?? 0))
    try wait(seconds: parameters["wait"]?.double ?? 0, context)
    // Until here.
    withExtendedLifetime(held) {}
    let values: JSONValue = ["bytesRead": .integer(Int64(bytesRead))]
    guard let size = parameters["bytes"]?.int, size >= 0 else { return TaskProduct(values: values) }
    return TaskProduct(
      objects: ["bytes": (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }], values: values)
  }

  private func wait(seconds: Double, _ context: TaskContext) throws {
    let start = MonotonicClock.now
    let end = start.advanced(bySeconds: seconds)
    while MonotonicClock.now < end {
      try context.proceed(MonotonicClock.now.seconds(since: start) / seconds)
      Thread.sleep(forTimeInterval: min(0.01, end.seconds(since: MonotonicClock.now).magnitude))
    }
  }
}

/// A sweep of tasks that compute nothing, for measuring and testing a cluster: `{"nothing": {…}}` in place of a sweep.
///
/// Keys: `name`, `count` (how many tasks), `parameters` (of each task: `wait` seconds, `hold` so many bytes of
/// memory meanwhile, `bytes` of an object to make, `fail` with a text), `shared` (bytes of an object that one more task makes and all others read), `chain` (each task
/// waits for the one before).
package struct NothingSweep: Hashable, Sendable {
  package let name: String
  package let count: Int
  package let parameters: [String: JSONValue]
  package let shared: Int?
  package let isChain: Bool

  package init(
    name: String, count: Int, parameters: [String: JSONValue] = [:], shared: Int? = nil, isChain: Bool = false
  ) {
    self.name = name
    self.count = count
    self.parameters = parameters
    self.shared = shared
    self.isChain = isChain
  }

  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    name = try object.string("name") ?? "nothing"
    count = try object.integer("count", in: 1...1_000_000) ?? 1
    parameters = object.value("parameters")?.members ?? [:]
    shared = try object.integer("shared", in: 0...(1 << 30))
    isChain = try object.bool("chain") ?? false
    try object.finish()
  }

  /// What is submitted, and what ``init(json:place:)`` reads under `nothing`.
  package var json: JSONValue {
    [
      "nothing": [
        "name": .string(name), "count": .integer(Int64(count)), "parameters": .object(parameters),
        "shared": shared.map { .integer(Int64($0)) } ?? .null, "chain": .bool(isChain),
      ]
    ]
  }

  /// The tasks: the shared one first.
  package var plan: PlannedSweep {
    var tasks: [PlannedSweep.Node] = []
    var inputs: [String: TaskID] = [:]
    if let shared {
      let maker = TaskSpecification(
        kind: .nothing, parameters: ["sweep": .string(name), "bytes": .integer(Int64(shared))])
      tasks.append(PlannedSweep.Node(specification: maker, label: "\(name), shared"))
      inputs["shared"] = maker.id
    }
    for index in 0..<count {
      let own: [String: JSONValue] = ["sweep": .string(name), "index": .integer(Int64(index))]
      let specification = TaskSpecification(
        kind: .nothing, parameters: .object(parameters.merging(own) { $1 }), inputs: inputs)
      tasks.append(PlannedSweep.Node(specification: specification, label: "\(name), \(index)"))
      if isChain { inputs["last"] = specification.id }
    }
    return PlannedSweep(id: Digest(of: json.canonical), name: name, record: json, tasks: tasks)
  }
}
