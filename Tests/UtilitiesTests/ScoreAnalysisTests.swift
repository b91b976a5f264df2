import Core
import Testing
import Utilities

private func close(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-6) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

@Suite("Anybody's scores")
struct ScoreAnalysisTests {
  private func table(_ text: String, name: String = "t.csv") throws -> ScoreTable {
    try ScoreTable(files: [(name, Array(text.utf8))])
  }

  @Test("a table has a method a row and a task a column; an empty field is a missing score")
  func csv() throws {
    let found = try table("method,a,b,c\nrandom,0.5,60 %,\nherding,0.6,0.7,1\n")
    #expect(found.methods == ["random", "herding"] && found.units == ["a", "b", "c"])
    #expect(found.values == [[0.5, 0.6, nil], [0.6, 0.7, 1]])
    for text in ["", "method\nx\n", "m,a\nx,much\n", "m,a\nx\n", "m,a,a\nx,1,2\n", "m,a\nx,1\nx,2\n", "m,a\n"] {
      #expect(throws: DatasetError.self, "\(text)") { try table(text) }
    }
  }

  @Test("published VTAB results make one table, and a task on which all are equal does not count")
  func published() throws {
    // Tasks of SELECT's released results for IN1000 and OI1000.
    let files = [
      "in1000.pth.tar Results: \ncaltech256 Accuracy: 0.4292\nsvhn Accuracy: 0.6875\nlfwpeople Accuracy: 0.0\n",
      "oi1000.pth.tar Results: \ncaltech256 Accuracy: 0.4472\nsvhn Accuracy: 0.8834\nlfwpeople Accuracy: 0.0\n",
    ]
    let found = try ScoreTable(files: files.enumerated().map { ("\($0)", Array($1.utf8)) })
    #expect(found.methods == ["in1000.pth.tar", "oi1000.pth.tar"])
    let analysis = try ScoreAnalysis(found)
    #expect(analysis.constant == ["lfwpeople"] && analysis.units == ["caltech256", "svhn"])
    #expect(analysis.lines.map(\.method) == ["oi1000.pth.tar", "in1000.pth.tar"])
    #expect(close(analysis.lines[0].difference, (0.018 + 0.1959) / 2) && analysis.lines[0].wins == 2)
    #expect(throws: DatasetError.self) { try table("x Results:\nsvhn: 0.3\n") }
  }

  @Test("means, t intervals, corrected p, ranks and wins are those of SciPy")
  func values() throws {
    let found = try table(
      """
      method,t1,t2,t3,t4,t5,t6
      a,0.70,0.62,0.81,0.55,0.90,0.66
      b,0.74,0.65,0.83,0.60,0.91,0.71
      c,0.69,0.66,0.80,0.56,0.88,0.64

      """)
    let analysis = try ScoreAnalysis(found, baseline: "a")
    let b = try #require(analysis.lines.first { $0.method == "b" })
    // scipy.stats: ttest_rel(b, a), wilcoxon(b, a, zero_method="pratt", mode="exact"), friedmanchisquare(a, b, c).
    #expect(close(b.difference, 0.0333333333) && close(b.interval?.lowerBound, 0.0161961, 1e-5))
    #expect(close(b.interval?.upperBound, 0.0504705, 1e-5))
    #expect(b.meanRank < 1.2 && b.wins == 5 && close(b.interquartileMean, 0.7325, 1e-9))
    #expect(close(b.signedRank, 0.03125))
    #expect(analysis.lines.map(\.method) == ["b", "a", "c"] && analysis.baseline == "a")
    let low = try ScoreAnalysis(found, isHigherBetter: false)
    #expect(low.lines.first?.method == "c" && low.lines.last?.wins == 0)
    #expect(throws: ConfigurationError.self) { try ScoreAnalysis(found, baseline: "d") }
    #expect(throws: ConfigurationError.self) { try ScoreAnalysis(try table("m,a\nx,1\n")) }
    #expect(throws: ConfigurationError.self) { try ScoreAnalysis(try table("m,a\nx,1\ny,1\n")) }
  }
}
