import Numerics
import Testing
import Utilities

private func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-6) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

@Suite struct ClassificationTests {
  private let probabilities = Matrix(
    rows: 4, columns: 3, values: [0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.5, 0.25, 0.25, 0, 0.1, 0.9])

  @Test func scoresAreThoseByHand() {
    let found = Classification(probabilities: probabilities, labels: [0, 2, 1, 2])
    // Right, wrong (.6), wrong (.5), right.
    #expect(found.confusion.counts == [[1, 0, 0], [1, 0, 0], [0, 1, 1]])
    #expect(isClose(found.metrics["accuracy"], 0.5) && found.topFive == nil)
    #expect(isClose(found.negativeLogLikelihood, (0.3566749 + 1.2039728 + 1.3862944 + 0.1053605) / 4))
    #expect(isClose(found.brier, (0.14 + 0.86 + 0.875 + 0.02) / 4))
    #expect(isClose(found.calibrationError, (0.3 + 0.6 + 0.5 + 0.1) / 4))
    #expect(isClose(found.metrics["accuracy.worst-class"], 0) && isClose(found.metrics["accuracy.worst-tenth"], 0))
  }

  @Test func halvesTakeTheImagesOfEachClassInTurn() {
    // Predictions 0, 1, 0, 2; of class 2 the second and the fourth image, the first of which is wrong.
    let found = Classification(probabilities: probabilities, labels: [0, 2, 1, 2])
    #expect(found.halves.map(\.images) == [3, 1] && found.halves.map(\.right) == [1, 1])
    let one = Classification(probabilities: Matrix(rows: 1, columns: 2, values: [1, 0]), labels: [0])
    #expect(one.halves.map(\.images) == [1, 0])
  }

  @Test func confidencesOfOneBinShareTheirError() {
    // Confidences .95 and .99 lie in the last of 15 bins, one right, one wrong: |1.94 − 1| / 2.
    let found = Classification(
      probabilities: Matrix(rows: 2, columns: 2, values: [0.95, 0.05, 0.99, 0.01]), labels: [0, 1])
    #expect(isClose(found.calibrationError, 0.47))
  }

  @Test func certainErrorsStayFinite() {
    let found = Classification(probabilities: Matrix(rows: 1, columns: 2, values: [1, 0]), labels: [1])
    #expect(isClose(found.negativeLogLikelihood, 87.336545, 1e-5) && isClose(found.brier, 2))
  }

  @Test func topFiveCountsTheClassesAhead() {
    var values = [Float](repeating: 0.1, count: 7)
    values[6] = 0.4
    let both = Matrix(rows: 2, columns: 7, values: values + values)
    // Class 3 is fifth (6, then 0, 1, 2 by their order), class 4 sixth.
    #expect(Classification(probabilities: both, labels: [3, 4]).topFive == 0.5)
  }

  @Test func worstTenthIsTheMeanOfTheWorstClasses() {
    let values = (0..<20).flatMap { row in (0..<20).map { Float($0 == (row < 3 ? 19 : row) ? 1 : 0) } }
    let found = Classification(
      probabilities: Matrix(rows: 20, columns: 20, values: values), labels: (0..<20).map(Int32.init))
    #expect(found.metrics["accuracy.worst-tenth"] == 0 && isClose(found.metrics["accuracy"], 0.85))
  }
}

@Suite struct ConfusionMatrixTests {
  @Test func precisionAndRecallAreThoseByHand() {
    let matrix = ConfusionMatrix(counts: [[8, 2, 0], [4, 6, 0], [0, 0, 0]])
    #expect(matrix.recall == [0.8, 0.6, 0] && matrix.accuracy == 0.7)
    #expect(isClose(matrix.precision[0], 2.0 / 3) && matrix.precision[1] == 0.75 && matrix.precision[2] == 0)
  }

  @Test func skewnessLooksAtTheFiveLargestErrors() {
    var row = [50, 7, 4, 1, 1, 1, 0, 0]
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 8), count: 8)
    counts[0] = row
    let five = ConfusionMatrix(counts: counts).confusionSkewness
    // SciPy 1.17.1: skew([7, 4, 1, 1, 1]); the scale does not matter.
    #expect(isClose(five[0], 0.84375, 1e-12) && five[1] == 0)
    row[6] = 1
    counts[0] = row
    #expect(isClose(ConfusionMatrix(counts: counts).confusionSkewness[0], five[0], 1e-12))
  }
}

@Suite struct ClassBalanceTests {
  @Test func longTailsAndHeadsAreCounted() {
    let balance = ClassBalance(counts: [600, 500, 499, 0, 1])
    #expect(balance.coverage == 4 && balance.classes(below: 500) == 3 && balance.imbalance == 600)
    #expect(isClose(balance.share(ofMostFrequentPercent: 5), 600.0 / 1600))
    #expect(isClose(balance.share(ofMostFrequentPercent: 40), 1100.0 / 1600))
  }

  @Test func equalClassesHaveNoImbalance() {
    let metrics = ClassBalance(labels: [2, 0, 1, 1, 0, 2], classes: 3).metrics
    #expect(metrics["data.gini"] == 0 && metrics["data.imbalance"] == 1 && isClose(metrics["data.exp-entropy"], 3))
  }

  @Test func noImagesHaveNoShares() {
    let metrics = ClassBalance(labels: [], classes: 3).metrics
    #expect(metrics["data.coverage"] == 0 && metrics["data.gini"] == nil && metrics["data.imbalance"] == nil)
  }
}
