import Datasets
import Evaluation
import Foundation
import Statistics
import Testing

/// The directory of the published data that tests may read; without it the tests that need it are skipped.
private let publishedData = ProcessInfo.processInfo.environment["WINNOW_PUBLISHED_DATA"]

private func table(_ name: String) throws -> PerClassTable {
  let path = try #require(publishedData) + "/select-paper/\(name).csv"
  return try PerClassTable(csv: String(contentsOfFile: path, encoding: .utf8))
}

/// The figures that the SELECT paper's released per-class tables give.
@Suite(.enabled(if: publishedData != nil)) struct PublishedFiguresTests {
  struct Figures {
    let name: String
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
      name: "in1000", samples: 1_281_167, coverage: 1000, below500: 0, left5: 5.07, accuracy: 77.962, gini: 0.0138,
      effective: 998.35, correlations: [-0.0517, -0.3538, 1, 0.7562, 1]),
    Figures(
      name: "oi1000", samples: 1_227_538, coverage: 962, below500: 764, left5: 75.16, accuracy: 42.296, gini: 0.8552,
      effective: 64.08, correlations: [-0.1287, -0.2016, 0.5321, 0.5605, 0.0251]),
    Figures(
      name: "la1000", samples: 1_024_176, coverage: 1000, below500: 12, left5: 6.37, accuracy: 59.604, gini: 0.0872,
      effective: 986.32, correlations: [-0.2411, -0.1644, 0.7238, 0.6359, 0.2902]),
  ]

  @Test(arguments: 0..<3) func aPublishedTableGivesThePublishedRow(position: Int) throws {
    let expected = Self.figures[position]
    let rows = try table(expected.name).rows
    let balance = ClassBalance(counts: rows.map(\.count))
    func rounds(_ value: Double, to published: Double, _ digits: Double) -> Bool {
      abs(value - published) <= 0.5 / digits + 1e-9
    }
    #expect(rows.map(\.index) == Array(0..<1000))
    #expect(balance.counts.reduce(0, +) == expected.samples)
    #expect(balance.coverage == expected.coverage && balance.classes(below: 500) == expected.below500)
    #expect(rounds(100 * balance.share(ofMostFrequentPercent: 5), to: expected.left5, 100))
    #expect(rounds(100 * Descriptive.mean(rows.map(\.accuracy)), to: expected.accuracy, 1000))
    #expect(rounds(try #require(balance.gini), to: expected.gini, 10_000))
    #expect(rounds(try #require(balance.exponentialEntropy), to: expected.effective, 100))
    let baseline = try table("in1000").rows
    let found = [
      Correlation.pearson(rows.map(\.precision), rows.map { Double($0.count) }),
      Correlation.pearson(rows.map(\.accuracy), rows.map { ConfusionMatrix.skewness(ofScores: $0.confusionScores) }),
      Correlation.pearson(baseline.map(\.accuracy), rows.map(\.accuracy)),
      Correlation.pearson(rows.map(\.precision), rows.map(\.recall)),
      Correlation.pearson(baseline.map { Double($0.count) }, rows.map { Double($0.count) }),
    ]
    for (value, published) in zip(found, expected.correlations) {
      #expect(rounds(try #require(value), to: published, 10_000), "\(String(describing: value)) for \(published)")
    }
  }

  @Test(arguments: ["in1000", "oi1000", "la1000"]) func skewnessIsThePublishedOneOnEveryRow(name: String) throws {
    for row in try table(name).rows {
      let skewness = ConfusionMatrix.skewness(ofScores: row.confusionScores)
      #expect(abs(skewness - row.confusionSkewness) < 1e-6, "\(row.name): \(skewness) for \(row.confusionSkewness)")
    }
  }

  @Test(arguments: [
    ("in1000", "oi1000", 0.35666, 0.34217, 0.37115), ("oi1000", "la1000", -0.17308, -0.18771, -0.15845),
  ])
  func meanPairedDifferencesHaveThePublishedInterval(
    first: String, second: String, mean: Double, low: Double, high: Double
  ) throws {
    let differences = zip(try table(first).rows, try table(second).rows).map { $0.accuracy - $1.accuracy }
    let deviation = try #require(Descriptive.standardDeviation(differences))
    let reach = Distributions.normalQuantile(0.975) * deviation / Double(differences.count).squareRoot()
    let found = Descriptive.mean(differences)
    #expect(abs(found - mean) < 1e-5 && abs(found - reach - low) < 1e-5 && abs(found + reach - high) < 1e-5)
    let bootstrap = PairedBootstrap(strata: differences.map { _ in 0 }, replicates: 2_000, seed: 0)
    let interval = bootstrap.interval(of: differences).percentile
    #expect(abs(interval.lowerBound - low) < 0.001 && abs(interval.upperBound - high) < 0.001)
  }

  private func winsTiesLosses(_ differences: [Double]) -> [Int] {
    [differences.count { $0 > 0 }, differences.count { $0 == 0 }, differences.count { $0 < 0 }]
  }

  @Test func winsTiesLossesAndWilcoxonAreThePublishedOnes() throws {
    let pairs = zip(try table("in1000").rows.map(\.accuracy), try table("oi1000").rows.map(\.accuracy))
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

@Suite struct PerClassTableTests {
  private let header =
    "classname,qty nonzero cols,most confused classnames,most confused scores,skewness of normalized confusion scores,"
    + "accuracy,Precision,Recall,Frequency,Balanced Accuracy,index,Class Count\n"

  @Test func repeatedNamesAreTakenApart() throws {
    let table = try PerClassTable(
      csv: header + """
        "arch, arch of orange",1,['x'],[0.2],0,0.9,0.8,0.9,0,0,2,30
        missile,0,[],[],0,0.5,0.4,0.5,0,0,7,10
        missile,0,[],[],0,0.3,0.2,0.3,0,0,7,10
        missile,0,[],[],0,0.5,0.4,0.5,0,0,1,20
        missile,0,[],[],0,0.3,0.2,0.3,0,0,1,20
        """)
    #expect(table.rows.map(\.index) == [1, 2, 7] && table.rows.map(\.count) == [20, 30, 10])
    #expect(table.rows.map(\.accuracy) == [0.5, 0.9, 0.3] && table.rows.map(\.precision) == [0.4, 0.8, 0.2])
    #expect(table.rows[1].name == "arch, arch of orange" && table.rows[1].confusionScores == [0.2])
  }

  @Test(arguments: [
    ("", "the table is empty"), ("a,b\n", "line 1 of the per-class table: the column \"classname\" is missing"),
    ("HEADERx,1\n", "line 2 of the per-class table: 2 fields instead of 12"),
    ("HEADERx,1,[],[],0,high,0,0,0,0,0,0\n", "\"high\" is no value for \"accuracy\""),
    ("HEADER\"x,1\n", "line 2 of the per-class table: a quoted field is never closed"),
  ])
  func whatIsNoTableIsRefusedWithItsLine(text: String, problem: String) {
    let csv = text.replacingOccurrences(of: "HEADER", with: header)
    let error = #expect(throws: DatasetError.self) { try PerClassTable(csv: csv) }
    #expect(error?.description.contains(problem) == true)
  }
}
