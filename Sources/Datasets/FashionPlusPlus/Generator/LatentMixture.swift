import Core
import Numerics

/// A mixture of ``LatentComponent``s: what one class looks like.
struct LatentMixture: Hashable {
  let components: [LatentComponent]
  /// One a component, adding up to 1.
  let weights: [Double]

  init(components: [LatentComponent], weights: [Double]) {
    self.components = components
    self.weights = weights
  }

  /// Fits by classification EM (Celeux & Govaert 1992): k-means first, then in turn each component to its rows and each
  /// row to its most probable component. A component that has too few rows to fit disappears.
  init(fitting rows: Matrix, components count: Int, directions: Int, rounds: Int, generator: inout SeededGenerator)
    throws
  {
    var members = Self.clusters(of: rows, count: count, generator: &generator)
    var mixture = LatentMixture(components: [], weights: [])
    for round in 0...rounds {
      members = Self.withoutSmall(members, smallest: 2 * directions, rows: rows.rows)
      mixture = LatentMixture(
        components: try members.map { try LatentComponent(fitting: rows.selecting(rows: $0), directions: directions) },
        weights: members.map { Double($0.count) / Double(rows.rows) })
      guard round < rounds else { break }
      let winners = mixture.mostProbable(rows)
      members = members.indices.map { component in winners.indices.filter { winners[$0] == component } }
    }
    self = mixture
  }

  /// The most probable component of each row; the first wins a tie.
  func mostProbable(_ rows: Matrix) -> [Int] {
    var winners = [Int](repeating: 0, count: rows.rows)
    var best = [Double](repeating: -.infinity, count: rows.rows)
    for (index, component) in components.enumerated() {
      let prior = PortableMath.log(weights[index])
      for (row, density) in component.logDensities(of: rows).enumerated() where density + prior > best[row] {
        best[row] = density + prior
        winners[row] = index
      }
    }
    return winners
  }

  /// Moves the rows of clusters with fewer than `smallest` members into the largest one; at least one cluster remains.
  private static func withoutSmall(_ members: [[Int]], smallest: Int, rows: Int) -> [[Int]] {
    var kept = members.filter { $0.count >= smallest }
    guard !kept.isEmpty else { return [Array(0..<rows)] }
    let orphans = members.filter { $0.count < smallest }.flatMap { $0 }
    let largest = kept.indices.max { kept[$0].count < kept[$1].count } ?? 0
    kept[largest] = (kept[largest] + orphans).sorted()
    return kept
  }

  /// Lloyd's k-means from random rows.
  private static func clusters(of rows: Matrix, count: Int, generator: inout SeededGenerator) -> [[Int]] {
    var centres = rows.selecting(rows: generator.sample(count, of: rows.rows))
    var members: [[Int]] = []
    for _ in 0..<8 {
      let products = rows.multiplied(by: centres, transposedOther: true)
      let halves = Kernels.rowSquaredNorms(centres).map { $0 / 2 }
      members = [[Int]](repeating: [], count: centres.rows)
      for row in 0..<rows.rows {
        let nearest = (0..<centres.rows).max { products[row, $0] - halves[$0] < products[row, $1] - halves[$1] }
        members[nearest ?? 0].append(row)
      }
      for (cluster, indices) in members.enumerated() where !indices.isEmpty {
        let mean = columnMeans(rows.selecting(rows: indices))
        for column in 0..<rows.columns { centres[cluster, column] = Float(mean[column]) }
      }
    }
    return members
  }
}
