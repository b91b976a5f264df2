package import Core
import Curation
import Datasets
import Economics
import Formats
import Models
import Numerics
package import Planning
import Samples
package import Sweeps
import Utilities

/// One trial: choose a subset within the budget, train on it, measure every utility that needs no task of its own.
package struct TrialTask: TaskKind {
  let tables: Tables
  let cache: InputCache
  /// Whether programs that sweeps bring along are run.
  let allowsPrograms: Bool

  package var name: TaskKindName { .trial }
  package var version: Int { 8 }
  package var expectedSeconds: Double { 1 }

  package func durationClass(_ parameters: JSONValue) -> String? {
    let choice = parameters["strategy"] ?? parameters["mix"]
    return choice?.text ?? choice?["name"]?.text
  }

  package func run(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    var clock = PhaseClock()
    let (bought, settings) = try buy(specification, inputs, context.part(from: 0, to: 0.2))
    clock.finish("select")
    let set = bought.trainingSet
    let trained = try TrialTraining(settings: settings, seed: bought.seed).train(
      on: set, classes: bought.pool.classNames.count,
      inputs: TrialInputs(specification: specification, inputs: inputs, cache: cache), run: runner,
      context: context.part(from: 0.2, to: 0.7))
    clock.finish("train")
    let evaluation = PartRole.evaluation.rawValue
    let likeness = try cache.likeness(evaluation, inputs, context: context.part(from: 0.7, to: 0.72))
    let measured = try tables.utilities.measure(
      .trial,
      MeasuredSubject(
        network: trained.network, choice: bought.choice, reference: bought.reference,
        sets: try cache.sets(evaluation, inputs), likeness: likeness, settings: settings.evaluation,
        seed: bought.seed), context: context.part(from: 0.72, to: 1))
    clock.finish("evaluate")
    var objects = bought.objects.merging(trained.objects) { own, _ in own }
    objects[TrialObject.labels.rawValue] = NumPyArray(shape: [bought.labels.count], values: .int32(bought.labels)).bytes
    objects[TrialObject.model.rawValue] = trained.network.bytes
    return TaskProduct(
      objects: objects, values: bought.values(measured, trained.remarks).json, phaseSeconds: clock.seconds)
  }

  /// Chooses as the specification says.
  func buy(
    _ specification: TaskSpecification, _ inputs: any InputReading, _ context: TaskContext
  ) throws -> (Bought, TrialSettings) {
    let reference = try cache.pool(PartRole.reference.rawValue, inputs)
    let target =
      specification.inputs[PartRole.target.rawValue] == nil
      ? nil : try cache.deployment(PartRole.target.rawValue, inputs).targetFeatures
    return specification.parameters["mix"] == nil
      ? try choose(specification, inputs, reference: reference, target: target, context)
      : try mix(specification, inputs, reference: reference, target: target, context)
  }

  /// Chooses within one pool.
  private func choose(
    _ specification: TaskSpecification, _ inputs: any InputReading, reference: Pool, target: Matrix?,
    _ context: TaskContext
  ) throws -> (Bought, TrialSettings) {
    let parameters = try TrialParameters(json: specification.parameters, place: "trial task", tables: tables)
    let pool = try cache.pool(TrialInput.pool.name, inputs)
    let hasScores = specification.inputs[TrialInput.scores.name] != nil
    let scores = hasScores ? try Scores(objects: try inputs.objects(of: TrialInput.scores.name)) : nil
    let purchase = try Curator.choose(
      parameters.strategy, terms: parameters.terms, pool: pool, target: target, scores: scores,
      outside: try outside(parameters.strategy, inputs), context: context)
    let bought = Bought(
      pool: pool, rows: purchase.subset, labels: purchase.labels, ledger: purchase.ledger, poolSize: pool.count,
      candidates: purchase.candidates, remarks: purchase.remarks, reference: reference,
      seed: UInt64(parameters.terms.seed), objects: [TrialObject.subset.rawValue: Bought.object(purchase.subset)])
    return (bought, parameters.settings)
  }

  /// Splits the budget between pools.
  private func mix(
    _ specification: TaskSpecification, _ inputs: any InputReading, reference: Pool, target: Matrix?,
    _ context: TaskContext
  ) throws -> (Bought, TrialSettings) {
    let parameters = try MixParameters(json: specification.parameters, place: "trial task", tables: tables)
    var pools: [String: Pool] = [:]
    for shift in parameters.mix.sources { pools[shift] = try cache.pool(TrialInput.source(shift: shift).name, inputs) }
    let judge = TrialInput.judge.name
    let judging = specification.inputs[judge] == nil ? reference : try cache.pool(judge, inputs)
    let purchase = try parameters.mix.choose(
      parameters.terms, pools: pools, judge: judging, target: target, context: context)
    return (Bought(purchase, pools, reference: reference, seed: UInt64(parameters.terms.seed)), parameters.settings)
  }

  /// What people bring along for one trial.
  private func outside(_ strategy: ResolvedStrategy, _ inputs: any InputReading) throws -> Outside {
    let files = try strategy.files.keys.sorted().map { ($0, try inputs.source($0)) }
    return Outside(files: Dictionary(uniqueKeysWithValues: files), run: runner)
  }

  /// nil where programs that sweeps bring along are not run.
  private var runner: ProgramRun.Runner? {
    ExternalProgram.runner(isAllowed: allowsPrograms)
  }
}
