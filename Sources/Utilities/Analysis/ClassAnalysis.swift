package import Core
import Statistics

/// The analytic metrics of SELECT (Feuer et al., NeurIPS 2024) of one per-class table or manifest, without any training:
/// `winnow analyze`.
package struct ClassAnalysis: Hashable, Sendable {
  /// A correlation over the classes of which both sides are known; nil where it is not defined (a column is missing or
  /// constant).
  package struct Association: Hashable, Sendable {
    package let pearson: Double?
    package let spearman: Double?

    /// Neither is defined when a side is missing.
    init(_ x: [Double?]?, _ y: [Double?]?) {
      let known = zip(x ?? [], y ?? []).compactMap { x, y in x.flatMap { x in y.map { (x, $0) } } }
      let (x, y) = (known.map(\.0), known.map(\.1))
      pearson = known.isEmpty ? nil : Correlation.pearson(x, y)
      spearman = known.isEmpty ? nil : Correlation.spearman(x, y)
    }
  }

  /// Rows of the file below its header.
  package let rows: Int
  /// Classes, each counted once; of a manifest, those of the baseline too.
  package let classes: Int
  /// Images of each class; nil when the file has no counts.
  package let balance: ClassBalance?
  /// Mean accuracy of the classes that have one: top-1 where the test set has as many images of every class.
  package let accuracy: Double?
  /// R:P,CC, precision and class count.
  package let precisionCount: Association
  /// R:A,CS, accuracy and skewness of the confusion scores.
  package let accuracySkewness: Association
  /// R:INA,A, accuracy of the baseline and accuracy.
  package let baselineAccuracy: Association
  /// R:P,R, precision and recall.
  package let precisionRecall: Association
  /// R:INAV,AV, class counts of the baseline and class counts.
  package let baselineCount: Association
  /// What was merged, left out or found strange, in plain sentences.
  package let notes: [String]

  /// Analyses `table`; correlations with a baseline need one, and go over the classes that both have.
  ///
  /// Classes of the two are matched by their numbers where both have them, else by their names. Throws a `DatasetError`
  /// when a number means differently named classes in the two, or when the two have no class in common.
  package init(_ table: ClassTable, baseline: ClassTable? = nil) throws {
    let pairing = try baseline.map { try ClassPairing(table, baseline: $0) }
    let own = pairing?.completed ?? table.rows
    let skewness = ConfusionSkewness(table)
    rows = table.records
    classes = own.count
    let counts = own.compactMap(\.count)
    balance = counts.count == own.count ? ClassBalance(counts: counts) : nil
    let accuracies = table.values(\.accuracy)
    let known = accuracies.compactMap { $0 }
    accuracy = known.isEmpty ? nil : Descriptive.mean(known)
    let precisions = table.values(\.precision)
    precisionCount = Association(precisions, table.values { $0.count.map(Double.init) })
    accuracySkewness = Association(accuracies, skewness.values)
    precisionRecall = Association(precisions, table.values(\.recall))
    baselineAccuracy = Association(pairing?.baseline(\.accuracy), pairing?.own(\.accuracy))
    baselineCount = Association(
      pairing?.baseline { $0.count.map(Double.init) }, pairing?.own { $0.count.map(Double.init) })
    notes = table.notes + (baseline?.notes ?? []) + skewness.notes + (pairing?.notes ?? [])
  }

  /// The keys of `winnow analyze --json`; shares are fractions, and what cannot be computed is null. With another
  /// `tailLimit` than 500, LT@`tailLimit` is there too, as `lt` and the limit.
  package func json(tailLimit: Int = 500) -> JSONValue {
    var members: [String: JSONValue] = [
      "rows": .integer(Int64(rows)), "classes": .integer(Int64(classes)),
      "samples": Self.value(balance.map { $0.counts.reduce(0, +) }), "coverage": Self.value(balance?.coverage),
      "lt500": Self.value(balance?.classes(below: 500)), "ls5pct": Self.value(balance?.share(ofMostFrequentPercent: 5)),
      "top1": Self.value(accuracy), "gini": Self.value(balance?.gini),
      "expEntropy": Self.value(balance?.exponentialEntropy), "rPCC": Self.value(precisionCount),
      "rACS": Self.value(accuracySkewness), "rINAA": Self.value(baselineAccuracy), "rPR": Self.value(precisionRecall),
      "rINAVAV": Self.value(baselineCount), "notes": .array(notes.map { .string($0) }),
    ]
    members["lt\(tailLimit)"] = Self.value(balance?.classes(below: tailLimit))
    return .object(members)
  }

  private static func value(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }

  private static func value(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }

  private static func value(_ association: Association) -> JSONValue {
    ["pearson": value(association.pearson), "spearman": value(association.spearman)]
  }
}

/// The skewness of each class's confusion scores: of the scores where the file lists them, else as the file gives it.
private struct ConfusionSkewness {
  let values: [Double?]
  var notes: [String] = []

  init(_ table: ClassTable) {
    let given = table.values(\.confusionSkewness)
    let computed = table.values { $0.confusionScores.map(ConfusionMatrix.skewness(ofScores:)) }
    values = zip(computed, given).map { $0 ?? $1 }
    let odd = table.rows.indices.filter { row in
      zip(given[row].map { [$0] } ?? [], computed[row].map { [$0] } ?? []).contains { abs($0 - $1) > 1e-6 }
    }
    guard let first = odd.first else { return }
    notes = [
      "\(table.name): the skewness of \(odd.count) classes, first \(table.rows[first].label), is not that of their "
        + "confusion scores, which count"
    ]
  }
}
