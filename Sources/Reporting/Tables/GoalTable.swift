package import Core
import Sweeps

extension ReportAnalysis {
  /// The answer to the goal as one line for other programs, `{"goal": …}`: what ``json`` holds under that name, or null when
  /// nobody measured it.
  package var goalLine: String { (["goal": goal?.json ?? .null] as JSONValue).canonicalText + "\n" }

  /// The verdicts for other programs, one a setting that has one, in the order of the report. That of the first screen holds the
  /// answer to the goal under `goal`, when there is a goal.
  package var json: JSONValue {
    let asked = answered?.setting
    return .array(
      settings.compactMap { setting -> JSONValue? in
        guard let verdict = setting.verdict else { return nil }
        guard let goal, setting.setting == asked, var members = verdict.json.members else { return verdict.json }
        members["goal"] = goal.json
        return .object(members)
      })
  }
}

extension GoalAnswer {
  /// What reaches the goal, cheapest first, and what comes nearest where nothing does.
  var json: JSONValue {
    let reaching: [JSONValue] = reaching.map { standing in
      [
        "option": standing.option.json, "cost": .number(standing.cost), "budget": standing.level.budget.json,
        "value": .number(standing.value), "images": .number(standing.items), "isSure": .bool(standing.isSure),
      ]
    }
    return [
      "utility": .string(metric.name), "target": .number(goal.target), "reaching": .array(reaching),
      "nearest": nearest.map { ["option": $0.option.json, "value": .number($0.value)] } ?? .null,
      "chanceCheapest": chanceCheapest.map { .number($0) } ?? .null,
    ]
  }
}
