import Core
import Economics
package import Sweeps

/// Finished trials as tables for other programs. Rows are sorted by shift, strategy, budget, settings and seed,
/// whatever the order they come in.
package enum ResultsTable {
  /// One JSON object a line and a trial, keys sorted: `sweep`, `sweepName`, `dataset`, `model`, `training`, `kernel` (null where
  /// each host used its own), `strategy`, `shift`, `budget`, `seed`, `sizing`,
  /// `trainingLength`, in a sweep of several data sets `world` and `draw` where they differ, `items`, `poolSize`, `candidates`, `metrics`, `ledger`, `remarks`, `split` (of a mix: the share of the money by
  /// shift), `task` and `outcome`.
  package static func json(_ results: [TrialResult]) -> String {
    sorted(results).map { json(of: $0).canonicalText + "\n" }.joined()
  }

  /// A CSV table with a heading (RFC 4180, but lines end in a plain newline): the point, sizes, what was spent on each
  /// item, digests, then every metric that occurs, sorted by name. A metric that a trial lacks is an empty field.
  package static func csv(_ results: [TrialResult]) -> String {
    let metrics = Set(results.flatMap(\.values.metrics.keys)).sorted()
    let rows = sorted(results).map { result in
      fields(of: result) + metrics.map { result.values.metrics[$0].map { JSONValue.number($0).canonicalText } ?? "" }
    }
    return ([heading + metrics] + rows).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static var heading: [String] {
    let spending = Ledger.Purpose.allCases.flatMap { purpose in
      PriceItem.allCases.map { "ledger.\(purpose.rawValue).\($0.rawValue)" }
    }
    return [
      "sweep", "sweepName", "dataset", "model", "kernel", "strategy", "shift", "budget", "seed", "sizing",
      "trainingLength", "items", "poolSize", "candidates", "spent",
    ]
      + spending + ["task", "outcome"]
  }

  private static func fields(of result: TrialResult) -> [String] {
    let (point, values) = (result.point, result.values)
    let spending = Ledger.Purpose.allCases.flatMap { purpose in
      PriceItem.allCases.map { item in
        values.ledger.entries.filter { $0.purpose == purpose && $0.item == item }
          .reduce(Money.zero) { $0 + $1.total }.description
      }
    }
    let origin = result.origin
    return [
      origin?.sweep.description ?? "", origin?.name ?? "", dataset(of: result), point.model.label,
      origin?.numericsCore ?? "", point.strategy.label, point.shift, point.budget.description, String(point.seed),
      point.sizing.rawValue,
      point.trainingLength.label, String(values.items), String(values.poolSize), String(values.candidates),
      values.ledger.total.description,
    ] + spending + [result.task.description, result.outcome.description]
  }

  /// The kind of data set, and which of several it is: `fashion++, world 1, draw 2`.
  private static func dataset(of result: TrialResult) -> String {
    ([result.origin?.dataset] + [result.point.variant?.label]).compactMap { $0 }.joined(separator: ", ")
  }

  private static func json(of result: TrialResult) -> JSONValue {
    let (point, values, origin) = (result.point, result.values, result.origin)
    let row: [String: JSONValue] = [
      "sweep": origin.map { .string($0.sweep.description) } ?? .null,
      "sweepName": origin.map { .string($0.name) } ?? .null,
      "dataset": origin.map { _ in .string(dataset(of: result)) } ?? .null,
      "model": point.model.json, "training": origin?.training.json ?? .null,
      "kernel": origin?.numericsCore.map { .string($0) } ?? .null, "strategy": .string(point.strategy.label),
      "shift": .string(point.shift), "budget": point.budget.json,
      "seed": .integer(Int64(point.seed)), "sizing": .string(point.sizing.rawValue),
      "trainingLength": .string(point.trainingLength.label), "items": .integer(Int64(values.items)),
      "poolSize": .integer(Int64(values.poolSize)), "candidates": .integer(Int64(values.candidates)),
      "metrics": .object(values.metrics.mapValues { .number($0) }), "ledger": values.ledger.json,
      "remarks": .array(values.remarks.map(\.json)), "task": .string(result.task.description),
      "outcome": .string(result.outcome.description),
      "split": .object(values.split.mapValues { .number($0) }),
    ]
    return .object(row.merging(point.variant?.json.members ?? [:]) { own, _ in own })
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// `results` in the order of their points; trials of one point in the order of their outcomes.
  static func sorted(_ results: [TrialResult]) -> [TrialResult] {
    results.map { (key: key(of: $0), result: $0) }.sorted { $0.key < $1.key }.map(\.result)
  }

  private static func key(of result: TrialResult) -> SortKey {
    let point = result.point
    return SortKey(
      texts: [point.shift, point.strategy.label],
      numbers: [point.budget.millionths],
      rest: [point.sizing.rawValue, point.trainingLength.label, point.model.label, point.variant?.world ?? ""],
      places: [point.variant?.draw ?? 0, point.seed],
      outcome: result.outcome)
  }

  private struct SortKey: Comparable {
    let texts: [String]
    let numbers: [Int64]
    let rest: [String]
    /// Draw and seed.
    let places: [Int]
    let outcome: Digest

    static func < (left: SortKey, right: SortKey) -> Bool {
      if left.texts != right.texts { return left.texts.lexicographicallyPrecedes(right.texts) }
      if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
      if left.rest != right.rest { return left.rest.lexicographicallyPrecedes(right.rest) }
      return left.places == right.places
        ? left.outcome < right.outcome : left.places.lexicographicallyPrecedes(right.places)
    }
  }
}
