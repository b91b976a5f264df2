import Core
import Curation
import Numerics
import Testing

@Suite struct ConfidentLearningTests {
  private let labels: [Int32] = [0, 1, 2, 1, 2, 0]
  private let probabilities = Matrix(
    rows: 6, columns: 3,
    values: [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.2, 0.7, 0.6, 0.3, 0.1, 0.05, 0.05, 0.9, 0.3, 0.4, 0.3])

  @Test func marginScoresAreThePublishedOnes() {
    let margins = ConfidentLearning.normalizedMargins(probabilities: probabilities, labels: labels)
    for (margin, published) in zip(margins, [0.85, 0.6, 0.75, 0.35, 0.925, 0.45] as [Float]) {
      #expect(abs(margin - published) < 1e-6)
    }
  }

  @Test func theJointCountsWhoConfidentlyBelongsWhere() {
    let thresholds = ConfidentLearning.thresholds(probabilities: probabilities, labels: labels)
    for (threshold, expected) in zip(thresholds, [0.55, 0.4, 0.8]) { #expect(abs(threshold - expected) < 1e-6) }
    // The third example reaches no threshold; the fourth is a 0 by its looks, the sixth a 1.
    let joint = ConfidentLearning.confidentJoint(probabilities: probabilities, labels: labels)
    #expect(joint == [[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    let calibrated = ConfidentLearning.calibratedJoint(probabilities: probabilities, labels: labels)
    #expect(calibrated == [[1, 1, 0], [1, 1, 0], [0, 0, 2]])
  }

  @Test func prunesByNoiseRateTheLargestMargins() {
    let suspects = ConfidentLearning.suspects(probabilities: probabilities, labels: labels)
    #expect(suspects == [false, false, false, true, false, true])
  }

  @Test func leavesAMinimumOfEachClassThoseThatLookBest() {
    // Everybody looks like class 1, so that all zeros but the clear one are suspected.
    let probabilities = Matrix(
      rows: 6, columns: 2, values: [0.1, 0.9, 0.3, 0.7, 0.2, 0.8, 0.9, 0.1, 0.3, 0.7, 0.35, 0.65])
    let labels: [Int32] = [0, 0, 0, 0, 1, 1]
    let all = ConfidentLearning.suspects(probabilities: probabilities, labels: labels)
    #expect(all == [true, true, true, false, false, false])
    let some = ConfidentLearning.suspects(probabilities: probabilities, labels: labels, minimumPerClass: 3)
    #expect(some == [true, false, false, false, false, false])
  }

  @Test func prunesByMarginRatherThanByTheOtherClassAlone() {
    // One and a quarter of the five zeros count as ones. The first is likelier to be a one than the second, but likelier
    // still to be a zero.
    let probabilities = Matrix(
      rows: 6, columns: 3,
      values: [
        0.45, 0.5, 0.05, 0.3, 0.48, 0.22, 0.9, 0.1, 0, 0.9, 0.1, 0, 0.9, 0.1, 0, 0.3, 0.49, 0.21,
      ])
    let suspects = ConfidentLearning.suspects(probabilities: probabilities, labels: [0, 0, 0, 0, 0, 1])
    #expect(suspects == [false, true, false, false, false, false])
  }

  @Test func aClassWithoutExamplesOrThatNobodyIsSureOfIsLeftAlone() {
    let sure = Matrix(rows: 2, columns: 3, values: [0.9, 0.1, 0, 0.8, 0.2, 0])
    #expect(ConfidentLearning.suspects(probabilities: sure, labels: [0, 0]) == [false, false])
    #expect(ConfidentLearning.thresholds(probabilities: sure, labels: [0, 0]).dropFirst() == [.infinity, .infinity])
  }

  @Test func findsMostWrongLabelsAndFewRightOnesWhenProbabilitiesAreGood() {
    var generator = SeededGenerator(seed: 4, purpose: "noisy labels")
    var given: [Int32] = []
    var wrong: [Bool] = []
    var values: [Float] = []
    for _ in 0..<1_000 {
      let truth = generator.integer(below: 3)
      wrong.append(generator.uniform() < 0.2)
      given.append(Int32(wrong.last! ? (truth + 1) % 3 : truth))
      let confidence = Float(generator.uniform(in: 0.4..<0.98))
      values += (0..<3).map { $0 == truth ? confidence : (1 - confidence) / 2 }
    }
    let suspects = ConfidentLearning.suspects(
      probabilities: Matrix(rows: 1_000, columns: 3, values: values), labels: given)
    let found = zip(suspects, wrong).count { $0 && $1 }
    #expect(Double(found) > 0.8 * Double(wrong.count { $0 }))
    #expect(Double(found) > 0.9 * Double(suspects.count { $0 }))
  }

  @Test func marginsAndErrorNormsAreThoseOfTheDefinition() {
    let margins = Margin.scores(probabilities: probabilities)
    for (margin, expected) in zip(margins, [0.7, 0.2, 0.5, 0.3, 0.85, 0.1] as [Float]) {
      #expect(abs(margin - expected) < 1e-6)
    }
    let norms = ErrorNorm.scores(probabilities: probabilities, labels: labels)
    #expect(abs(norms[0] - Float(0.06).squareRoot()) < 1e-6)
    #expect(abs(norms[3] - Float(0.36 + 0.49 + 0.01).squareRoot()) < 1e-6)
  }
}
