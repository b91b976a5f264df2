package import Core
import Economics

extension Verdict {
  /// A few sentences for a terminal, one a line; `currency` names the money.
  package func text(currency: String) -> String {
    var lines = [heading(currency: currency), "  " + Self.choice(recommended, budget: budget, currency: currency)]
    if let runnerUp {
      lines.append("  Runner-up: \(runnerUp.option.text)\(margin.map { ", behind by \($0.text)" } ?? "").")
    } else {
      lines.append("  Nothing else could be compared with it.")
    }
    lines.append(
      "  Weights: "
        + weights.entries.map { "\($0.metric.name) \(Numbers.decimal($0.weight, 2))" }.joined(separator: ", ")
        + (weights.isDefault ? " (none were stated, so all count the same)." : "."))
    if !weights.leftOut.isEmpty {
      lines.append("  Not measured, so left out: \(weights.leftOut.joined(separator: ", ")).")
    }
    lines += weightChanges.prefix(6).map {
      "  \($0.metric.name) at a weight of \(Numbers.decimal($0.turningPoint, 2)) instead of "
        + "\(Numbers.decimal($0.weight, 2)) puts \($0.successor.text) first."
    }
    if let priceChanges {
      lines += priceChanges.map {
        "  \($0.item.rawValue) × \(Numbers.score($0.ratio)) puts \($0.successor.text) first."
      }
      if priceChanges.isEmpty { lines.append("  No change of a single price puts another option first.") }
    } else {
      lines.append("  With one budget nothing says what other prices would change.")
    }
    if !incomplete.isEmpty {
      lines.append("  Not finished, so not compared: \(Numbers.counted(incomplete.count, "option")).")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(currency: String) -> String {
    "With \(Numbers.money(budget)) \(currency) (\(sizing.rawValue), \(trainingLength.rawValue)):"
  }

  private static func choice(_ standing: Standing, budget: Money, currency: String) -> String {
    let chance =
      standing.chanceBest.map { chance in
        ", really the best with a probability of \(Numbers.chance(chance))"
      } ?? ""
    return "Recommended: \(standing.option.text), score \(Numbers.decimal(standing.score, 1))\(chance)."
  }

  /// The verdict for other programs.
  package var json: JSONValue {
    [
      "budget": budget.json, "sizing": .string(sizing.rawValue), "trainingLength": .string(trainingLength.rawValue),
      "weights": .object(
        Dictionary(uniqueKeysWithValues: weights.entries.map { ($0.metric.name, .number($0.weight)) })),
      "weightsAreDefault": .bool(weights.isDefault), "leftOut": .array(weights.leftOut.map { .string($0) }),
      "recommended": recommended.option.json, "margin": margin?.json ?? .null,
      "standings": .array(standings.map { $0.json(weights) }),
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
    ]
  }
}

extension VerdictOption {
  /// `herding on expert`, or a mix with its split.
  package var text: String {
    guard shift == Grid.mix else { return "\(strategy.label) on \(shift)" }
    let parts = split.map { "\(Numbers.decimal($0.share * 100, 0)) % \($0.shift)" }
    return strategy.label + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }

  package var json: JSONValue {
    [
      "strategy": .string(strategy.label), "shift": .string(shift),
      "split": .object(Dictionary(uniqueKeysWithValues: split.map { ($0.shift, .number($0.share)) })),
    ]
  }
}

extension Verdict.Margin {
  /// `1.3 points (95 % interval +0.2 to +2.4, 3 seeds: not settled, 5 more seeds would be needed)`.
  package var text: String {
    let interval =
      interval.map {
        "95 % interval \(Numbers.decimal($0.lowerBound, 1, signed: true)) to "
          + "\(Numbers.decimal($0.upperBound, 1, signed: true)), "
      } ?? ""
    let needed = furtherSeeds.map { $0 > 0 ? ", about \($0) more would be needed" : "" } ?? ""
    return "\(Numbers.decimal(difference, 1)) points (\(interval)\(Numbers.counted(seeds, "seed"))"
      + "\(isClear ? "" : ": not settled\(needed)"))"
  }

  var json: JSONValue {
    [
      "difference": .number(difference),
      "interval": interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
      "seeds": .integer(Int64(seeds)), "isClear": .bool(isClear),
      "furtherSeeds": furtherSeeds.map { .integer(Int64($0)) } ?? .null,
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
