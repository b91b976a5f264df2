import Core
package import Results
package import Sweeps

extension Goal {
  /// Reads `accuracy ≥ 85 %`, `accuracy >= 0.85` or, where low values are good, `ece ≤ 5 %`; `, cheapest` may follow, and is
  /// what is meant without it. Throws a ``ConfigurationError`` that says what is wrong.
  package init(parsing text: String, among metrics: MetricCatalogue) throws {
    func error(_ problem: String) -> ConfigurationError { ConfigurationError(place: "goal", problem: problem) }
    let example = "for example “accuracy ≥ 85 %, cheapest”"
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
    guard parts.count == 1 || parts.count == 2 && parts[1] == "cheapest" else {
      throw error("“\(text)” is not a condition, and “, cheapest” after it; \(example)")
    }
    let signs = [">=": true, "≥": true, "<=": false, "≤": false]
    guard let sign = signs.keys.sorted().first(where: { parts[0].contains($0) }),
      let place = parts[0].firstRange(of: sign)
    else { throw error("“\(parts[0])” has none of ≥, >=, ≤ and <=; \(example)") }
    let name = Self.trimmed(parts[0][..<place.lowerBound])
    var number = Self.trimmed(parts[0][place.upperBound...])
    guard let metric = metrics[name: name] else {
      throw error(Suggestion.unknown(name, among: metrics.metrics.map(\.name)))
    }
    guard metric.direction != .descriptive else {
      throw error("\(name) describes a subset and has no good side, so it cannot be a goal")
    }
    let isAtLeast = metric.direction == .higherIsBetter
    guard signs[sign] == isAtLeast else {
      throw error("\(isAtLeast ? "high" : "low") values of \(name) are good, so the goal is \(isAtLeast ? "≥" : "≤")")
    }
    let isPercent = number.hasSuffix("%")
    if isPercent { number = Self.trimmed(number.dropLast()) }
    guard let value = Double(number), value.isFinite else { throw error("“\(number)” is not a number; \(example)") }
    let target = isPercent ? value / 100 : value
    guard metric.unit != .fraction || (0...1).contains(target) else {
      throw error("\(name) is a share: from 0 to 1, or from 0 % to 100 %, not \(number)")
    }
    guard !isPercent || metric.unit == .fraction else { throw error("\(name) is no share, so it has no percent") }
    self.init(metric: name, target: target)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    // A number may be written with a space that does not break.
    func isSpace(_ character: Character) -> Bool { character == " " || character == "\u{A0}" }
    return String(String(text).drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
