package import Core
import Statistics

extension PowerPlan {
  /// For a terminal: seeds needed, what they cost, and what other numbers of seeds would show.
  package func text(currency: String, language: Language = .english) -> String {
    func spoken(_ words: Markup) -> String { words.plainText(in: language) }
    let needs = needs.map { "  " + spoken(PowerWords.need($0, shifts: shifts, currency: currency)) }
    let rows = table.map { "  " + spoken(PowerWords.row($0, metric, currency: currency)) }
    let lines =
      [spoken(PowerWords.question(self)), spoken(PowerWords.spread(self)), ""] + needs
      + ["", spoken(PowerWords.tableHeading(comparisons: comparisons))] + rows
    return lines.joined(separator: "\n") + "\n"
  }

  /// The plan for other programs.
  package var json: JSONValue {
    [
      "utility": .string(metric.name), "wanted": .number(wanted), "power": .number(power), "level": .number(level),
      "spread": [
        "standardDeviation": .number(spread.deviation),
        "pairs": spread.pairs.map { .integer(Int64($0)) } ?? .null, "isAssumed": .bool(spread.pairs == nil),
      ],
      "shifts": .integer(Int64(shifts)), "comparisons": .integer(Int64(comparisons)),
      "needs": .array(
        needs.map {
          [
            "test": .string($0.test.rawValue), "scope": .string($0.isOverall ? "all shifts" : "one shift"),
            "comparisons": .integer(Int64($0.comparisons)), "seeds": $0.seeds.map { .integer(Int64($0)) } ?? .null,
            "cost": $0.cost?.json ?? .null,
          ]
        }),
      "table": .array(
        table.map {
          [
            "seeds": .integer(Int64($0.seeds)), "allShifts": Self.json($0.overall), "oneShift": Self.json($0.single),
            "cost": $0.cost.json,
          ]
        }),
    ]
  }

  private static func json(_ found: [Power.Test: Double]) -> JSONValue {
    .object(Dictionary(uniqueKeysWithValues: found.map { ($0.key.rawValue, .number($0.value)) }))
  }
}

extension PowerPlan.Cost {
  var json: JSONValue {
    [
      "trials": .integer(Int64(trials)), "money": money?.json ?? .null,
      "cpuSeconds": seconds.map { .number($0) } ?? .null,
    ]
  }
}
