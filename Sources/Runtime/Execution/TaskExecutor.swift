import Core
import Curation
import Datasets
import Evaluation
import Learning
import Numerics
package import Sweeps

/// Does the work of a task: what a slot process runs.
package final class TaskExecutor: TaskExecuting {
  private let cache = InputCache()

  package init() {}

  /// Runs `specification`. Throws what the parts throw: configuration errors, damaged inputs, `CancellationError`.
  package func execute(
    _ specification: TaskSpecification, inputs: any InputReading, report: (Double) -> Void,
    shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    switch specification.kind {
    case .pool: try buildPart(specification, inputs)
    case .score: try score(specification, inputs, shouldContinue: shouldContinue)
    case .trial: try runTrial(specification, inputs, report: report, shouldContinue: shouldContinue)
    case .measure: try measure(specification, inputs)
    case .nothing: TaskProduct(objects: [:], values: [:])
    }
  }

  private func buildPart(_ specification: TaskSpecification, _ inputs: any InputReading) throws -> TaskProduct {
    var parameters = try StrictObject(specification.parameters, place: "pool task")
    guard let part = try parameters.string("part") else {
      throw ConfigurationError(place: "pool task", problem: "the part is missing")
    }
    _ = try parameters.string("dataset")
    let builder = FashionPlusPlusBuilder(
      seed: UInt64(try parameters.integer("seed", in: 0...Int(Int32.max)) ?? 0),
      crowdVotes: try parameters.integer("crowdVotes", in: 1...9) ?? 1,
      corruptionImages: try parameters.integer("corruptionImages", in: 1...10_000) ?? 1_000,
      deploymentWorld: try parameters.integer("world", in: 0...Int(Int32.max)).map { UInt64($0) })
    try parameters.finish()
    var clock = PhaseClock()
    var sources: [String: [UInt8]] = [:]
    for name in specification.sources.keys { sources[name] = try inputs.source(name) }
    var objects: [String: [String: [UInt8]]] = [:]
    for name in specification.inputs.keys { objects[name] = try inputs.objects(of: name) }
    clock.finish("read")
    let output = try builder.build(part: part, sources: sources, inputs: objects)
    clock.finish("build")
    return TaskProduct(objects: output.objects, values: ["facts": output.facts], phaseSeconds: clock.seconds)
  }

  private func score(
    _ specification: TaskSpecification, _ inputs: any InputReading, shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    var clock = PhaseClock()
    let pool = try pool("pool", inputs)
    clock.finish("read")
    let scores = try Curator.score(
      parameters: specification.parameters, pool: pool, shouldContinue: shouldContinue)
    clock.finish("score")
    return TaskProduct(objects: scores.objects(), values: [:], phaseSeconds: clock.seconds)
  }

  private func runTrial(
    _ specification: TaskSpecification, _ inputs: any InputReading, report: (Double) -> Void,
    shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    let runner = TrialRunner(
      parameters: try TrialParameters(json: specification.parameters, place: "trial task"),
      pool: try pool("pool", inputs), expert: try pool("expert", inputs),
      sets: try cache.sets(try key("evaluation", inputs)) {
        try EvaluationSets(objects: try inputs.objects(of: "evaluation"))
      },
      target: specification.inputs["deployment"] == nil ? nil : try deployment(inputs).targetFeatures,
      scores: specification.inputs["scores"] == nil ? nil : try Scores(objects: try inputs.objects(of: "scores")))
    return try runner.run(report: report, shouldContinue: shouldContinue)
  }

  private func measure(_ specification: TaskSpecification, _ inputs: any InputReading) throws -> TaskProduct {
    var clock = PhaseClock()
    let parameters = try MeasureParameters(json: specification.parameters, place: "measure task")
    let network = try Network(bytes: try inputs.object("model", of: "trial"))
    var metrics: [String: Double] = [:]
    if specification.inputs["set"] != nil {
      let set = try cache.set(try key("set", inputs)) { try OwnEvaluationSet(objects: try inputs.objects(of: "set")) }
      clock.finish("read")
      metrics = try parameters.metrics(of: network, on: set)
    } else {
      let sets = try deployment(inputs)
      let subset = try features(inputs)
      clock.finish("read")
      metrics = parameters.metrics(of: network, trainedOn: subset, on: sets)
    }
    clock.finish("measure")
    return TaskProduct(values: ["metrics": .object(metrics.mapValues { .number($0) })], phaseSeconds: clock.seconds)
  }

  /// Features of what the trial bought.
  private func features(_ inputs: any InputReading) throws -> Matrix {
    let pool = try pool("pool", inputs)
    let subset = try NumPyArray(reading: try inputs.object("subset", of: "trial"), name: "subset of the trial")
    guard case .uint32(let rows) = subset.values, rows.allSatisfy({ $0 < UInt32(pool.count) }) else {
      throw TaskFailure("the trial's subset is not one of the pool \(pool.shift)")
    }
    return pool.features.selecting(rows: rows.map { Int($0) })
  }

  private func deployment(_ inputs: any InputReading) throws -> DeploymentSets {
    try cache.deployment(try key("deployment", inputs)) {
      try DeploymentSets(objects: try inputs.objects(of: "deployment"))
    }
  }

  private func pool(_ name: String, _ inputs: any InputReading) throws -> Pool {
    try cache.pool(try key(name, inputs)) { try Pool(objects: try inputs.objects(of: name)) }
  }

  /// Names the decoded form of an input by the digests of its objects.
  private func key(_ name: String, _ inputs: any InputReading) throws -> Digest {
    let digests = try inputs.digests(of: name).sorted { $0.key < $1.key }
    return Digest(of: digests.map { "\($0.key)=\($0.value)" }.joined(separator: "\n"))
  }
}
