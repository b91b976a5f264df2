import Core
import Datasets
import Numerics
import Testing

@Suite struct CaptionLabelTests {
  static func label(_ caption: String) -> Int32? { RetrievalByTextPart.label(ofCaption: ArraySlice(caption.utf8)) }

  @Test func takesTheOneClassWhoseLemmaOccurs() {
    #expect(Self.label("photo of a t-shirt") == 0)
    #expect(Self.label("vintage pullover, size M") == 2)
    #expect(Self.label("ankle boots for women") == 9)
    #expect(Self.label("boot or boots") == 9)
  }

  @Test func refusesNoneAndSeveral() {
    #expect(Self.label("click to enlarge") == nil)
    #expect(Self.label("") == nil)
    #expect(Self.label("shirt with matching bag") == nil)
    #expect(Self.label("dress shirt, size M") == nil)
    #expect(Self.label("shirtless baggage coated") == nil)
  }

  @Test func ambiguousWordsBelongToOneClass() {
    #expect(Self.label("black top") == 0)
    #expect(Self.label("my new shoes arrived today") == 7)
  }
}

@Suite struct AnnotatorTests {
  static let labels: [Int32] = (0..<4_000).map { Int32($0 % 3) - ($0 % 30 == 0 ? 1 : 0) }
  static let similarities: Matrix = {
    var generator = SeededGenerator(seed: 0, purpose: "similarities")
    var matrix = Matrix(rows: labels.count, columns: 3)
    for row in labels.indices {
      for column in 0..<3 {
        matrix[row, column] = (Int32(column) == labels[row] ? 0.3 : 0) + Float(generator.uniform(in: -0.2..<0.2))
      }
    }
    return matrix
  }()

  @Test func areRightAsOftenAsPublished() {
    let crowd = Annotators(labels: Self.labels, similarities: Self.similarities)
    let (_, accuracy) = crowd.majorities(votes: 9, seed: 1)
    #expect(abs(accuracy - Annotators.accuracy) < 0.006)
  }

  @Test func moreVotesKeepTheFirstOnes() {
    let crowd = Annotators(labels: Self.labels, similarities: Self.similarities)
    let one = crowd.majorities(votes: 1, seed: 1).labels
    let five = crowd.majorities(votes: 5, seed: 1).labels
    func accuracy(_ labels: [Int32]) -> Double {
      Double(zip(labels, Self.labels).count { $0 == $1 }) / Double(labels.count)
    }
    #expect(accuracy(five) > accuracy(one) + 0.02)
    #expect(zip(one, five).count { $0 == $1 } > 3_200)
    #expect(crowd.majorities(votes: 1, seed: 2).labels != one)
  }

  @Test func theFirstOfEquallyFrequentAnswersWins() {
    #expect(Annotators.majority([2, 1, 1]) == 1)
    #expect(Annotators.majority([2, 1, 0]) == 2)
    #expect(Annotators.majority([-1]) == -1)
  }
}

@Suite struct ApportionmentTests {
  @Test func countsAddUpAndStayNearTheirShares() {
    var generator = SeededGenerator(seed: 0, purpose: "apportionment")
    for _ in 0..<500 {
      let shares = (0...generator.integer(below: 12)).map { _ in generator.uniform() + 1e-9 }
      let total = generator.integer(below: 5_000)
      let counts = Apportionment.counts(of: total, shares: shares)
      #expect(counts.reduce(0, +) == total)
      let sum = shares.reduce(0, +)
      #expect(zip(counts, shares).allSatisfy { abs(Double($0) - $1 / sum * Double(total)) < 1 })
    }
  }
}
