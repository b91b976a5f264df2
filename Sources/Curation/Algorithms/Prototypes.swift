package import Core
import Datasets
package import Numerics

/// The clusters of points on the unit sphere.
package struct Prototypes: Sendable {
  /// The points, scaled to length 1.
  let directions: RowTable
  /// The cluster of each point.
  package let clusters: [Int32]
  /// The cosine of each point to its cluster's centre.
  package let similarities: [Float]

  static let option = OptionDescription(
    name: "clusters", default: "root", values: .wordOrNumber(["root"], 1...100_000),
    meaning: "how many clusters: a number, or root for the square root of the number of images")

  private static let rounds = 10

  /// Spherical k-means over the rows of `points`.
  ///
  /// - Parameters:
  ///   - count: how many clusters; nil for the square root of the number of points. Never more than points.
  ///   - seed: where the centres start.
  /// - Throws: `CancellationError` once nobody wants the result.
  package init(of points: some RowReading, count: Int?, seed: UInt64, context: TaskContext = .unobserved) throws {
    let directions = points.withUnitRows()
    let root = Int(Double(points.rows).squareRoot())
    let centroids = try SphericalKMeans.centroids(
      of: directions, count: min(count ?? max(root, 1), points.rows), rounds: Self.rounds, seed: seed
    ) { try context.proceed($0, of: Self.rounds) }
    var (clusters, similarities): ([Int32], [Float]) = ([], [])
    SphericalKMeans.forEachBlock(of: directions, comparedWith: centroids) { _, nearest, products in
      clusters += nearest
      similarities += nearest.enumerated().map { products[$0.offset, Int($0.element)] }
    }
    (self.directions, self.clusters, self.similarities) = (directions.table, clusters, similarities)
  }
}
