package import Core
import Sweeps

extension SweepComparison {
  /// For a terminal: what was asked differently, whether the verdict and the winners changed, and every change that is more
  /// than noise; the others are counted.
  package func text(currency: String) -> String {
    let trials =
      "\(Numbers.counted(commonTrials, "trial")) in both, \(Numbers.count(equalTrials)) of them with the same outcome; "
      + "\(Numbers.count(onlyBefore)) only in the first, \(Numbers.count(onlyAfter)) only in the second."
    let asked =
      request.isEmpty ? ["Both ask for the same."] : ["Asked for differently:"] + request.map { "  " + $0.text }
    let parts = parts.flatMap { [""] + $0.lines(currency: currency) }
    let nothing = self.parts.isEmpty ? ["", "The two share no setting that could be compared."] : []
    return (["\(nameBefore) → \(nameAfter)", trials] + asked + parts + nothing).joined(separator: "\n") + "\n"
  }

  /// The comparison for other programs, every change included.
  package var json: JSONValue {
    [
      "before": .string(nameBefore), "after": .string(nameAfter), "request": .array(request.map(\.json)),
      "trials": [
        "common": .integer(Int64(commonTrials)), "equal": .integer(Int64(equalTrials)),
        "onlyBefore": .integer(Int64(onlyBefore)), "onlyAfter": .integer(Int64(onlyAfter)),
      ],
      "parts": .array(parts.map(\.json)),
    ]
  }
}

extension RequestDifference {
  /// `strategies: without margin; with k-center`, or `training.steps: 600 → 900`.
  package var text: String {
    guard removed.isEmpty, added.isEmpty else {
      let without = removed.isEmpty ? [] : ["without \(removed.map(Self.word).joined(separator: ", "))"]
      let with = added.isEmpty ? [] : ["with \(added.map(Self.word).joined(separator: ", "))"]
      return "\(path): \((without + with).joined(separator: "; "))"
    }
    return "\(path): \(before.map(Self.word) ?? "not stated") → \(after.map(Self.word) ?? "not stated")"
  }

  private static func word(_ value: JSONValue) -> String { value.text ?? value.canonicalText }

  var json: JSONValue {
    [
      "path": .string(path), "before": before ?? .null, "after": after ?? .null, "removed": .array(removed),
      "added": .array(added),
    ]
  }
}

extension SweepComparison.Part {
  fileprivate func lines(currency: String) -> [String] {
    let budget =
      budgetBefore == budgetAfter
      ? Numbers.money(budgetAfter) : "\(Numbers.money(budgetBefore)) → \(Numbers.money(budgetAfter))"
    return ["Budget \(budget) \(currency), \(sizing.rawValue), \(trainingLength.rawValue)"]
      + verdictLines.map { "  " + $0 } + winnerLines.map { "  " + $0 } + changeLines.map { "  " + $0 }
  }

  private var verdictLines: [String] {
    guard let verdictBefore, let verdictAfter else { return ["Verdict: one of the two has none yet."] }
    let (old, new) = (verdictBefore.recommended.option.text, verdictAfter.recommended.option.text)
    let margin = verdictAfter.margin.map { " Its margin now: \($0.text)." } ?? ""
    return [isSameVerdict == true ? "Verdict: still \(new).\(margin)" : "Verdict: \(new) instead of \(old).\(margin)"]
  }

  private var winnerLines: [String] {
    winners.map { winner in
      let (old, new) = (winner.before?.label ?? "nobody", winner.after?.label ?? "nobody")
      return "\(winner.metric.title.english): "
        + (winner.isSame ? "still \(new) first" : "\(new) first instead of \(old)")
    }
  }

  private var changeLines: [String] {
    let found = changes.filter { $0.finding == .moreThanNoise }
    let counts = MeasuredChange.Finding.allCases.filter { $0 != .moreThanNoise }.compactMap { finding in
      let count = changes.count { $0.finding == finding }
      return count > 0 ? "\(finding.rawValue): \(Numbers.count(count))" : nil
    }
    let others = counts.isEmpty ? [] : ["Other changes: \(counts.joined(separator: "; "))."]
    let heading = found.isEmpty ? "No change is more than noise." : "More than noise (5 %, after Holm's correction):"
    return [heading] + found.map { "  " + $0.text } + others
  }

  fileprivate var json: JSONValue {
    [
      "sizing": .string(sizing.rawValue), "trainingLength": .string(trainingLength.rawValue),
      "budgetBefore": budgetBefore.json, "budgetAfter": budgetAfter.json,
      "verdictBefore": verdictBefore?.json ?? .null, "verdictAfter": verdictAfter?.json ?? .null,
      "isSameVerdict": isSameVerdict.map { .bool($0) } ?? .null,
      "winners": .array(
        winners.map {
          [
            "utility": .string($0.metric.name), "before": $0.before.map { .string($0.label) } ?? .null,
            "after": $0.after.map { .string($0.label) } ?? .null, "isSame": .bool($0.isSame),
          ]
        }),
      "changes": .array(changes.map(\.json)),
    ]
  }
}

extension MeasuredChange {
  /// `Accuracy of margin: 80.1 % → 82.4 %, +2.3 points (+1.1 to +3.5), p 0.004, 18 pairs`.
  package var text: String {
    let place = shift.map { " on \($0)" } ?? ""
    let range =
      interval.map {
        " (\(Numbers.difference($0.lowerBound, of: metric)) to \(Numbers.difference($0.upperBound, of: metric)))"
      } ?? ""
    let p = adjusted.map { ", p \(Numbers.decimal($0, 3))" } ?? ""
    return "\(metric.title.english) of \(strategy.label)\(place): \(Numbers.value(before, of: metric)) → "
      + "\(Numbers.value(after, of: metric)), \(Numbers.difference(difference, of: metric))"
      + "\(metric.differenceUnit)\(range)\(p), "
      + Numbers.counted(trials, isPaired ? "pair" : "unpaired trial")
  }

  var json: JSONValue {
    [
      "utility": .string(metric.name), "strategy": .string(strategy.label), "shift": shift.map { .string($0) } ?? .null,
      "before": .number(before), "after": .number(after), "difference": .number(difference),
      "interval": interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
      "isPaired": .bool(isPaired), "trials": .integer(Int64(trials)), "p": pValue.map { .number($0) } ?? .null,
      "pAfterHolm": adjusted.map { .number($0) } ?? .null, "finding": .string(finding.rawValue),
    ]
  }
}

extension Metric {
  /// What a difference counts, for sentences: ` points`, or nothing.
  var differenceUnit: String { unit == .fraction ? " points" : "" }
}
