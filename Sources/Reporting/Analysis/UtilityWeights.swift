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

  /// Who asks for these weights.
  package enum Origin: String, Hashable, Sendable {
    /// Nobody stated any: the one question that the data set answers, accuracy where the model will work, else base accuracy.
    case question
    case stated
    /// The mean of all headline utilities: what the answer is compared with, never the answer.
    case average
    /// One utility alone, for the same comparison.
    case alone
  }

  /// In the catalogue's order.
  package let entries: [Entry]
  package let origin: Origin
  /// Utilities that were asked for and left out: not measured, or without a good side.
  package let leftOut: [String]
  /// Utilities that were asked for and left out of the mean, because they tell no option from another.
  package let silent: [SilentUtility]

  /// The metric, where a single one decides.
  package var single: Metric? { entries.count == 1 ? entries[0].metric : nil }

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

  /// What is asked of the options.
  enum Question: Hashable {
    /// What the report was asked: stated weights, or the data set's own question.
    case asked([String: Double]?)
    case average
    case alone(String)
  }

  /// nil when nothing that is asked for was measured.
  ///
  /// - Parameter silent: utilities that were measured and tell no option from another.
  init?(_ question: Question, measured: Set<String>, silent: [SilentUtility], among catalogue: MetricCatalogue) {
    let mute = Set(silent.map(\.metric.name))
    let headline = catalogue.headline.filter { measured.contains($0.name) }
    let wanted: [String: Double]
    switch question {
    case .asked(let stated?):
      (wanted, origin) = (stated, .stated)
    case .asked(nil):
      let own = [Metric.Criterion.deployment, .base].compactMap { catalogue.metric(for: $0) }
        .filter { measured.contains($0.name) }
      let first = own.first { !mute.contains($0.name) } ?? own.first
      wanted = first.map { [$0.name: 1] } ?? Dictionary(uniqueKeysWithValues: headline.map { ($0.name, 1) })
      origin = .question
    case .average:
      (wanted, origin) = (Dictionary(uniqueKeysWithValues: headline.map { ($0.name, 1) }), .average)
    case .alone(let name):
      (wanted, origin) = ([name: 1], .alone)
    }
    let known = wanted.filter { $0.value > 0 && $0.value.isFinite && measured.contains($0.key) }.keys
      .compactMap { catalogue[name: $0] }.filter { $0.direction != .descriptive }
      .sorted { catalogue.place(of: $0.name)! < catalogue.place(of: $1.name)! }
    // A mean keeps what tells options apart; where nothing does, all of it.
    let telling = known.filter { !mute.contains($0.name) }
    let metrics = telling.isEmpty ? known : telling
    let total = metrics.reduce(0) { $0 + wanted[$1.name]! }
    guard total > 0 else { return nil }
    entries = metrics.map { Entry(metric: $0, weight: wanted[$0.name]! / total) }
    let used = Set(known.map(\.name))
    leftOut = wanted.filter { $0.value > 0 && !used.contains($0.key) }.keys.sorted()
    self.silent = telling.isEmpty ? [] : silent.filter { found in known.contains(found.metric) }
  }
}
