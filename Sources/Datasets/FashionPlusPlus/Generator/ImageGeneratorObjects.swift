import Core
import Numerics

extension ImageGenerator {
  /// The parameters as named objects for the store. A class with fewer components than others is filled up with
  /// components of weight 0.
  func objects() -> [String: [UInt8]] {
    let (dimensions, most) = (basis.rows, classes.map(\.components.count).max() ?? 0)
    let directions = classes.first?.components.first?.variances.count ?? 0
    let empty = LatentComponent(
      mean: [Float](repeating: 0, count: dimensions), directions: Matrix(rows: directions, columns: dimensions),
      variances: [Float](repeating: 1, count: directions), residualVariance: 1)
    let components = classes.flatMap { $0.components + Array(repeating: empty, count: most - $0.components.count) }
    let weights = classes.flatMap { $0.weights + Array(repeating: 0, count: most - $0.weights.count) }
    return [
      "pixelMean": Matrix(rows: 1, columns: pixelMean.count, values: pixelMean).object, "basis": basis.object,
      "weights": Matrix(rows: classes.count, columns: most, values: weights.map { Float($0) }).object,
      "means": Matrix(rows: components.count, columns: dimensions, values: components.flatMap(\.mean)).object,
      "directions": Matrix(
        rows: components.count * directions, columns: dimensions, values: components.flatMap(\.directions.values)
      ).object,
      "variances": Matrix(
        rows: components.count, columns: directions + 1,
        values: components.flatMap { $0.variances + [$0.residualVariance] }
      ).object,
    ]
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "generator", objects: objects)
    let basis = try stored.matrix("basis")
    let weights = try stored.matrix("weights")
    let count = weights.rows * weights.columns
    let (means, variances) = (try stored.matrix("means", rows: count), try stored.matrix("variances", rows: count))
    let free = variances.columns - 1
    guard count > 0, free > 0 else { throw DatasetError("generator", "it has no components") }
    let directions = try stored.matrix("directions", rows: count * free)
    let pixelMean = try stored.matrix("pixelMean", rows: 1).values
    guard weights.rows == SourceImages.classNames.count, basis.columns == 784, pixelMean.count == 784,
      means.columns == basis.rows, directions.columns == basis.rows
    else {
      throw DatasetError("generator", "the objects do not have the shapes that this version uses")
    }
    let classes = try (0..<weights.rows).map { label in
      let used = (0..<weights.columns).filter { weights[label, $0] > 0 }
      guard !used.isEmpty else { throw DatasetError("generator", "class \(label) has no components") }
      return LatentMixture(
        components: used.map {
          let index = label * weights.columns + $0
          return LatentComponent(
            mean: means.row(index), directions: directions.rows(index * free..<(index + 1) * free),
            variances: Array(variances.row(index).prefix(free)), residualVariance: variances[index, free])
        },
        weights: used.map { Double(weights[label, $0]) })
    }
    self.init(pixelMean: pixelMean, basis: basis, classes: classes)
  }
}
