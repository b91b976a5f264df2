package import Core
import Sweeps

extension SweepComparison {
  /// For a terminal: what was asked differently, whether the verdict and the winners changed, and every change that is more
  /// than noise; the others are counted. Ends in a newline.
  package func text(currency: String, language: Language = .english) -> String {
    func spoken(_ words: Markup) -> String { words.plainText(in: language) }
    var lines = ["\(nameBefore) → \(nameAfter)", spoken(ComparisonWords.trials(self))]
    lines.append(spoken(request.isEmpty ? ComparisonWords.sameRequest : ComparisonWords.otherRequest))
    lines += request.map { "  " + spoken(ComparisonWords.difference($0)) }
    for part in parts {
      lines += ["", spoken(ComparisonWords.setting(part, currency: currency))]
      let details = part.verdictLines(language) + part.winnerLines(language) + part.changeLines(language)
      lines += details.map { "  " + $0 }
    }
    if parts.isEmpty { lines += ["", spoken(ComparisonWords.noCommonSetting)] }
    return lines.joined(separator: "\n") + "\n"
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
  var json: JSONValue {
    [
      "path": .string(path), "before": before ?? .null, "after": after ?? .null, "removed": .array(removed),
      "added": .array(added),
    ]
  }
}

extension SweepComparison.Part {
  fileprivate func verdictLines(_ language: Language) -> [String] {
    guard let verdictBefore, let verdictAfter else { return [ComparisonWords.noVerdict.plainText(in: language)] }
    let words = ComparisonWords.verdict(
      VerdictWords.option(verdictAfter.recommended.option),
      insteadOf: isSameVerdict == true ? nil : VerdictWords.option(verdictBefore.recommended.option),
      margin: verdictAfter.margin.map(VerdictWords.margin))
    return [words.plainText(in: language)]
  }

  fileprivate func winnerLines(_ language: Language) -> [String] {
    winners.map { ComparisonWords.winner($0).plainText(in: language) }
  }

  fileprivate func changeLines(_ language: Language) -> [String] {
    let found = changes.filter { $0.finding == .moreThanNoise }
    let counts = MeasuredChange.Finding.allCases.filter { $0 != .moreThanNoise }.map { finding in
      (finding: finding, count: changes.count { $0.finding == finding })
    }.filter { $0.count > 0 }
    let heading = found.isEmpty ? ComparisonWords.noChange : ComparisonWords.changes
    let others = counts.isEmpty ? [] : [ComparisonWords.otherChanges(counts)]
    return [heading.plainText(in: language)] + found.map { "  " + ComparisonWords.change($0).plainText(in: language) }
      + others.map { $0.plainText(in: language) }
  }

  fileprivate var json: JSONValue {
    [
      "sizing": .string(sizing.rawValue), "trainingLength": .string(trainingLength.label),
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
  var json: JSONValue {
    [
      "utility": .string(metric.name), "strategy": .string(strategy.label), "shift": shift.map { .string($0) } ?? .null,
      "before": .number(before), "after": .number(after), "difference": .number(difference),
      "interval": interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
      "isPaired": .bool(isPaired), "trials": .integer(Int64(trials)),
      "p": (signedRank ?? pValue).map { .number($0) } ?? .null,
      "pOfMean": pValue.map { .number($0) } ?? .null, "pAfterHolm": adjusted.map { .number($0) } ?? .null,
      "finding": .string(finding.rawValue),
    ]
  }
}
