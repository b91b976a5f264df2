import Core
import Datasets
import Economics
import Models
import Numerics
import Samples

/// What a strategy looks at, without true labels: images of a pool in random order, or rows of somebody's arrays in
/// their own order.
struct Candidates {
  /// Positions in the pool or the arrays, in the order in which candidates are looked at.
  let indices: [Int]
  let classCount: Int
  /// The trial's seed: what a strategy draws at random comes from ``generator(_:)``.
  let seed: Int
  /// Whether ``Setting/select(_:choose:)`` chooses within each observed class.
  let isBalanced: Bool
  /// What each costs and what may be spent; nil where all cost the same, as the images of one pool do.
  let costs: Costs?
  private let origin: Origin

  private enum Origin {
    case pool(Pool)
    /// Labels are those of the candidates; empty when there are none.
    case arrays(ArrayRows, labels: [Int32])
  }

  var count: Int { indices.count }

  /// The labels that come with the candidates, each 0..<``classCount``.
  var labels: [Int32] {
    switch origin {
    case .pool(let pool): indices.map { pool.observedLabels[$0] }
    case .arrays(_, let labels): labels
    }
  }

  /// What proxies are trained on: images, or standardised features where there are no images.
  var proxyInputs: SampleSet {
    switch origin {
    case .pool(let pool): return pool.images.selecting(indices)
    case .arrays(let rows, _):
      let features = rows.points(.distances).rows.matrix
      return .vectors(Standardisation(of: features).applied(to: features))
    }
  }

  /// How pixels become the inputs of proxies; nil where there are no images.
  var normalisation: PixelNormalisation? {
    guard case .pool(let pool) = origin else { return nil }
    return pool.normalisation
  }

  /// The images of a pool's candidates; nil for arrays.
  var images: ImageSet? {
    guard case .images(let images) = proxyInputs else { return nil }
    return images
  }

  /// The candidates that `imported` names, in its order. Throws when some are not in the pool.
  func positions(of imported: ImportedSubset, name: String) throws -> [Int] {
    guard case .pool(let pool) = origin else {
      throw CurationError("\(name) names images of a pool, not rows of arrays")
    }
    let rows = try imported.rows(of: pool, name: name)
    let positions = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($0.element, $0.offset) })
    // An image of the pool that is no candidate has no label, so that nobody can train on it.
    return rows.compactMap { positions[$0] }
  }

  /// The candidates in random order. Those of a pool are in such an order already, and the first of it are taken, so that
  /// all strategies of a seed see the same ones.
  var randomOrder: [Int] {
    guard case .arrays = origin else { return Array(0..<count) }
    var generator = generator("order")
    return generator.permutation(count)
  }

  /// The first `count` of a seeded permutation of the pool: strategies that look at equally many see the same ones.
  /// Images without a label cannot be trained on and are never candidates.
  init(first count: Int, of pool: Pool, seed: Int, isBalanced: Bool = false) {
    indices = Array(Self.order(of: pool, seed: seed).prefix(count))
    classCount = pool.classNames.count
    self.seed = seed
    self.isBalanced = isBalanced
    costs = nil
    origin = .pool(pool)
  }

  /// All rows of `rows` in their order.
  ///
  /// - Parameter labels: 0..<`classCount` each, one a row; empty when there are none.
  init(rows: ArrayRows, labels: [Int32], classCount: Int, seed: Int, isBalanced: Bool, costs: Costs? = nil) {
    indices = Array(0..<rows.features.rows)
    self.classCount = classCount
    self.seed = seed
    self.isBalanced = isBalanced
    self.costs = costs
    origin = .arrays(rows, labels: labels)
  }

  /// The random numbers of one use.
  func generator(_ purpose: String) -> SeededGenerator {
    SeededGenerator(seed: UInt64(seed), purpose: "selection/\(purpose)")
  }

  /// The representation, one row a candidate, and the target sample in the same coordinates.
  ///
  /// - Parameters:
  ///   - geometry: what will be asked of the vectors; it decides how anybody's arrays become single precision.
  ///   - target: the features of the target sample beside a pool; arrays have their own.
  /// - Throws: a ``CurationError`` when a value is not a finite number.
  func points(_ geometry: Geometry, target: Matrix? = nil) throws -> Points {
    switch origin {
    case .arrays(let rows, _): return rows.points(geometry)
    case .pool(let pool):
      let features = pool.features.selecting(rows: indices)
      let bad = features.squaredNorms.count { !$0.isFinite }
      guard bad == 0 else {
        throw CurationError("the features of \(bad) candidates of \(pool.shift) are not finite numbers")
      }
      return Points(rows: features, target: target)
    }
  }

  /// Positions of a random `share` of the candidates, at least one and no more than `most`, ascending: the sample that
  /// judges the others.
  func validation(_ share: Share, atMost most: Int = .max) -> [Int] {
    var generator = generator("validation")
    return generator.sample(min(max(share.floor(of: count), 1), most), of: count).sorted()
  }

  /// How many images of `pool` can be candidates.
  static func supply(of pool: Pool) -> Int { pool.observedLabels.count { $0 >= 0 } }

  private static func order(of pool: Pool, seed: Int) -> [Int] {
    var generator = SeededGenerator(seed: UInt64(seed), purpose: "candidates/\(pool.shift)")
    return generator.permutation(pool.count).filter { pool.observedLabels[$0] >= 0 }
  }
}
