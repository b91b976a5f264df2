import Core
import Datasets
import Numerics
import Testing
import Utilities

@Suite struct LabelSpaceTests {
  /// Four classes; the most probable one of each row: 0, 3, 1.
  private let probabilities = Matrix(
    rows: 3, columns: 4, values: [0.5, 0.2, 0.1, 0.2, 0.1, 0.3, 0.2, 0.4, 0.2, 0.4, 0.1, 0.3])

  @Test func aMaskRestrictsTheArgmaxAndRenormalises() throws {
    let space = try LabelSpace(mask: [3, 1], classes: 4)
    #expect(space.predictions(probabilities) == [1, 3, 1])
    let shares = space.shares(probabilities)
    #expect(abs(shares[0, 1] - 0.5) < 1e-6 && shares[0, 0] == 0 && abs(shares[1, 3] - 4.0 / 7) < 1e-6)
    let found = try space.classification(probabilities: probabilities, labels: [3, 3, 1])
    #expect(abs(found.confusion.accuracy - 2.0 / 3) < 1e-12)
    // Classes without a test image are not the worst ones.
    #expect(found.metrics["accuracy.worst-class"] == 0.5)
    #expect(abs(found.negativeLogLikelihood - (0.6931472 + 0.5596158 + 0.5596158) / 3) < 1e-6)
  }

  @Test func aMapSendsTheMostProbableKnownClassToItsLabel() throws {
    // Classes 1 and 2 mean label 0, class 3 means label 1, class 0 is unknown.
    let space = try LabelSpace(map: [-1, 0, 0, 1], labels: 2, classes: 4)
    // Row 1: class 3 is the most probable one, though classes 1 and 2 have more together.
    #expect(space.predictions(probabilities) == [0, 1, 0])
    let shares = space.shares(probabilities)
    #expect(abs(shares[1, 0] - 5.0 / 9) < 1e-6 && abs(shares[1, 1] - 4.0 / 9) < 1e-6)
    let found = try space.classification(probabilities: probabilities, labels: [0, 1, 1])
    #expect(found.confusion.counts == [[1, 0], [1, 1]])
    #expect(abs(found.metrics["brier"]! - 2 * (0.16 + 25.0 / 81 + 0.390625) / 3) < 1e-6)
  }

  @Test func theNetworksOwnClassesChangeNothing() throws {
    let labels: [Int32] = [0, 3, 2]
    let plain = Classification(probabilities: probabilities, labels: labels)
    let found = try LabelSpace(classes: 4).classification(probabilities: probabilities, labels: labels)
    #expect(found.confusion == plain.confusion && abs(found.brier - plain.brier) < 1e-6)
  }

  @Test func rowsWithoutProbabilityInTheSetAreSharedEqually() throws {
    let certain = Matrix(rows: 1, columns: 3, values: [1, 0, 0])
    let space = try LabelSpace(mask: [1, 2], classes: 3)
    #expect(space.shares(certain).values == [0, 0.5, 0.5] && space.predictions(certain) == [1])
  }

  @Test func masksAndMapsThatMakeNoSenseAreRefused() throws {
    for mask in [[], [1, 1], [4], [-1]] {
      #expect(throws: DatasetError.self) { try LabelSpace(mask: mask, classes: 4) }
    }
    for (map, labels) in [
      ([0, 1], 2), ([0, 1, 2, 3], 3), ([0, 0, -2, 1], 2), ([0, 0, 0, 0], 2), ([-1, -1, -1, -1], 0),
    ] {
      #expect(throws: DatasetError.self) { try LabelSpace(map: map.map(Int32.init), labels: labels, classes: 4) }
    }
    let error = #expect(throws: DatasetError.self) {
      try LabelSpace(mask: [0, 1], classes: 4).classification(probabilities: probabilities, labels: [0, 1, 2])
    }
    #expect(error?.description == "evaluation set: the label 2 of image 2 is not in its label set")
  }
}

@Suite struct UnitRowsTests {
  @Test func scalingARowByAPowerOfTwoChangesNoBit() {
    var generator = SeededGenerator(seed: 1, purpose: "unit rows")
    let values = (0..<64).map { _ in Float(generator.normal()) }
    let expected = Matrix(rows: 8, columns: 8, values: values).withUnitRows()
    for exponent in [-100, -80, -40, 40, 70, 120] {
      let factor = Float(sign: .plus, exponent: exponent, significand: 1)
      #expect(
        Matrix(rows: 8, columns: 8, values: values.map { $0 * factor }).withUnitRows() == expected, "2^\(exponent)")
    }
  }

  @Test func theSmallestAndTheLargestNumbersHaveADirection() {
    let (least, greatest) = (Float.leastNonzeroMagnitude, Float.greatestFiniteMagnitude)
    let rows = Matrix(rows: 3, columns: 2, values: [least, 0, greatest, -greatest, 0, 0]).withUnitRows()
    #expect(rows.row(0) == [1, 0] && rows.row(2) == [0, 0])
    #expect(abs(rows.row(1)[0] - Float(0.5).squareRoot()) < 1e-6 && rows.row(1)[0] == -rows.row(1)[1])
  }
}

@Suite struct ImageTextScoreTests {
  @Test func scoresAreCosinesInPercentCutAtZero() throws {
    let images = Matrix(rows: 4, columns: 2, values: [3, 4, 1, 0, 1, 0, 0, 0])
    let texts = Matrix(rows: 4, columns: 2, values: [0.6, 0.8, 0, 7, -2, 0, 1, 1])
    let scores = ImageTextScore.scores(images: images, texts: texts)
    #expect(abs(scores[0] - 100) < 1e-3 && scores[1...] == [0, 0, 0])
    #expect(abs(try #require(ImageTextScore.mean(images: images, texts: texts)) - 25) < 1e-3)
    #expect(ImageTextScore.mean(images: Matrix(rows: 0, columns: 2), texts: Matrix(rows: 0, columns: 2)) == nil)
  }
}

@Suite struct TargetDistanceTests {
  @Test func nearerSubsetsHaveASmallerDistance() throws {
    let target = randomRows(300, 6, seed: 1, center: 1)
    func distance(_ center: Double) throws -> Double {
      try #require(
        TargetDistance.metrics(subset: randomRows(200, 6, seed: 2, center: center), target: target, seed: 0)[
          "deployment.cmmd"])
    }
    #expect(abs(try distance(1)) < 0.2)
    #expect(try distance(1) < distance(0.5) && distance(0.5) < distance(-1))
    #expect(TargetDistance.metrics(subset: randomRows(1, 6, seed: 2), target: target, seed: 0).isEmpty)
  }
}

@Suite struct ClassMemoryTests {
  private let features = Matrix(rows: 5, columns: 2, values: [30, 0, 0, 30, 31, 1, 29, 3, 0, 31])
  private let labels: [Int32] = [0, 2, 0, 0, 2]

  @Test func theFirstRowsOfEachClassAreKept() throws {
    let memory = try ClassMemory(features: features, labels: labels, classes: 4, perClass: 2)
    #expect(memory.labels == [0, 2, 0, 2] && memory.features.rows == 4 && memory.features.row(0) == [1, 0])
  }

  @Test func absentClassesAreMadeUpAsPublished() throws {
    let memory = try ClassMemory(
      features: features, labels: labels, classes: 4, perClass: 4, absent: .absentAsPublished, seed: 3)
    #expect((0..<4).map { label in memory.labels.count { $0 == Int32(label) } } == [4, 4, 4, 4])
    // The own rows come first and are as they were.
    #expect(Array(memory.labels[..<5]) == labels)
    for label: Int32 in [1, 3] {
      let rows = memory.labels.indices.filter { memory.labels[$0] == label }.map { memory.features.row($0) }
      // Four rows within a noise of 0.01 on lengths of 10 and more.
      #expect(rows.allSatisfy { abs($0[0] - rows[0][0]) < 0.02 && abs($0[1] - rows[0][1]) < 0.02 })
      #expect(rows[0] != rows[1])
    }
    // Filled from its own two rows, (0, 30) and (0, 31).
    let filled = memory.labels.indices.filter { memory.labels[$0] == 2 }.map { memory.features.row($0) }
    #expect(filled.count == 4 && filled.allSatisfy { $0[0] == 0 && abs($0[1] - 1) < 1e-6 })
    let again = try ClassMemory(
      features: features, labels: labels, classes: 4, perClass: 4, absent: .absentAsPublished, seed: 3)
    #expect(memory == again)
  }

  @Test func madeUpClassesCanBePredicted() throws {
    let memory = try ClassMemory(
      features: features, labels: labels, classes: 4, perClass: 4, absent: .absentAsPublished)
    let invented = memory.labels.firstIndex(of: 1)!
    let vote = try NearestNeighbourVote(
      queries: memory.features.selecting(rows: [invented]), memory: memory.features, labels: memory.labels, classes: 4,
      k: 1)
    #expect(vote.ranks(k: 1, truth: [1]) == [0])
  }
}
