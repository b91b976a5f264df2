package import Core
package import Datasets
import Formats
import Models
import Numerics
package import Planning
package import Sweeps
import Utilities

/// Measures a trial's network and subset on one more labelled set: that of the deployment, or one of an organisation's own.
package struct MeasureTask: TaskKind {
  let tables: Tables
  let cache: InputCache

  package var name: TaskKindName { .measure }
  package var version: Int { 4 }
  package var expectedSeconds: Double { 0.05 }

  /// What the measure is called, and the input that holds the set.
  private static let deployment = PartRole.deployment.rawValue

  package func measures(of dataset: DatasetDescription, sweep: Sweep) -> [MeasurePlan] {
    let evaluation = sweep.evaluation
    let deployment = dataset.part(for: .deployment).map { part in
      MeasurePlan(
        name: Self.deployment, parameters: { ["seed": .integer(Int64($0.seed))] }, parts: [Self.deployment: part.name],
        readsPools: true, algorithms: tables.utilities.versions(for: .measure(.deployment)))
    }
    return [deployment].compactMap { $0 }
      + dataset.sets.map { set in
        MeasurePlan(
          name: set.metric, parameters: { MeasureParameters(set.meaning, evaluation, seed: $0.seed).json },
          parts: ["set": set.part], algorithms: tables.utilities.versions(for: .measure(set.meaning.role)))
      }
  }

  package func run(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    var clock = PhaseClock()
    let parameters = try MeasureParameters(json: specification.parameters, place: "measure task")
    let network = try Network(bytes: try inputs.object(TrialObject.model.rawValue, of: TrialInput.trial.name))
    let role: PartRole
    let subject: MeasuredSubject
    if specification.inputs["set"] != nil {
      role = parameters.meaning.role
      subject = MeasuredSubject(
        network: network, set: try cache.set("set", inputs), meaning: parameters.meaning,
        transfer: parameters.transfer, seed: parameters.seed)
    } else {
      role = .deployment
      subject = MeasuredSubject(
        network: network, features: try features(specification, inputs),
        deployment: try cache.deployment(Self.deployment, inputs), seed: parameters.seed)
    }
    if let samples = subject.samples {
      try subject.network.requireAnswers(for: samples, name: "the samples of this measure")
    }
    clock.finish("read")
    let measured = try tables.utilities.measure(.measure(role), subject, context: context)
    clock.finish("measure")
    return TaskProduct(values: measured.json, phaseSeconds: clock.seconds)
  }

  /// Features of what the trial bought, in the order of its subset.
  private func features(_ specification: TaskSpecification, _ inputs: any InputReading) throws -> Matrix {
    let rows = try positions(.subset, inputs)
    guard specification.inputs[TrialInput.pool.name] == nil else { return try features(of: rows, in: .pool, inputs) }
    let sources = try JSONValue.parse(
      try inputs.object(TrialObject.sources.rawValue, of: TrialInput.trial.name), source: "sources of the trial")
    let shifts = try positions(.shifts, inputs)
    guard let names = sources.elements?.compactMap(\.text), shifts.count == rows.count else {
      throw TaskFailure("the trial's subset does not say which pool each sample is from")
    }
    // Each source's samples stand together, in the order of the sources.
    let parts = try names.indices.map { source in
      let own = zip(rows, shifts).filter { $1 == source }.map(\.0)
      return try features(of: own, in: .source(shift: names[source]), inputs)
    }
    return Matrix(rows: rows.count, columns: parts.first?.columns ?? 0, values: parts.flatMap(\.values))
  }

  private func features(of rows: [Int], in input: TrialInput, _ inputs: any InputReading) throws -> Matrix {
    let pool = try cache.pool(input.name, inputs)
    guard rows.allSatisfy({ $0 < pool.count }) else {
      throw TaskFailure("the trial's subset is not one of the pool \(pool.shift)")
    }
    return pool.features.selecting(rows: rows).matrix
  }

  private func positions(_ object: TrialObject, _ inputs: any InputReading) throws -> [Int] {
    let name = object.rawValue
    let array = try NumPyArray(
      reading: try inputs.object(name, of: TrialInput.trial.name), name: "\(name) of the trial")
    guard case .uint32(let positions) = array.values else { throw TaskFailure("\(name) of the trial is no list") }
    return positions.map { Int($0) }
  }
}

/// The parameters of a measure task.
struct MeasureParameters {
  let meaning: LabelMeaning
  /// What is trained on a set that is another task.
  let transfer: EvaluationSettings.Transfer
  /// The trial's seed, for what is measured on samples.
  let seed: UInt64

  init(_ meaning: LabelMeaning, _ evaluation: EvaluationSettings, seed: Int) {
    self.meaning = meaning
    transfer = evaluation.transfer
    self.seed = UInt64(seed)
  }

  /// Only what the result depends on: a seed where something is trained or sampled.
  var json: JSONValue {
    func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .integer(Int64($0)) }) }
    switch meaning {
    case .classes: return [:]
    case .mask(let classes): return ["mask": list(classes)]
    case .map(let labels): return ["map": list(labels)]
    case .task: return ["transfer": .string(transfer.rawValue), "seed": .integer(Int64(seed))]
    }
  }

  /// Reads what ``json`` writes, and `{"seed": N}` for the deployment.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    func numbers(_ key: String) throws -> [Int]? { try object.array(key)?.map { $0.int ?? -1 } }
    let transfer = try object.choice("transfer", EvaluationSettings.Transfer.self)
    self.transfer = transfer ?? .freeze
    if transfer != nil {
      meaning = .task
    } else if let mask = try numbers("mask") {
      meaning = .mask(mask)
    } else {
      meaning = try numbers("map").map { .map($0) } ?? .classes
    }
    seed = UInt64(try object.integer("seed", in: 0...Int(Int32.max)) ?? 0)
    try object.finish()
  }
}
