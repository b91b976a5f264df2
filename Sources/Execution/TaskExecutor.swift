import Core
import Curation
import Datasets
import Formats
import Models
import Numerics
import Planning
package import Sweeps
import Utilities

/// Does the work of a task: what a slot process runs.
package final class TaskExecutor: TaskExecuting {
  private let cache = InputCache()
  private let allowsPrograms: Bool

  /// - Parameter allowsPrograms: whether programs that sweeps bring along are run.
  package init(allowsPrograms: Bool) { self.allowsPrograms = allowsPrograms }

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
    let scores = try TaskContext.relaying(shouldContinue: shouldContinue) {
      try Curator.score(parameters: specification.parameters, pool: pool, context: $0)
    }
    clock.finish("score")
    return TaskProduct(objects: scores.objects(), values: [:], phaseSeconds: clock.seconds)
  }

  private func runTrial(
    _ specification: TaskSpecification, _ inputs: any InputReading, report: (Double) -> Void,
    shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    guard specification.parameters["mix"] == nil else {
      let parameters = try MixParameters(json: specification.parameters, place: "trial task")
      var pools: [String: Pool] = [:]
      for shift in parameters.mix.sources { pools[shift] = try pool("pool.\(shift)", inputs) }
      let training = TrialTraining(
        settings: parameters.training, length: parameters.trainingLength, seed: UInt64(parameters.terms.seed))
      return try runner(specification, training, parameters.evaluation, inputs).run(
        parameters, pools: pools, report: report, shouldContinue: shouldContinue)
    }
    let parameters = try TrialParameters(json: specification.parameters, place: "trial task")
    let training = TrialTraining(
      settings: parameters.training, length: parameters.trainingLength, seed: UInt64(parameters.terms.seed))
    let outside = try outside(parameters.strategy, inputs)
    return try runner(specification, training, parameters.evaluation, inputs).run(
      parameters, pool: try pool("pool", inputs),
      scores: specification.inputs["scores"] == nil ? nil : try Scores(objects: try inputs.objects(of: "scores")),
      outside: outside, report: report, shouldContinue: shouldContinue)
  }

  private func runner(
    _ specification: TaskSpecification, _ training: TrialTraining, _ evaluation: EvaluationSettings,
    _ inputs: any InputReading
  ) throws -> TrialRunner {
    TrialRunner(
      training: training, evaluation: evaluation, expert: try pool("expert", inputs),
      sets: try cache.sets(try key("evaluation", inputs)) {
        try EvaluationSets(objects: try inputs.objects(of: "evaluation"))
      },
      target: specification.inputs["deployment"] == nil ? nil : try deployment(inputs).targetFeatures)
  }

  /// What people bring along for one trial.
  private func outside(_ strategy: ResolvedStrategy, _ inputs: any InputReading) throws -> Outside {
    let files = try strategy.files.keys.sorted().map { ($0, try inputs.source($0)) }
    return Outside(
      files: Dictionary(uniqueKeysWithValues: files),
      run: allowsPrograms
        ? { run, context in try ExternalProgram.run(run, shouldContinue: { context.isWanted }) } : nil)
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
      let subset = try features(specification, inputs)
      clock.finish("read")
      metrics = parameters.metrics(of: network, trainedOn: subset, on: sets)
    }
    clock.finish("measure")
    return TaskProduct(values: ["metrics": .object(metrics.mapValues { .number($0) })], phaseSeconds: clock.seconds)
  }

  /// Features of what the trial bought, in the order of its subset.
  private func features(_ specification: TaskSpecification, _ inputs: any InputReading) throws -> Matrix {
    let rows = try positions("subset", inputs)
    guard specification.inputs["pool"] == nil else { return try features(of: rows, in: "pool", inputs) }
    let sources = try JSONValue.parse(try inputs.object("sources", of: "trial"), source: "sources of the trial")
    let shifts = try positions("shifts", inputs)
    guard let names = sources.elements?.compactMap(\.text), shifts.count == rows.count else {
      throw TaskFailure("the trial's subset does not say which shift each image is from")
    }
    // Each source's images stand together, in the order of the sources.
    let parts = try names.indices.map { source in
      let own = zip(rows, shifts).filter { $1 == source }.map(\.0)
      return try features(of: own, in: "pool.\(names[source])", inputs)
    }
    return Matrix(rows: rows.count, columns: parts.first?.columns ?? 0, values: parts.flatMap(\.values))
  }

  private func features(of rows: [Int], in name: String, _ inputs: any InputReading) throws -> Matrix {
    let pool = try pool(name, inputs)
    guard rows.allSatisfy({ $0 < pool.count }) else {
      throw TaskFailure("the trial's subset is not one of the pool \(pool.shift)")
    }
    return pool.features.selecting(rows: rows)
  }

  private func positions(_ name: String, _ inputs: any InputReading) throws -> [Int] {
    let array = try NumPyArray(reading: try inputs.object(name, of: "trial"), name: "\(name) of the trial")
    guard case .uint32(let positions) = array.values else { throw TaskFailure("\(name) of the trial is no list") }
    return positions.map { Int($0) }
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
