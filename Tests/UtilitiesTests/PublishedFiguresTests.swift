import Datasets
import Foundation
import Statistics
import Testing
import Utilities

/// The directory of the published data that tests may read; without it the tests that need it are skipped.
private let publishedData = ProcessInfo.processInfo.environment["WINNOW_PUBLISHED_DATA"]

private func table(_ name: String) throws -> ClassTable {
  let path = try #require(publishedData) + "/select-paper/\(name).csv"
  return try ClassTable(csv: Array(try Data(contentsOf: URL(filePath: path))), name: "\(name).csv")
}

/// The published accuracies by class.
private func accuracies(_ name: String) throws -> [Double] {
  try table(name).values(\.accuracy).map { try #require($0) }
}

/// The figures that the SELECT paper's released per-class tables give.
@Suite(.enabled(if: publishedData != nil)) struct PublishedFiguresTests {
  struct Figures {
    let name: String
    let records: Int
    let samples: Int
    let coverage: Int
    let below500: Int
    let left5: Double
    let accuracy: Double
    let gini: Double
    let effective: Double
    let correlations: [Double]
  }

  static let figures = [
    Figures(
      name: "in1000", records: 1004, samples: 1_281_167, coverage: 1000, below500: 0, left5: 5.07, accuracy: 77.962,
      gini: 0.0138,
      effective: 998.35, correlations: [-0.0517, -0.3538, 1, 0.7562, 1]),
    Figures(
      name: "oi1000", records: 1004, samples: 1_227_538, coverage: 962, below500: 764, left5: 75.16, accuracy: 42.296,
      gini: 0.8552,
      effective: 64.08, correlations: [-0.1287, -0.2016, 0.5321, 0.5605, 0.0251]),
    Figures(
      name: "la1000", records: 1012, samples: 1_024_176, coverage: 1000, below500: 12, left5: 6.37, accuracy: 59.604,
      gini: 0.0872,
      effective: 986.32, correlations: [-0.2411, -0.1644, 0.7238, 0.6359, 0.2902]),
  ]

  @Test(arguments: 0..<3) func aPublishedTableGivesThePublishedRow(position: Int) throws {
    let expected = Self.figures[position]
    let found = try ClassAnalysis(try table(expected.name), baseline: try table("in1000"))
    func rounds(_ value: Double?, to published: Double, _ digits: Double) -> Bool {
      value.map { abs($0 - published) <= 0.5 / digits + 1e-9 } ?? false
    }
    let balance = try #require(found.balance)
    #expect(found.rows == expected.records && found.classes == 1000)
    #expect(balance.counts.reduce(0, +) == expected.samples)
    #expect(balance.coverage == expected.coverage && balance.classes(below: 500) == expected.below500)
    #expect(rounds(100 * balance.share(ofMostFrequentPercent: 5), to: expected.left5, 100))
    #expect(rounds(found.accuracy.map { 100 * $0 }, to: expected.accuracy, 1000))
    #expect(rounds(balance.gini, to: expected.gini, 10_000))
    #expect(rounds(balance.exponentialEntropy, to: expected.effective, 100))
    let associations = [
      found.precisionCount, found.accuracySkewness, found.baselineAccuracy, found.precisionRecall, found.baselineCount,
    ]
    for (association, published) in zip(associations, expected.correlations) {
      #expect(rounds(association.pearson, to: published, 10_000), "\(association) for \(published)")
      #expect(association.spearman != nil)
    }
  }

  @Test func mergersOfPublishedNamesAreReported() throws {
    let found = try ClassAnalysis(try table("oi1000"), baseline: try table("in1000"))
    for (file, name, numbers) in [("oi1000", "missile", "657, 744"), ("in1000", "sunglasses", "836, 837")] {
      #expect(
        found.notes.contains {
          $0.hasPrefix("\(file).csv: 4 rows with the name \"\(name)\" became 2 (classes \(numbers))")
        })
    }
    #expect(found.notes.count == 4)
    let json = found.json()
    #expect(json["rows"] == 1004 && json["classes"] == 1000 && json["samples"] == 1_227_538 && json["lt500"] == 764)
    #expect(json["coverage"] == 962 && json["rINAVAV"]?["pearson"]?.double.map { abs($0 - 0.0251) < 1e-4 } == true)
  }

  @Test(arguments: ["in1000", "oi1000", "la1000"]) func skewnessIsThePublishedOneOnEveryRow(name: String) throws {
    for row in try table(name).rows {
      let skewness = ConfusionMatrix.skewness(ofScores: try #require(row.confusionScores))
      let published = try #require(row.confusionSkewness)
      #expect(abs(skewness - published) < 1e-6, "\(row.name ?? ""): \(skewness) for \(published)")
    }
  }

  @Test(arguments: [
    ("in1000", "oi1000", 0.35666, 0.34217, 0.37115), ("oi1000", "la1000", -0.17308, -0.18771, -0.15845),
  ])
  func meanPairedDifferencesHaveThePublishedInterval(
    first: String, second: String, mean: Double, low: Double, high: Double
  ) throws {
    let differences = zip(try accuracies(first), try accuracies(second)).map { $0 - $1 }
    let deviation = try #require(Descriptive.standardDeviation(differences))
    let reach = Distributions.normalQuantile(0.975) * deviation / Double(differences.count).squareRoot()
    let found = Descriptive.mean(differences)
    #expect(abs(found - mean) < 1e-5 && abs(found - reach - low) < 1e-5 && abs(found + reach - high) < 1e-5)
    let interval = try #require(StratifiedMean([differences])).interval()
    #expect(abs(interval.lowerBound - low) < 0.001 && abs(interval.upperBound - high) < 0.001)
  }

  private func winsTiesLosses(_ differences: [Double]) -> [Int] {
    [differences.count { $0 > 0 }, differences.count { $0 == 0 }, differences.count { $0 < 0 }]
  }

  @Test func winsTiesLossesAndWilcoxonAreThePublishedOnes() throws {
    let pairs = zip(try accuracies("in1000"), try accuracies("oi1000"))
    let published = pairs.map { $0 - $1 }
    #expect(winsTiesLosses(published) == [957, 11, 32])
    #expect(WilcoxonSignedRank(differences: published, zeros: .dropped).statistic == 3256)
    // Accuracies are multiples of 1/50, but the tables hold some with rounding errors, which make four ties into
    // differences. Of whole numbers of right answers (SciPy 1.17.1):
    let exact = pairs.map { (50 * $0).rounded() - (50 * $1).rounded() }
    #expect(winsTiesLosses(exact) == [955, 15, 30])
    #expect(WilcoxonSignedRank(differences: exact, zeros: .dropped).statistic == 3104)
    #expect(WilcoxonSignedRank(differences: exact).statistic == 3554)
  }
}
