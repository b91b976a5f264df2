package import Core
import Statistics

extension PowerPlan {
  /// For a terminal: seeds needed, what they cost, and what other numbers of seeds would show.
  package func text(currency: String) -> String {
    let size = Numbers.difference(wanted, of: metric) + metric.differenceUnit
    let source =
      spread.pairs.map { "measured on \(Numbers.counted($0, "pair")) of earlier trials" } ?? "assumed, not measured"
    let start = [
      "To find a difference of \(size) in \(metric.title.english) with a probability of \(Numbers.percent(power)) "
        + "(paired t-test, two-sided \(Numbers.percent(level))):",
      "paired differences vary by \(Numbers.difference(spread.deviation, of: metric).dropFirst())"
        + "\(metric.differenceUnit) between seeds (standard deviation, \(source)).",
      "",
    ]
    let needs = needs.map { need in
      let scope = need.isOverall ? "over all \(shifts) ways of collecting" : "in one way of collecting"
      let family =
        need.comparisons == 1 ? "a first place against one rival" : "any of all \(need.comparisons) pairs (Holm)"
      let answer = need.seeds.map { Numbers.counted($0, "seed") } ?? "more than \(Numbers.count(Power.mostPairs)) pairs"
      return "  \(scope), \(family): \(answer)\(need.cost.map { Self.text($0, currency) } ?? "")"
    }
    let heading = ["", "Smallest difference that so many seeds show, after Holm over all \(comparisons) pairs:"]
    let rows = table.map { row in
      let parts =
        (shifts > 1 ? ["all ways \(smallest(row.overall))"] : []) + ["one way \(smallest(row.single))"]
      return "  \(Numbers.counted(row.seeds, "seed")): \(parts.joined(separator: "; "))\(Self.text(row.cost, currency))"
    }
    return (start + needs + heading + rows).joined(separator: "\n") + "\n"
  }

  private func smallest(_ found: Double?) -> String {
    found.map { String(Numbers.difference($0, of: metric).dropFirst()) } ?? "nothing"
  }

  private static func text(_ cost: Cost, _ currency: String) -> String {
    let money = cost.money.map { ", at most \(Numbers.money($0)) \(currency)" } ?? ""
    let time = cost.seconds.map { ", \(Numbers.score($0 / 3_600)) CPU-hours" } ?? ""
    return "; \(Numbers.counted(cost.trials, "trial"))\(money)\(time)"
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
            "scope": .string($0.isOverall ? "all shifts" : "one shift"),
            "comparisons": .integer(Int64($0.comparisons)), "seeds": $0.seeds.map { .integer(Int64($0)) } ?? .null,
            "cost": $0.cost?.json ?? .null,
          ]
        }),
      "table": .array(
        table.map {
          [
            "seeds": .integer(Int64($0.seeds)), "allShifts": $0.overall.map { .number($0) } ?? .null,
            "oneShift": $0.single.map { .number($0) } ?? .null,
            "cost": $0.cost.json,
          ]
        }),
    ]
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
