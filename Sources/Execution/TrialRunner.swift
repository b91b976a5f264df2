import Core
import Curation
import Datasets
import Economics
import Formats
import Models
import Numerics
import Planning
import Sweeps
import Utilities

/// One trial: choose a subset within the budget, train on it, measure every utility but those of the deployment.
struct TrialRunner {
  let training: TrialTraining
  let evaluation: EvaluationSettings
  let expert: Pool
  let sets: EvaluationSets
  /// Features of the unlabelled target sample, for strategies that need them.
  let target: Matrix?

  /// A trial that chooses within one shift. Throws what the parts throw, and `CancellationError` when told to stop.
  ///
  /// - Parameter outside: the files that the strategy's options name, and a way to run programs.
  func run(
    _ parameters: TrialParameters, pool: Pool, scores: Scores?, outside: Outside, report: (Double) -> Void,
    shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    var clock = PhaseClock()
    let purchase = try TaskContext.relaying(shouldContinue: shouldContinue) {
      try Curator.choose(
        parameters.strategy, terms: parameters.terms, pool: pool, target: target, scores: scores, outside: outside,
        context: $0)
    }
    clock.finish("select")
    let bought = Bought(
      pool: pool, rows: purchase.subset, labels: purchase.labels, ledger: purchase.ledger, poolSize: pool.count,
      candidates: purchase.candidates, remarks: purchase.remarks, expert: expert)
    let objects = ["subset": Self.object(purchase.subset)]
    return try finish(bought, objects: objects, &clock, report: report, shouldContinue: shouldContinue)
  }

  /// A trial that splits its budget between `pools`, given by shift. Throws likewise.
  func run(
    _ parameters: MixParameters, pools: [String: Pool], report: (Double) -> Void, shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    var clock = PhaseClock()
    let purchase = try TaskContext.relaying(shouldContinue: shouldContinue) {
      try parameters.mix.choose(parameters.terms, pools: pools, reference: expert, target: target, context: $0)
    }
    let bought = mixed(purchase, pools)
    clock.finish("select")
    let parts = purchase.parts
    let objects = [
      "subset": Self.object(parts.flatMap(\.subset)),
      "shifts": Self.object(parts.indices.flatMap { [Int](repeating: $0, count: parts[$0].subset.count) }),
      "sources": JSONValue.array(parts.map { .string($0.shift) }).canonical,
    ]
    return try finish(bought, objects: objects, &clock, report: report, shouldContinue: shouldContinue)
  }

  /// What is trained on and measured.
  private struct Bought {
    let pool: Pool
    let rows: [Int]
    let labels: [Int32]
    let ledger: Ledger
    let poolSize: Int
    let candidates: Int
    let remarks: [String]
    var split: [String: Double] = [:]
    /// What distances between distributions refer to.
    let expert: Pool
  }

  private func mixed(_ purchase: MixPurchase, _ pools: [String: Pool]) -> Bought {
    let parts = purchase.parts.filter { !$0.subset.isEmpty }
    let labels = parts.flatMap(\.labels)
    // One shift alone is measured as that shift's own trials are.
    let isSingle = parts.count == 1
    return Bought(
      pool: isSingle ? pools[parts[0].shift]! : purchase.merged(pools),
      rows: isSingle ? parts[0].subset : Array(labels.indices), labels: labels, ledger: purchase.ledger,
      poolSize: pools.values.reduce(0) { $0 + $1.count }, candidates: purchase.candidates, remarks: purchase.remarks,
      split: purchase.split, expert: isSingle ? expert : expert(without: parts))
  }

  /// The expert images that were not bought: distances between distributions must not compare images with themselves.
  private func expert(without parts: [MixPurchase.Part]) -> Pool {
    let bought = Set(parts.first { $0.shift == expert.shift }?.subset ?? [])
    let rest = (0..<expert.count).filter { !bought.contains($0) }
    return bought.isEmpty || rest.isEmpty ? expert : expert.selecting(rest)
  }

  private func finish(
    _ bought: Bought, objects: [String: [UInt8]], _ clock: inout PhaseClock, report: (Double) -> Void,
    shouldContinue: () -> Bool
  ) throws -> TaskProduct {
    report(0.2)
    let set = TrainingSet(images: bought.pool.images.selecting(bought.rows), labels: bought.labels)
    let network = try training.train(on: set, classes: bought.pool.classNames.count, shouldContinue: shouldContinue)
    clock.finish("train")
    report(0.7)
    let evaluation = try Evaluator.evaluate(
      network: network, pool: bought.pool, subset: bought.rows, labels: bought.labels, expert: bought.expert,
      sets: sets,
      seed: training.seed, options: options, shouldContinue: shouldContinue)
    clock.finish("evaluate")
    let own = [
      "labels": NumPyArray(shape: [bought.labels.count], values: .int32(bought.labels)).bytes, "model": network.bytes,
    ]
    return TaskProduct(
      objects: objects.merging(own) { given, _ in given }, values: values(of: evaluation, bought).json,
      phaseSeconds: clock.seconds)
  }

  private var options: Evaluator.Options {
    Evaluator.Options(
      transfer: evaluation.transfer == .freeze ? .freeze : .fineTune,
      absentClasses: evaluation.absentClasses == .stayAbsent ? .stayAbsent : .absentAsPublished,
      memoryPerClass: evaluation.memoryPerClass)
  }

  private func values(of evaluation: TrialEvaluation, _ bought: Bought) -> TrialValues {
    var metrics = evaluation.metrics
    metrics["cost.total"] = bought.ledger.total.amount
    metrics["cost.selection"] = bought.ledger.total(for: .selection).amount
    metrics["cost.items"] = Double(bought.labels.count)
    if let accuracy = metrics["accuracy"], accuracy > 0 {
      metrics["cost.per-accuracy-point"] = bought.ledger.total.amount / (100 * accuracy)
    }
    return TrialValues(
      metrics: metrics, perClass: evaluation.perClass, confusion: evaluation.confusion, ledger: bought.ledger,
      items: bought.labels.count, poolSize: bought.poolSize, candidates: bought.candidates, remarks: bought.remarks,
      split: bought.split)
  }

  private static func object(_ positions: [Int]) -> [UInt8] {
    NumPyArray(shape: [positions.count], values: .uint32(positions.map { UInt32($0) })).bytes
  }
}
