import Core
import Datasets
import Numerics
import Samples
import TestSupport
import Testing

@Suite(.enabled(if: FashionMNIST.isInstalled), .serialized) struct BuiltEvaluationSetsTests {
  let sets = BuiltParts.shared.evaluation
  let deployment = BuiltParts.shared.deployment
  let expert = BuiltParts.shared.pool("expert")

  @Test func holdsEverySet() {
    #expect(sets.base.images.count == 10_000 && sets.base.features.rows == 10_000)
    #expect(deployment.test.images.count == 2_500 && deployment.target.count == 2_500)
    #expect(sets.corruptions.count == 75 && sets.corruptionLabels.count == BuiltParts.corruptionImages)
    #expect(sets.corruptions.allSatisfy { $0.images.count == BuiltParts.corruptionImages })
    #expect(Set(sets.corruptions.map(\.kind)).count == 15)
  }

  @Test func noTestImageIsInAPool() {
    let test = Set((0..<sets.base.images.count).map { Array(sets.base.images.image($0)) })
    let photos = Set((0..<2_500).map { Array(deployment.test.images.image($0)) })
    #expect(photos.isDisjoint(with: (0..<2_500).map { Array(deployment.target.image($0)) }))
    for pool in BuiltParts.shared.pools.values {
      let shared = (0..<pool.count).count {
        let image = Array(pool.images.image($0))
        return test.contains(image) || photos.contains(image)
      }
      // Fashion-MNIST itself repeats a few training images in its test set.
      #expect(shared <= 12, "\(pool.shift) shares \(shared) images")
    }
  }

  @Test func deploymentHasAnotherClassMix() {
    let counts = (0..<10).map { label in deployment.test.labels.count { $0 == Int32(label) } }
    #expect(counts.reduce(0, +) == 2_500)
    #expect((counts.max() ?? 0) > 2 * (counts.min() ?? 0))
  }

  @Test func severityHurtsMoreAndMore() {
    let accuracies = (1...5).map { severity in
      let images = sets.corruptions.filter { $0.severity == severity }.map(\.images)
      return images.map { accuracy(of: $0, labels: sets.corruptionLabels) }.reduce(0, +) / Double(images.count)
    }
    for (mild, severe) in zip(accuracies, accuracies.dropFirst()) { #expect(severe < mild - 0.01) }
    #expect(accuracies[0] > 0.5 && accuracies[4] > 0.2)
    #expect(accuracy(of: sets.base.images, labels: sets.base.labels) > accuracies[0])
  }

  /// The nearest class mean of the expert images in pixels: a plain classifier that is hurt by any corruption.
  private func accuracy(of images: SampleSet, labels: [Int32]) -> Double {
    let rows = Matrix(rows: images.count, columns: 784, values: images.pixels.map { Float($0) })
    let products = rows.multiplied(by: Self.centres, transposedOther: true)
    let halves = Kernels.rowSquaredNorms(Self.centres).map { $0 / 2 }
    let right = labels.indices.count { row in
      let nearest = (0..<10).max { products[row, $0] - halves[$0] < products[row, $1] - halves[$1] }
      return nearest == Int(labels[row])
    }
    return Double(right) / Double(labels.count)
  }

  private static let centres: Matrix = {
    let expert = BuiltParts.shared.pool("expert")
    var centres = Matrix(rows: 10, columns: 784)
    for (index, label) in expert.observedLabels.enumerated() {
      for (pixel, value) in expert.images.image(index).enumerated() {
        centres.values[Int(label) * 784 + pixel] += Float(value) / 1_000
      }
    }
    return centres
  }()

  @Test func neighboursInTheFixedRepresentationShareTheirClass() {
    let queries = Array(0..<2_000)
    let found = NearestNeighbours(
      of: sets.base.features.selecting(rows: queries), among: expert.features.matrix, count: 10)
    #expect(Double(hits(found, sets.base.labels)) > 0.80 * 2_000)
    let photos = NearestNeighbours(
      of: deployment.test.features.selecting(rows: queries), among: expert.features.matrix, count: 10)
    #expect(Double(hits(photos, deployment.test.labels)) > 0.65 * 2_000)
  }

  /// How often the most frequent class among the neighbours (weighted by exp(cosine / 0.07)) is right.
  private func hits(_ found: NearestNeighbours, _ labels: [Int32]) -> Int {
    (0..<found.indices.count / found.count).count { query in
      var votes = [Double](repeating: 0, count: 10)
      for place in query * found.count..<(query + 1) * found.count {
        let label = Int(expert.observedLabels[Int(found.indices[place])])
        votes[label] += PortableMath.exp(Double(found.similarities[place] - 1) / 0.07)
      }
      return votes.firstIndex(of: votes.max() ?? 0) == Int(labels[query])
    }
  }
}
