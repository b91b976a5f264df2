import Core
package import Sweeps

/// How much each utility counts, and how utilities of different units are put on one scale.
///
/// The score of a trial is the weighted sum of its utilities, in *points*. A share counts in percentage points as it is. A
/// utility of any other unit counts by its relative change: one percent of its mean over the reference's trials (over all
/// trials without a reference) is one point. Where low values are good the sign is turned.
package struct UtilityWeights: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let metric: Metric
    /// Positive; the weights of all entries sum to 1.
    package let weight: Double
  }

  /// In the catalogue's order.
  package let entries: [Entry]
  /// Whether nobody stated weights, so that the headline utilities that were measured count the same.
  package let isDefault: Bool
  /// Stated utilities that were left out: not measured, or without a good side.
  package let leftOut: [String]

  /// Reads `accuracy=2,deployment=1`; throws a ``ConfigurationError`` that says what is wrong. Weights are at least 0 and not
  /// all 0; any of `metrics` with a good side can be weighted.
  package static func parse(_ text: String, among metrics: MetricCatalogue) throws -> [String: Double] {
    var weights: [String: Double] = [:]
    func error(_ problem: String) -> ConfigurationError { ConfigurationError(place: "weights", problem: problem) }
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map { trimmed($0) }
      guard pair.count == 2, let weight = Double(pair[1]), (0...1e9).contains(weight) else {
        throw error("“\(part)” is not NAME=WEIGHT with a weight of at least 0, for example accuracy=2,deployment=1")
      }
      guard let metric = metrics[name: pair[0]] else {
        throw error(Suggestion.unknown(pair[0], among: metrics.metrics.map(\.name)))
      }
      guard metric.direction != .descriptive else {
        throw error("\(pair[0]) describes a subset and has no good side, so it cannot be weighted")
      }
      guard weights.updateValue(weight, forKey: pair[0]) == nil else { throw error("\(pair[0]) is given twice") }
    }
    guard weights.values.contains(where: { $0 > 0 }) else { throw error("no utility has a weight above 0") }
    return weights
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// nil when nothing that is weighted was measured.
  init?(_ stated: [String: Double]?, measured: Set<String>, among catalogue: MetricCatalogue) {
    isDefault = stated == nil
    let wanted =
      stated
      ?? Dictionary(
        uniqueKeysWithValues: catalogue.headline.filter { measured.contains($0.name) }.map { ($0.name, 1) })
    let metrics = wanted.filter { $0.value > 0 && $0.value.isFinite && measured.contains($0.key) }.keys
      .compactMap { catalogue[name: $0] }.filter { $0.direction != .descriptive }
      .sorted { catalogue.place(of: $0.name)! < catalogue.place(of: $1.name)! }
    let total = metrics.reduce(0) { $0 + wanted[$1.name]! }
    guard total > 0 else { return nil }
    entries = metrics.map { Entry(metric: $0, weight: wanted[$0.name]! / total) }
    let used = Set(metrics.map(\.name))
    leftOut = wanted.filter { $0.value > 0 && !used.contains($0.key) }.keys.sorted()
  }
}
