package import Core
package import Numerics
package import Sweeps

/// The memory of a nearest-neighbour classifier with at most a fixed number of rows a class: the first ones of each class.
///
/// A class with fewer rows has the rows that it has (`stayAbsent`), or its rows are made up as the program released with SELECT
/// does (`absentAsPublished`; Feuer et al., NeurIPS 2024, `regularize_label_count`):
///
/// - A class without a row gets one drawn uniformly from the box that spans all features, again up to five times while it lies
///   nearer than 10 to some row; its other rows are that row plus normal noise of 0.01.
/// - A class with too few rows is filled up with draws from normal distributions, each feature with the mean and the deviation
///   (n − 1) that it has in the class, 0.00001 with a single row.
///
/// The released program leaves out classes above the largest label that occurs; here every class is filled. It also moves exact
/// copies by noise of 0.001, which is not done here.
package struct ClassMemory: Hashable, Sendable {
  /// Rows of unit length.
  package private(set) var features: Matrix
  package private(set) var labels: [Int32]

  /// - Parameters:
  ///   - features: one row an image; their order decides which ones count.
  ///   - labels: the class of each row, 0..<classes.
  ///   - perClass: rows of each class, at least one.
  ///   - seed: draws what is made up.
  package init(
    features: Matrix, labels: [Int32], classes: Int, perClass: Int,
    absent: EvaluationSettings.AbsentClasses = .stayAbsent, seed: UInt64 = 0, context: TaskContext = .unobserved
  ) throws {
    precondition(features.rows == labels.count && perClass > 0, "one label a row, and at least one row a class")
    var remaining = [Int](repeating: perClass, count: classes)
    let kept = labels.indices.filter { place in
      remaining[Int(labels[place])] -= 1
      return remaining[Int(labels[place])] >= 0
    }
    self.features = features.selecting(rows: kept)
    self.labels = kept.map { labels[$0] }
    if absent == .absentAsPublished, !kept.isEmpty {
      var invention = InventedFeatures(self, classes: classes, seed: seed)
      for label in 0..<classes {
        try context.proceed(label, of: classes)
        invention.add(perClass, to: label)
      }
      self.labels += invention.inventedLabels
      self.features = Matrix(
        rows: self.labels.count, columns: features.columns, values: self.features.values + invention.invented)
    }
    self.features = self.features.withUnitRows()
  }
}

/// Rows for classes that have too few.
private struct InventedFeatures {
  private let features: Matrix
  /// The rows of each class.
  private let members: [[Int]]
  private(set) var invented: [Float] = []
  private(set) var inventedLabels: [Int32] = []
  private let (lower, upper): ([Float], [Float])
  private var generator: SeededGenerator

  init(_ memory: ClassMemory, classes: Int, seed: UInt64) {
    features = memory.features
    var members = [[Int]](repeating: [], count: classes)
    for (row, label) in memory.labels.enumerated() { members[Int(label)].append(row) }
    self.members = members
    var (lower, upper) = (features.row(0), features.row(0))
    for row in 1..<max(1, features.rows) {
      for column in 0..<features.columns {
        lower[column] = min(lower[column], features[row, column])
        upper[column] = max(upper[column], features[row, column])
      }
    }
    (self.lower, self.upper) = (lower, upper)
    generator = SeededGenerator(seed: seed, purpose: "evaluation/invented features")
  }

  /// Makes up what the class lacks of `count` rows.
  mutating func add(_ count: Int, to label: Int) {
    let rows = rows(of: label, upTo: count)
    for row in rows { invented += row }
    inventedLabels += rows.map { _ in Int32(label) }
  }

  private mutating func rows(of label: Int, upTo count: Int) -> [[Float]] {
    let own = members[label].map { features.row($0) }
    guard own.count < count else { return [] }
    guard own.isEmpty else {
      let (means, deviations) = Self.moments(own)
      return (own.count..<count).map { _ in draw(means, deviations) }
    }
    let first = remoteRow()
    let noise = [Float](repeating: 0.01, count: first.count)
    return [first] + (1..<count).map { _ in draw(first, noise) }
  }

  private mutating func draw(_ means: [Float], _ deviations: [Float]) -> [Float] {
    means.indices.map { means[$0] + deviations[$0] * Float(generator.normal()) }
  }

  /// A row of the box; the first of five that lies at least 10 from every row, else the last.
  private mutating func remoteRow() -> [Float] {
    var candidate: [Float] = []
    for _ in 0..<5 {
      candidate = lower.indices.map { lower[$0] + (upper[$0] - lower[$0]) * Float(generator.uniform()) }
      if (0..<features.rows).allSatisfy({ Self.squaredDistance(features.row($0), candidate) >= 100 }) { break }
    }
    return candidate
  }

  private static func squaredDistance(_ a: [Float], _ b: [Float]) -> Float {
    var sum: Float = 0
    for column in a.indices { sum += (a[column] - b[column]) * (a[column] - b[column]) }
    return sum
  }

  private static func moments(_ rows: [[Float]]) -> (means: [Float], deviations: [Float]) {
    let columns = rows[0].indices
    let means = columns.map { column in rows.reduce(0) { $0 + $1[column] } / Float(rows.count) }
    guard rows.count > 1 else { return (means, columns.map { _ in 1e-5 }) }
    let deviations = columns.map { column in
      let squares = rows.reduce(0) { $0 + ($1[column] - means[column]) * ($1[column] - means[column]) }
      return (squares / Float(rows.count - 1)).squareRoot()
    }
    return (means, deviations)
  }
}
