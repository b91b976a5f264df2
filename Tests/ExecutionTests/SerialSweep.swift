import Core
import Execution
import Planning
import Sweeps

/// Runs a whole sweep on the calling thread, without store or cluster: the plainest way to the same outcomes.
final class SerialSweep {
  let plan: PlannedSweep
  private(set) var outcomes: [TaskID: Outcome] = [:]
  private(set) var phaseSeconds: [String: Double] = [:]
  private let executor = TaskExecutor(.standard(allowsPrograms: true))
  private let sources: [Digest: [UInt8]]
  private var objects: [Digest: [UInt8]] = [:]

  init(_ sweep: Sweep) throws {
    let resolved = try ResolvedSweep(sweep, catalogue: .standard())
    let files = try SourceFiles.read(for: resolved) { $0 }
    sources = try Dictionary(files.values.map { ($0.digest, try $0.bytes(0..<$0.size)) }) { first, _ in first }
    plan = try PlannedSweep(resolved, sources: files.mapValues(\.digest))
  }

  /// Runs every task that has no outcome yet, inputs first.
  func run() throws {
    for node in plan.tasks where outcomes[node.id] == nil { try run(node.specification) }
  }

  private func run(_ specification: TaskSpecification) throws {
    let inputs = Inputs(
      outcomes: specification.inputs.compactMapValues { outcomes[$0] },
      sources: specification.sources.compactMapValues { sources[$0] }, objects: objects)
    let product = try executor.execute(specification, inputs: inputs, context: .unobserved)
    var references: [String: ObjectReference] = [:]
    for (name, bytes) in product.objects {
      let digest = Digest(of: bytes)
      objects[digest] = bytes
      references[name] = ObjectReference(digest: digest, size: bytes.count)
    }
    for (phase, seconds) in product.phaseSeconds {
      let part = specification.parameters["options"]?["part"]?.text ?? specification.kind.name
      phaseSeconds["\(part)/\(phase)", default: 0] += seconds
    }
    outcomes[specification.id] = Outcome(
      task: specification.id, kind: specification.kind, objects: references, values: product.values)
  }

  /// What the finished trials measured, in the order of the grid.
  func trials() throws -> [(point: TrialPoint, values: TrialValues)] {
    try plan.table!.rows.compactMap { trial in
      guard let outcome = outcomes[trial.task] else { return nil }
      var values = try TrialValues(json: outcome.values, place: trial.point.label)
      for (name, task) in trial.measures { values.add(outcomes[task]!.values, measuredOn: name) }
      return (trial.point, values)
    }
  }
}

private struct Inputs: InputReading {
  let outcomes: [String: Outcome]
  let sources: [String: [UInt8]]
  let objects: [Digest: [UInt8]]

  func digests(of input: String) throws -> [String: Digest] { try outcome(input).objects.mapValues(\.digest) }

  func object(_ name: String, of input: String) throws -> [UInt8] {
    guard let reference = try outcome(input).objects[name], let bytes = objects[reference.digest] else {
      throw TaskFailure("no object \(name) of \(input)")
    }
    return bytes
  }

  func values(of input: String) throws -> JSONValue { try outcome(input).values }

  func source(_ name: String) throws -> [UInt8] {
    guard let bytes = sources[name] else { throw TaskFailure("no source \(name)") }
    return bytes
  }

  private func outcome(_ input: String) throws -> Outcome {
    guard let outcome = outcomes[input] else { throw TaskFailure("no input \(input)") }
    return outcome
  }
}
