import Core
import Datasets
import Samples
import TestSupport
import Testing

@Suite(.enabled(if: FashionMNIST.isInstalled), .serialized) struct TransferTaskTests {
  private let sets = BuiltParts.shared.evaluation

  private func task(_ name: String) throws -> TransferTask { try #require(sets.transfer.first { $0.name == name }) }

  private func images(_ set: SampleSet) -> [[UInt8]] { (0..<set.count).map { Array(set.image($0)) } }

  /// The images of the base test set, with their labels.
  private static let base = Dictionary(
    (0..<10_000).map {
      let base = BuiltParts.shared.evaluation.base
      return (Array(base.images.image($0)), base.labels[$0])
    }, uniquingKeysWith: { first, _ in first })

  @Test func tasksHaveTheirSizes() throws {
    let sizes = sets.transfer.map { "\($0.name) \($0.labels) \($0.trainingLabels.count)" }
    #expect(
      sizes == [
        "coarse 4 1000", "fine-tops 4 1000", "fine-footwear 3 1000", "rotation 4 1000", "shift 4 1000",
        "corruption 15 1000", "few-shot-5 10 50", "few-shot-20 10 200",
      ])
    #expect(sets.transfer.allSatisfy { (1_400...1_500).contains($0.testLabels.count) })
    let facts = try #require(BuiltParts.shared.facts["evaluation"]?.transferTasks)
    #expect(facts.count == 8 && facts[3].chance == 0.25 && facts[3].testImages == 1500)
    #expect(sets.transfer.map(\.chance).allSatisfy { (0.06...0.45).contains($0) })
  }

  @Test func noTestImageOfAnyTaskIsLearntFrom() throws {
    let plain = ["coarse", "fine-tops", "fine-footwear", "few-shot-5", "few-shot-20"]
    let training = try Set(plain.flatMap { images(try task($0).trainingImages) })
    let test = try plain.flatMap { images(try task($0).testImages) }
    // Fashion-MNIST's test set repeats very few images.
    #expect(test.count { training.contains($0) } <= 2)
    #expect(training.allSatisfy { Self.base[$0] != nil })
  }

  @Test func labelsAreThoseOfTheImages() throws {
    for (image, label) in zip(images(try task("coarse").testImages), try task("coarse").testLabels) {
      #expect(label == [0, 1, 0, 1, 0, 2, 0, 2, 3, 2][Int(try #require(Self.base[image]))])
    }
    for (image, label) in zip(images(try task("fine-tops").trainingImages), try task("fine-tops").trainingLabels) {
      #expect([0, 2, 4, 6][Int(label)] == Self.base[image])
    }
    let few = try task("few-shot-5")
    #expect((0..<10).allSatisfy { label in few.trainingLabels.count { $0 == Int32(label) } == 5 })
  }

  @Test func turnsAndMovesAreUndoneToTheOriginal() throws {
    let rotation = try task("rotation")
    for (image, label) in zip(images(rotation.trainingImages), rotation.trainingLabels).prefix(200) {
      var image = image
      // Turning clockwise until it is upright again.
      for _ in 0..<(4 - label) % 4 { image = (0..<784).map { image[(27 - $0 % 28) * 28 + $0 / 28] } }
      #expect(Self.base[image] != nil)
    }
    let shift = try task("shift")
    let black = [UInt8](repeating: 0, count: 28)
    for (image, label) in zip(images(shift.testImages), shift.testLabels).prefix(200) {
      let rows = (0..<28).map { Array(image[$0 * 28..<$0 * 28 + 28]) }
      let columns = (0..<28).map { column in rows.map { $0[column] } }
      let incoming = [rows[25...], columns[..<3], rows[..<3], columns[25...]][Int(label)]
      #expect(incoming.allSatisfy { $0 == black })
    }
  }

  @Test func theSameSeedGivesTheSameTasks() throws {
    let again = try BuiltParts.shared.rebuilt("evaluation")
    #expect(again.objects == BuiltParts.shared.objects["evaluation"])
    let other = try BuiltParts.shared.rebuilt("evaluation", BuiltParts.builder(seed: 1))
    #expect(try EvaluationSets(objects: other.objects).transfer != sets.transfer)
  }
}
