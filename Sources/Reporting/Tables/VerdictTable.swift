package import Core
import Economics

extension Verdict {
  /// The verdict for other programs.
  package var json: JSONValue {
    [
      "budget": budget.json, "sizing": .string(sizing.rawValue), "trainingLength": .string(trainingLength.label),
      "weights": .object(
        Dictionary(uniqueKeysWithValues: weights.entries.map { ($0.metric.name, .number($0.weight)) })),
      "weightsAreDefault": .bool(weights.origin == .question), "leftOut": .array(weights.leftOut.map { .string($0) }),
      "recommended": recommended.option.json, "margin": margin?.json ?? .null,
      "standings": .array(standings.map { $0.json(weights) }),
      "plain": plain.map { ["option": $0.standing.option.json, "margin": $0.margin.json] } ?? .null,
      "source": source?.json ?? .null,
      "incomplete": .array(incomplete.map(\.json)),
      "weightChanges": .array(
        weightChanges.map {
          [
            "utility": .string($0.metric.name), "weight": .number($0.weight),
            "turningPoint": .number($0.turningPoint), "successor": $0.successor.json,
          ]
        }),
      "priceChanges": priceChanges.map { changes in
        .array(
          changes.map {
            ["item": .string($0.item.rawValue), "ratio": .number($0.ratio), "successor": $0.successor.json]
          })
      } ?? .null,
      "stabilityOverPrices": stabilityOverPrices.map { .number($0) } ?? .null,
      "sourceStabilityOverPrices": sourceStabilityOverPrices.map { .number($0) } ?? .null,
    ]
  }
}

extension VerdictOption {
  package var json: JSONValue {
    [
      "strategy": .string(strategy.label), "shift": .string(shift),
      "split": .object(Dictionary(uniqueKeysWithValues: split.map { ($0.shift, .number($0.share)) })),
    ]
  }
}

extension Verdict.Margin {
  var json: JSONValue {
    [
      "difference": .number(difference),
      "interval": interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
      "seeds": .integer(Int64(seeds)), "isClear": .bool(isClear),
      "furtherSeeds": furtherSeeds.map { .integer(Int64($0)) } ?? .null,
    ]
  }
}

extension Verdict.Source {
  var json: JSONValue {
    [
      "chanceBest": chanceBest.map { .number($0) } ?? .null, "next": next.json, "difference": .number(difference),
      "interval": interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
      "isClear": .bool(isClear),
    ]
  }
}

extension Verdict.Standing {
  fileprivate func json(_ weights: UtilityWeights) -> JSONValue {
    let values = zip(weights.entries, utilities).map { ($0.metric.name, JSONValue.number($1)) }
    return [
      "option": option.json, "score": .number(score), "chanceBest": chanceBest.map { .number($0) } ?? .null,
      "scoreAllowingForChoice": shrunkScore.map { .number($0) } ?? .null,
      "expectedRegret": expectedRegret.map { .number($0) } ?? .null,
      "utilities": .object(Dictionary(uniqueKeysWithValues: values)), "cost": .number(cost),
    ]
  }
}
