package import Core
import Statistics

/// The statistics of the report for anybody's scores: means with intervals, tests, ranks, wins. Methods are paired by unit.
package struct ScoreAnalysis: Hashable, Sendable {
  /// One method.
  package struct Line: Hashable, Sendable {
    package let method: String
    package let mean: Double
    /// The mean of the middle half (Agarwal et al. 2021).
    package let interquartileMean: Double
    package let meanRank: Double
    /// Units on which no method is better; a tie counts for all that share it.
    package let wins: Int
    /// The difference to the baseline with its 95 % interval (paired t over the units), p of the paired t-test after Holm's correction
    /// over all pairs of methods, and p of the signed-rank test alone; nil for the baseline itself, and where units are too few.
    package let difference: Double?
    package let interval: ClosedRange<Double>?
    package let adjusted: Double?
    package let signedRank: Double?
  }

  /// Best mean first.
  package let lines: [Line]
  package let baseline: String
  /// The units that count.
  package let units: [String]
  /// Units that some method has no score on, and units on which all are equal: they are left out of everything.
  package let incomplete: [String]
  package let constant: [String]
  /// Friedman's test over the units, Nemenyi's critical difference of mean ranks, and the groups, by method, that it does not tell
  /// apart.
  package let friedman: Double
  package let criticalDifference: Double
  package let cliques: [[String]]
  /// The method that is better than every other (``Decisions``); nil while that is open.
  package let first: String?

  /// - Parameters:
  ///   - baseline: the method that others are compared with; the first of the table unless given.
  /// - Throws: a ``ConfigurationError`` with fewer than two methods, without a unit that all have, and when there is no such baseline.
  package init(_ table: ScoreTable, baseline: String? = nil, isHigherBetter: Bool = true) throws {
    func error(_ problem: String) -> ConfigurationError { ConfigurationError(place: "scores", problem: problem) }
    guard table.methods.count > 1 else { throw error("a comparison needs two methods, and there is one") }
    let own = baseline ?? table.methods[0]
    guard let reference = table.methods.firstIndex(of: own) else {
      throw error(Suggestion.unknown(own, among: table.methods))
    }
    let complete = table.units.indices.filter { unit in table.values.allSatisfy { $0[unit] != nil } }
    let telling = complete.filter { unit in
      Set(Ties.merged(table.values.map { $0[unit]! })).count > 1
    }
    guard !telling.isEmpty else {
      throw error(
        complete.isEmpty ? "no column has a score of every method" : "all methods have the same scores everywhere")
    }
    let sign = isHigherBetter ? 1.0 : -1
    let values = table.values.map { row in telling.map { row[$0]! } }
    let decisions = Decisions(subjects: values.count) { first, second in
      Decisions.Differences(strata: [zip(values[first], values[second]).map { sign * ($0 - $1) }])
    }
    let test = FriedmanTest(values: values, isHigherBetter: isHigherBetter)
    let groups = CriticalDifference(test)
    let best = telling.indices.map { unit in
      let merged = Ties.merged(values.map { sign * $0[unit] })
      return (merged, merged.max()!)
    }
    let lines = table.methods.indices.map { method -> Line in
      let differences = Ties.differences(
        zip(values[method], values[reference]).map { (MeasuredValue($0), MeasuredValue($1)) })
      let isBaseline = method == reference
      return Line(
        method: table.methods[method], mean: Descriptive.mean(values[method]),
        interquartileMean: Descriptive.interquartileMean(values[method]), meanRank: test.meanRanks[method],
        wins: best.count { $0.0[method] == $0.1 }, difference: isBaseline ? nil : Descriptive.mean(differences),
        interval: isBaseline ? nil : StratifiedMean([differences])?.interval(),
        adjusted: isBaseline ? nil : decisions.adjusted(method, reference),
        signedRank: isBaseline ? nil : WilcoxonSignedRank(differences: differences).pValue)
    }
    self.lines = lines.indices.sorted { (-sign * lines[$0].mean, $0) < (-sign * lines[$1].mean, $1) }.map { lines[$0] }
    self.baseline = own
    units = telling.map { table.units[$0] }
    incomplete = table.units.indices.filter { !complete.contains($0) }.map { table.units[$0] }
    constant = complete.filter { !telling.contains($0) }.map { table.units[$0] }
    friedman = test.pValue
    criticalDifference = groups.difference
    cliques = groups.cliques.map { $0.map { table.methods[$0] } }
    first = decisions.first.map { table.methods[$0] }
  }

  package var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "baseline": .string(baseline), "first": first.map { .string($0) } ?? .null,
      "units": .array(units.map { .string($0) }), "incomplete": .array(incomplete.map { .string($0) }),
      "constant": .array(constant.map { .string($0) }), "friedman": .number(friedman),
      "criticalDifference": .number(criticalDifference),
      "cliques": .array(cliques.map { .array($0.map { .string($0) }) }),
      "methods": .array(
        lines.map { line in
          [
            "method": .string(line.method), "mean": .number(line.mean),
            "interquartileMean": .number(line.interquartileMean), "meanRank": .number(line.meanRank),
            "wins": .integer(Int64(line.wins)), "difference": number(line.difference),
            "interval": line.interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? .null,
            "adjusted": number(line.adjusted), "signedRank": number(line.signedRank),
          ]
        }),
    ]
  }
}
